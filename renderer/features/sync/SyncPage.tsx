import { useState } from 'react'
import { useNow, useToday } from '../../app/clock.ts'
import { useCall } from '../../app/api.ts'
import { Columns } from '../../components/Columns.tsx'
import { KeyStrip } from '../../components/KeyStrip.tsx'
import { Page } from '../../components/Page.tsx'
import { useSession } from '../../app/session.ts'
import type { ListActions } from '../../app/useListKeys.ts'
import { CheckPanel } from './CheckPanel.tsx'
import { CountsPanel } from './CountsPanel.tsx'
import { checkConnection, meteredActions } from './lineActions.ts'
import { LinePanel } from './LinePanel.tsx'
import { NeedsYouPanel } from './NeedsYouPanel.tsx'
import { SettlePanel } from './SettlePanel.tsx'
import { syncNow } from './syncNow.ts'
import { WorkPanel } from './WorkPanel.tsx'

/** What is where, how the line stands, and what needs a person. */
export function SyncPage() {
  const now = useNow()
  const today = useToday()
  const status = useCall('sync.status', {})
  const conflicts = useCall('conflicts.list', { caseId: null })
  const [wordsFocus, setWordsFocus] = useState(0)
  const focusWords = () => setWordsFocus(times => times + 1)
  // Focus begins where a person is needed, and stays where it is when that changes.
  const [begin, setBegin] = useState<'settle' | 'needs-you' | 'work' | null>(null)
  if (begin === null && status.value && conflicts.value) {
    const hasConflicts = conflicts.value.open.length > 0
    setBegin(hasConflicts ? 'settle' : status.value.needsYou.count > 0 ? 'needs-you' : 'work')
  }
  const { hasCentre } = useSession()
  const check = () => checkConnection(hasCentre)
  const metered = status.value && meteredActions(status.value.metered)
  const screenKeys: ListActions = {
    'sync.words': focusWords,
    'sync.test': check,
    ...(metered && { 'sync.isMetered': metered.toggleIsMetered, 'sync.metered': metered.togglePauses }),
  }
  const shared = { today, screenKeys }
  return (
    <Page
      title="Sync"
      foot={
        <KeyStrip
          keys={[
            { id: 'app.syncNow', label: 'sync now', run: syncNow },
            { id: 'sync.test', label: 'check the connection', run: check },
            { id: 'sync.words', label: 'search your work', run: focusWords },
          ]}
        />
      }
    >
      <Columns
        sideLabel="Counts and the line"
        isSideFirst
        side={
          <>
            <CountsPanel status={status} now={now} today={today} />
            <LinePanel status={status.value} now={now} today={today} />
            <CheckPanel today={today} />
          </>
        }
        main={
          <>
            <SettlePanel conflicts={conflicts} today={today} takesFocus={begin === 'settle'} />
            <NeedsYouPanel {...shared} takesFocus={begin === 'needs-you'} />
            <WorkPanel {...shared} wordsFocus={wordsFocus} takesFocus={begin === 'work'} />
          </>
        }
      />
    </Page>
  )
}
