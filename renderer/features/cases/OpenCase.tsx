import { useState } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { useToday } from '../../app/clock.ts'
import { useListKeys } from '../../app/useListKeys.ts'
import { useOpen } from '../../app/useOpen.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { Columns } from '../../components/Columns.tsx'
import { Page } from '../../components/Page.tsx'
import { useRowMenu } from '../../components/useRowMenu.ts'
import { CaseKeyStrip } from './CaseKeyStrip.tsx'
import { caseActions } from './caseActions.ts'
import { CaseTabPanel } from '../../components/CaseTabPanel.tsx'
import { CaseTabs } from '../../components/CaseTabs.tsx'
import { CorrectDialog, type Correction } from './CorrectDialog.tsx'
import { HowDialog } from './HowDialog.tsx'
import { LastNotes } from './LastNotes.tsx'
import { OrderPanel, type Order } from './OrderPanel.tsx'
import { OwedPanel } from './OwedPanel.tsx'
import { Timeline } from './Timeline.tsx'
import { UpcomingPanel } from './UpcomingPanel.tsx'
import { useDocumentsOf } from './useDocumentsOf.ts'
import { useInHand } from './useInHand.ts'

interface OpenCaseProps {
  readonly caseId: string
  readonly opened: Answer<'cases.open'>
  /** The entry to begin with. */
  readonly target: { readonly id: string; readonly at: number } | null
}

/** Last notes, timeline, order, owed and appointments of one person. */
export function OpenCase({ caseId, opened, target }: OpenCaseProps) {
  const { header, orders, lastNotes, owed, upcoming, backfill } = opened
  const { name } = header.person
  const today = useToday()
  const open = useOpen()
  const [how, setHow] = useState<Order | null>(null)
  const [correction, setCorrection] = useState<Correction | null>(null)
  const inHand = useInHand(caseId, opened, target)
  const { notes, timeline } = inHand
  const upcomingMenu = useRowMenu()
  const documentsOf = useDocumentsOf(caseId)
  const act = caseActions({
    caseId,
    name,
    inHand,
    mayRecord: opened.mayRecord,
    documentsOf,
    open,
    correct: setCorrection,
  })
  const counted = orders.find(order => order.isActive && order.failures !== null)

  const onKeyDown = useListKeys({
    'case.record': act.record,
    'case.newAppointment': act.book,
    'case.move': act.move,
    'case.note1': () => notes.go(0),
    'case.note2': () => notes.go(1),
    'case.note3': () => notes.go(2),
    'case.words': timeline.focusWords,
    'case.kind': timeline.kindMenu.open,
    'case.compliance': timeline.complianceMenu.open,
    'case.system': () => timeline.change({ showSystem: !timeline.filter.showSystem }),
    'case.documents': () => open.openDocuments(caseId),
    'case.details': () => open.openDetails(caseId),
    'case.amend': act.amend,
    'app.rowMenu': () => (inHand.list === 'appointments' ? upcomingMenu.open() : timeline.rowMenu.open()),
  })
  useShortcut('case.wordsCtrl', timeline.focusWords)
  useShortcut('case.edit', () => open.openDetails(caseId))
  useShortcut('app.how', () => counted && setHow(counted), counted !== undefined)

  return (
    <Page
      title={name}
      head={<CaseTabs caseId={caseId} chosen="record" />}
      onKeyDown={onKeyDown}
      foot={<CaseKeyStrip act={act} onWords={timeline.focusWords} onDetails={() => open.openDetails(caseId)} />}
    >
      <CaseTabPanel tab="record">
        <Columns
          sideLabel="Order, what is owed and appointments"
          sideWidth="narrow"
          main={
            <>
              <div {...inHand.holds('notes')}>
                <LastNotes
                  notes={lastNotes}
                  today={today}
                  folds={notes.folds}
                  chosen={notes.chosen}
                  onChoose={notes.choose}
                  onToggle={notes.toggle}
                  focusCount={notes.focusCount}
                  documentsOf={documentsOf}
                />
              </div>
              <Timeline
                timeline={timeline}
                today={today}
                documentsOf={documentsOf}
                actions={act.entryActions}
                oldestHere={backfill.isComplete ? null : backfill.oldestAt}
                hand={inHand.holds('timeline')}
              />
            </>
          }
          side={
            <>
              <OrderPanel orders={orders} onHow={setHow} />
              <OwedPanel owed={owed} today={today} />
              <UpcomingPanel
                upcoming={upcoming}
                today={today}
                chosen={inHand.chosenUpcoming}
                onChoose={inHand.chooseUpcoming}
                onBook={act.book}
                actions={act.appointmentActions}
                menu={upcomingMenu}
                hand={inHand.holds('appointments')}
              />
            </>
          }
        />
      </CaseTabPanel>
      {how && <HowDialog order={how} onClose={() => setHow(null)} />}
      {correction && (
        <CorrectDialog correction={correction} caseId={caseId} today={today} onClose={() => setCorrection(null)} />
      )}
    </Page>
  )
}
