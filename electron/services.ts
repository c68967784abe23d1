import type { AuditChain } from '../db/audit/auditChain.ts'
import type { Database } from '../db/database.ts'
import type { Reference } from '../shared/features/reference/reference.ts'
import type { Random } from '../shared/ids.ts'
import type { Changed } from '../shared/ipc/contract.ts'
import type { Clock } from '../shared/time.ts'
import { createAttachedDocuments } from './attachedDocuments.ts'
import { createDiaryView } from './diaryView.ts'
import { createAppointmentsService } from './features/appointments/appointmentsService.ts'
import { createCaseloadService } from './features/caseload/caseloadService.ts'
import { createCasesService } from './features/cases/casesService.ts'
import { createDetailsService } from './features/cases/detailsService.ts'
import { createTimelineService } from './features/cases/timelineService.ts'
import { createConflictsService } from './features/conflicts/conflictsService.ts'
import { createContactsService } from './features/contacts/contactsService.ts'
import { createDocumentsService } from './features/documents/documentsService.ts'
import { createFindService } from './features/find/findService.ts'
import { createFormsService } from './features/forms/formsService.ts'
import { createSessionService } from './features/session/sessionService.ts'
import { createMendService } from './features/sync/mendService.ts'
import { createSyncService } from './features/sync/syncService.ts'
import { createTodayService } from './features/today/todayService.ts'
import { createNewAppointment } from './newAppointment.ts'
import { createOrdersView } from './ordersView.ts'
import { createPeopleView } from './peopleView.ts'
import { createReadAudit } from './readAudit.ts'
import { createSettleLists } from './settleLists.ts'
import { createSaveAction, type SaveDeps } from './saveAction.ts'
import type { LineChecker } from './sync/checkLine.ts'
import type { FileFolder } from './files/fileFolder.ts'
import type { LineState } from './sync/lineState.ts'

export interface ServicesDeps {
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
  readonly reference: Reference
  readonly audit: AuditChain
  readonly changed: (changed: Changed) => void
  readonly serverSeen: SaveDeps['serverSeen']
  readonly line: () => LineState
  readonly syncNow: () => void
  readonly lineCheck: LineChecker | undefined
  readonly files: FileFolder
  readonly office: { readonly officeName: string; readonly isDemo: boolean; readonly hasCentre: boolean }
  readonly version: string
}

/** The one place where services are built and given what they need. */
export function createServices(deps: ServicesDeps) {
  const readAudit = createReadAudit(deps)
  const save = createSaveAction(deps)
  const orders = createOrdersView(deps)
  const diary = createDiaryView(deps)
  const peopleOf = createPeopleView(deps)
  const newAppointment = createNewAppointment(deps)
  const settleLists = createSettleLists(deps)
  const attached = createAttachedDocuments(deps)
  const shared = { ...deps, readAudit, save, orders, diary, peopleOf, newAppointment, settleLists, attached }
  return {
    session: createSessionService({ ...deps, ...deps.office }),
    today: createTodayService(shared),
    caseload: createCaseloadService(shared),
    cases: createCasesService(shared),
    timeline: createTimelineService(shared),
    details: createDetailsService(shared),
    conflicts: createConflictsService(shared),
    contacts: createContactsService(shared),
    appointments: createAppointmentsService(shared),
    forms: createFormsService(shared),
    documents: createDocumentsService(shared),
    find: createFindService(shared),
    sync: createSyncService(shared),
    mend: createMendService(shared),
  }
}
export type Services = ReturnType<typeof createServices>
