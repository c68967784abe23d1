import type { DetailField } from '../../../shared/features/cases/casesContract.ts'
import { fieldText } from '../../app/fieldText.ts'
import { Button } from '../../components/Button.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import { DetailEditor } from './DetailEditor.tsx'
import classes from './DetailRow.module.css'
import { isDateField, valueText } from './detailText.ts'

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

/** One fact: its name, its value, its state; both values where there are two. */
export function DetailRow(props: DetailRowProps) {
  const { caseId, field, isEntry, isEdited, mayEdit, onChoose, onEdit, onDone } = props
  const { value, ours } = field
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
        {ours !== null && <StateDot state="two-versions">Two versions</StateDot>}
      </span>
      {ours !== null && <TwoVersions field={field} ours={ours} onEdit={onEdit} mayEdit={mayEdit} />}
    </div>
  )
}

interface TwoVersionsProps {
  readonly field: DetailField
  readonly ours: string
  readonly mayEdit: boolean
  readonly onEdit: () => void
}

/** Both values of a field that was changed twice, and what to do. */
function TwoVersions({ field, ours, mayEdit, onEdit }: TwoVersionsProps) {
  return (
    <div role="gridcell" className={classes.versions}>
      <p>
        <b>Two versions.</b> The service kept <b>{valueText(field, field.value)}</b>. Yours was{' '}
        <b>{valueText(field, ours)}</b>. Save the one that is right; to keep the service’s, discard yours in Sync.
      </p>
      {mayEdit && (
        <Button look="small" keys="case.edit" onClick={onEdit}>
          Edit
        </Button>
      )}
    </div>
  )
}
