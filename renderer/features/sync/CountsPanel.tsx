import type { Answer } from '../../../shared/ipc/contract.ts'
import type { Called } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { agoText, stampText } from '../../app/words.ts'
import { Button } from '../../components/Button.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Panel } from '../../components/Panel.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { StatusLine } from './StatusLine.tsx'
import { syncNow } from './syncNow.ts'

interface CountsPanelProps {
  readonly status: Called<Answer<'sync.status'>>
  readonly now: number
  readonly today: string
}

/** How many records are where, each with the oldest. */
export function CountsPanel({ status, now, today }: CountsPanelProps) {
  const { value, error, again } = status
  return (
    <Panel
      level={1}
      title="Sync"
      side={
        <Button look="small-main" keys="app.syncNow" onClick={syncNow}>
          Sync now
        </Button>
      }
    >
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {!value && !error && <Waiting />}
      {value && (
        <ul>
          <StatusLine
            sign={<StateDot state="saved">{''}</StateDot>}
            when={value.saved.oldestAt === null ? '' : `oldest ${agoText(now - value.saved.oldestAt)}`}
          >
            <b>{value.saved.count}</b> saved on this PC
          </StatusLine>
          <StatusLine
            sign={<StateDot state="sent">{''}</StateDot>}
            when={value.sent.oldestAt === null ? '' : agoText(now - value.sent.oldestAt)}
          >
            <b>{value.sent.count}</b> sent, waiting for an answer
          </StatusLine>
          {value.heldBack.oldestAt !== null && (
            <StatusLine
              when={`oldest ${agoText(now - value.heldBack.oldestAt)}`}
              more="It goes out when that is mended or discarded. Everything else goes on."
            >
              <b>{value.heldBack.count}</b> of these {value.heldBack.count === 1 ? 'waits' : 'wait'} behind something
              refused on the same record
            </StatusLine>
          )}
          <StatusLine
            sign={<StateDot state="confirmed">{''}</StateDot>}
            when={value.confirmedToday.lastAt === null ? '' : `last ${stampText(value.confirmedToday.lastAt, today)}`}
          >
            <b>{value.confirmedToday.count}</b> confirmed today
          </StatusLine>
          {value.needsYou.count > 0 && (
            <StatusLine
              sign={<StateDot state="needs-you">{''}</StateDot>}
              tone="red"
              when={value.needsYou.oldestAt === null ? '' : `from ${stampText(value.needsYou.oldestAt, today)}`}
            >
              <b>{value.needsYou.count}</b> {value.needsYou.count === 1 ? 'needs' : 'need'} you
            </StatusLine>
          )}
          <StatusLine when={value.cases.complete < value.cases.all ? 'on their way' : 'all here'}>
            <b>
              {value.cases.complete} of {value.cases.all}
            </b>{' '}
            cases are here
          </StatusLine>
        </ul>
      )}
    </Panel>
  )
}
