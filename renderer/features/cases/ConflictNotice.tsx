import { useCall } from '../../app/api.ts'
import { openDialog } from '../../app/dialogs.ts'
import { fieldText, recordText } from '../../app/fieldText.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { count } from '../../app/words.ts'
import { Button } from '../../components/Button.tsx'
import classes from './ConflictNotice.module.css'

/** Says that fields of the case have two versions, with the key that settles the first of them. */
export function ConflictNotice({ caseId }: { readonly caseId: string }) {
  const { value } = useCall('conflicts.list', { caseId })
  const open = value?.open.filter(one => one.state === 'open') ?? []
  const [first] = open
  const settle = () => first && openDialog({ kind: 'settle', caseId, conflictId: first.conflictId })
  useShortcut('case.settle', settle, first !== undefined)
  if (!first) return null
  const which = `${recordText(first.entity)}, ${fieldText(first.field)}`.toLowerCase()
  const more = open.length > 1 ? ` and ${count(open.length - 1, 'other field')}` : ''
  return (
    <div className={classes.band} role="note" aria-label="Two versions">
      <b>Two versions</b>
      <span className={classes.which}>
        {which}
        {more}: {first.by.join(' and ')}
      </span>
      <Button look="small" keys="case.settle" onClick={settle}>
        Settle
      </Button>
    </div>
  )
}
