import type { Answer } from '../../../shared/ipc/contract.ts'
import { capital, dueText, dueTone, owedBecause, owedText } from '../../app/words.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Panel } from '../../components/Panel.tsx'
import classes from './OwedPanel.module.css'

interface OwedPanelProps {
  readonly owed: Answer<'cases.open'>['owed']
  readonly today: string
}

/** What is owed on this case, with the sum behind it. */
export function OwedPanel({ owed, today }: OwedPanelProps) {
  return (
    <Panel title="Owed" count={owed.length} note="worked out from the record" isArea={false}>
      {owed.length === 0 && <EmptyState>Nothing is owed.</EmptyState>}
      {owed.length > 0 && (
        <ul className={classes.owed}>
          {owed.map(one => (
            <li key={`${one.kind} ${one.subjectId}`} className={classes.line}>
              <span>{capital(owedText(one, today))}</span>
              <span className={classes.due} data-tone={dueTone(one.dueOn, today)}>
                {dueText(one.dueOn, today)}
              </span>
              <span className={classes.because}>{owedBecause(one, today)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
