import { useEffect, useRef, useState } from 'react'
import { announce } from '../../app/announce.ts'
import { useCall } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { stampText } from '../../app/words.ts'
import { Button } from '../../components/Button.tsx'
import { Panel } from '../../components/Panel.tsx'
import { checkedText, hopText, type Hop } from './checkText.ts'
import { checkConnection } from './lineActions.ts'
import { StatusLine } from './StatusLine.tsx'
import { SupportDialog } from './SupportDialog.tsx'

const TONE = { passed: 'plain', warned: 'amber', failed: 'red', 'not-used': 'plain', 'not-tried': 'plain' } as const
const SIGN = { passed: '✓', warned: '!', failed: '!', 'not-used': '', 'not-tried': '' } as const

/** Each part of the line, as the last check found it: which one fails, what to do and whom to ask. */
export function CheckPanel({ today }: { readonly today: string }) {
  const { hasCentre } = useSession()
  const { value: check } = useCall('sync.checked', {})
  const [isCopying, setIsCopying] = useState(false)
  const last = check?.last ?? null
  useSpokenCheck(last && checkedText(last), check?.isRunning ?? false)
  return (
    <Panel
      title="The connection"
      isArea={false}
      side={
        <Button
          look="small"
          keys="sync.test"
          isBusy={check?.isRunning ?? false}
          onClick={() => checkConnection(hasCentre)}
        >
          Check the connection
        </Button>
      }
    >
      <ul>
        {last?.hops.map(hop => (
          <HopLine key={hop.hop} hop={hop} />
        ))}
        <StatusLine
          when={
            last && (
              <Button look="quiet" onClick={() => setIsCopying(true)}>
                Copy for support
              </Button>
            )
          }
        >
          {hasCentre ? checkedWhen(last?.at, today) : 'There is no central service'}
        </StatusLine>
      </ul>
      {isCopying && last && <SupportDialog last={last} onClose={() => setIsCopying(false)} />}
    </Panel>
  )
}

const checkedWhen = (at: number | undefined, today: string): string =>
  at === undefined ? 'Not checked yet' : `Checked ${stampText(at, today)}`

function HopLine({ hop }: { readonly hop: Hop }) {
  const { what, when, remedy } = hopText(hop)
  return (
    <StatusLine sign={<b>{SIGN[hop.state]}</b>} tone={TONE[hop.state]} when={when} more={remedy}>
      {what}
    </StatusLine>
  )
}

/** Says what a check found when it ends, not what was found before this screen was opened. */
function useSpokenCheck(text: string | null, isRunning: boolean): void {
  const wasRunning = useRef(false)
  useEffect(() => {
    if (wasRunning.current && !isRunning && text !== null) announce(text)
    wasRunning.current = isRunning
  }, [text, isRunning])
}
