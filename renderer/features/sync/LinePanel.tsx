import type { Answer } from '../../../shared/ipc/contract.ts'
import type { MeteredLine } from '../../../shared/features/sync/syncContract.ts'
import { stampText } from '../../app/words.ts'
import { Button } from '../../components/Button.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Unseen } from '../../components/Unseen.tsx'
import { isMeteredText, meteredActions, pausesText } from './lineActions.ts'
import { StatusLine } from './StatusLine.tsx'
import { clockText, isDown, lineText, nextTryText, stuckText } from './syncText.ts'

interface LinePanelProps {
  readonly status: Answer<'sync.status'> | undefined
  readonly now: number
  readonly today: string
}

/** How the line stands, in plain words: what it is, since when, what can be done, when it is tried again. */
export function LinePanel({ status, now, today }: LinePanelProps) {
  if (!status) return null
  const { reason, since, lastContactAt, clockAheadMs } = status
  const { what, remedy } = lineText[reason]
  const down = isDown(reason)
  const clock = clockText(clockAheadMs)
  const stuck = stuckText(status, now, today)
  const next = nextTryText(status, now)
  return (
    <Panel title="The line" isArea={false}>
      <ul>
        {stuck && (
          <StatusLine sign={<b>!</b>} tone="red" more={stuck.action}>
            {stuck.what}
          </StatusLine>
        )}
        <StatusLine
          sign={down ? <b>!</b> : '✓'}
          tone={down ? 'amber' : 'plain'}
          when={`since ${stampText(since, today)}`}
          more={remedy}
        >
          {what}
        </StatusLine>
        <StatusLine when={lastContactAt === null ? 'never' : stampText(lastContactAt, today)}>
          Last answer of the service
        </StatusLine>
        {next && <StatusLine more={next.why}>{next.what}</StatusLine>}
        {clock && (
          <StatusLine
            sign={<b>!</b>}
            tone="amber"
            more="Work goes on. The order of entries comes from the service. Ask IT to set the clock."
          >
            {clock}
          </StatusLine>
        )}
        <MeteredLines metered={status.metered} />
      </ul>
    </Panel>
  )
}

/** What the officer says of this line; each can be changed here. */
function MeteredLines({ metered }: { readonly metered: MeteredLine }) {
  const { toggleIsMetered, togglePauses } = meteredActions(metered)
  return (
    <>
      <StatusLine
        when={
          <Button look="quiet" keys="sync.isMetered" onClick={toggleIsMetered}>
            Change<Unseen> whether this line is metered</Unseen>
          </Button>
        }
      >
        {isMeteredText(metered)}
      </StatusLine>
      <StatusLine
        when={
          <Button look="quiet" keys="sync.metered" onClick={togglePauses}>
            Change<Unseen> whether to wait on metered lines</Unseen>
          </Button>
        }
        more="While it waits, nothing goes out or comes in by itself. Sync now always works."
      >
        {pausesText(metered)}
      </StatusLine>
    </>
  )
}
