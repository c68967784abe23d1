import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { DetailField } from '../../../shared/features/cases/casesContract.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { takeFocus } from '../../app/areas.ts'
import { openDialog } from '../../app/dialogs.ts'
import { useListKeys } from '../../app/useListKeys.ts'
import { stateText } from '../../app/words.ts'
import { isPlainPress, moveInList } from '../../components/moveInList.ts'
import { StateDot } from '../../components/StateDot.tsx'
import { DetailRow } from './DetailRow.tsx'
import classes from './DetailsGrid.module.css'
import { groupName } from './detailText.ts'

type Groups = Answer<'cases.details'>['groups']

/** Where the record is that the facts belong to, while the service has not confirmed it. */
function GroupState({ group }: { readonly group: Groups[number] }) {
  const state = group.fields[0]?.state
  if (!state || state === 'confirmed') return null
  return (
    <span role="gridcell" className={classes.state}>
      <StateDot state={state}>{stateText[state]}</StateDot>
    </span>
  )
}

interface DetailsGridProps {
  readonly caseId: string
  readonly groups: Groups
  readonly mayEdit: boolean
  /** The field to begin with; without a row, the one of that name that has two versions. */
  readonly first: { readonly row: string | undefined; readonly field: string | undefined }
}

const keyOf = ({ id, field }: Pick<DetailField, 'id' | 'field'>) => `${id} ${field}`

/** Facts under their headings. Arrows choose a field, F2 or Enter edits it where it stands. */
export function DetailsGrid({ caseId, groups, mayEdit, first }: DetailsGridProps) {
  const fields = groups.flatMap(group => group.fields)
  const [chosen, setChosen] = useState(() => {
    const found = fields.find(
      ({ id, field, conflictId }) => field === first.field && (first.row ? id === first.row : conflictId !== null),
    )
    return found ? keyOf(found) : null
  })
  const [edited, setEdited] = useState<string | null>(null)
  const [focusCount, setFocusCount] = useState(1)
  const grid = useRef<HTMLDivElement>(null)
  const entry = fields.some(field => keyOf(field) === chosen) ? chosen : fields[0] && keyOf(fields[0])
  const isGone = edited !== null && !fields.some(field => keyOf(field) === edited)
  if (isGone) finish()
  // The DOM: focus goes to the chosen field when the screen opens and after an edit.
  useEffect(() => {
    if (focusCount > 0) takeFocus(grid.current?.querySelector<HTMLElement>('[tabindex="0"]'))
  }, [focusCount])

  function finish() {
    setEdited(null)
    setFocusCount(times => times + 1)
  }
  /** A field with two versions is settled before it is edited. */
  function edit(key = entry) {
    const conflictId = fields.find(field => keyOf(field) === key)?.conflictId ?? null
    if (conflictId !== null) openDialog({ kind: 'settle', caseId, conflictId })
    else if (mayEdit && key) setEdited(key)
  }
  const onEditKey = useListKeys({ 'case.edit': () => edit() })

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    onEditKey(event)
    if (edited !== null || event.defaultPrevented || !isPlainPress(event)) return
    if (event.key === 'Enter') {
      event.preventDefault()
      return edit()
    }
    const next = moveInList(
      event.key,
      fields.findIndex(field => keyOf(field) === entry),
      fields.length,
    )
    const field = next === undefined ? undefined : fields[next]
    if (!field) return
    event.preventDefault()
    setChosen(keyOf(field))
    setFocusCount(times => times + 1)
  }

  return (
    <div
      ref={grid}
      role="grid"
      aria-label="Details"
      aria-readonly={!mayEdit}
      className={classes.grid}
      onKeyDown={onKeyDown}
    >
      {groups.map(group => (
        <div
          key={`${group.entity} ${group.id}`}
          role="rowgroup"
          aria-label={groupName(group)}
          className={classes.group}
        >
          <div role="row" className={classes.title}>
            <span role="columnheader" aria-colspan={2}>
              {groupName(group)}
            </span>
            <GroupState group={group} />
          </div>
          {group.fields.map(field => (
            <DetailRow
              key={keyOf(field)}
              caseId={caseId}
              field={field}
              isEntry={keyOf(field) === entry}
              isEdited={keyOf(field) === edited}
              mayEdit={mayEdit}
              onChoose={() => setChosen(keyOf(field))}
              onEdit={() => {
                setChosen(keyOf(field))
                edit(keyOf(field))
              }}
              onDone={finish}
            />
          ))}
        </div>
      ))}
    </div>
  )
}
