import type { DetailField } from '../../../shared/features/cases/casesContract.ts'
import { fieldText } from '../../app/fieldText.ts'
import { isDateField, valueText } from '../../app/valueText.ts'
import { KeyCap } from '../../components/KeyCap.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import { DetailEditor } from './DetailEditor.tsx'
import classes from './DetailRow.module.css'

interface DetailRowProps {
  readonly caseId: string
  readonly field: DetailField
  /** Whether Tab comes to this field. */
  readonly isEntry: boolean
  readonly isEdited: boolean
  readonly mayEdit: boolean
  readonly onChoose: () => void
  readonly onEdit: () => void
  readonly onDone: () => void
}

/** One fact: its name, its value, its state. */
export function DetailRow(props: DetailRowProps) {
  const { caseId, field, isEntry, isEdited, mayEdit, onChoose, onEdit, onDone } = props
  const { value, conflictId } = field
  const isNone = value === null || value === ''
  if (isEdited) {
    const first = isNone ? '' : isDateField(field) ? valueText(field, value) : value
    return <DetailEditor caseId={caseId} field={field} first={first} onDone={onDone} />
  }
  return (
    <div role="row" className={classes.row}>
      <span role="rowheader" className={classes.label}>
        {fieldText(field.field)}
      </span>
      <span
        role="gridcell"
        tabIndex={isEntry ? 0 : -1}
        aria-readonly={!mayEdit}
        className={classes.value}
        data-none={isNone || undefined}
        onFocus={onChoose}
        onDoubleClick={onEdit}
      >
        {valueText(field, value)}
      </span>
      <span role="gridcell" className={classes.state}>
        {conflictId !== null && (
          <StateDot state="two-versions">
            Two versions. Settle <KeyCap id="case.edit" />
          </StateDot>
        )}
      </span>
    </div>
  )
}
