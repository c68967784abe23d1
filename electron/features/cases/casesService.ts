import type { Actor } from '../../../shared/access/actor.ts'
import { mayAct } from '../../../shared/access/mayAct.ts'
import { appointmentViewOf } from '../../../shared/features/appointments/appointmentViews.ts'
import { contactViewOf } from '../../../shared/features/contacts/contactViews.ts'
import type { EffectiveContact } from '../../../shared/features/contacts/contactText.ts'
import type { Reference } from '../../../shared/features/reference/reference.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type Result } from '../../../shared/result.ts'
import type { Clock } from '../../../shared/time.ts'
import { inTransaction, type Database } from '../../../db/database.ts'
import { listAppointmentsOfCase } from '../../../db/features/appointments/appointmentsRepository.ts'
import { listContacts, NEWEST, oldestContactAt } from '../../../db/features/contacts/contactsRepository.ts'
import { markOpened } from '../../../db/features/session/sessionRepository.ts'
import { recordStates } from '../../../db/outbox/recordStates.ts'
import { findVisibleScope } from '../../../db/sync/scope.ts'
import { listOwedOfCase } from '../../../db/summary/owedRepository.ts'
import type { OrdersView } from '../../ordersView.ts'
import { owedViewOf } from '../../owedView.ts'
import type { ReadAudit } from '../../readAudit.ts'
import { findCaseFacts } from '../../saveAction.ts'
import { createHeaderView } from './headerView.ts'

interface CasesDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
  readonly readAudit: ReadAudit
  readonly orders: OrdersView
}

const LAST_NOTES = 3
/** Contacts that are looked through for the last notes: calls without a note and system entries lie between. */
const LOOKED_THROUGH = 30
const UPCOMING_MAX = 5

/** One person's record. Every call writes the reading to the audit first. */
export function createCasesService({ db, clock, reference, readAudit, orders }: CasesDeps) {
  const headerOf = createHeaderView({ db, clock, reference })

  return {
    open(actor: Actor, { caseId }: { readonly caseId: string }): Result<Answer<'cases.open'>> {
      const refused = readAudit.openCase(actor, caseId)
      if (refused) return refused
      const header = headerOf(caseId)
      const facts = findCaseFacts(db, clock, caseId)
      if (!header || !facts) return refuse({ code: 'not-found' })
      inTransaction(db, tx => {
        markOpened(tx, caseId, clock.now())
      })
      const stateOf = recordStates(db, caseId)
      return ok({
        header,
        orders: orders.ofCase(caseId),
        lastNotes: lastNotes(caseId).map(one => contactViewOf(one, reference, stateOf)),
        owed: listOwedOfCase(db, caseId).map(row => owedViewOf(row, header.person.name)),
        upcoming: upcoming(caseId).map(one => appointmentViewOf(one, reference, stateOf)),
        backfill: {
          isComplete: findVisibleScope(db, caseId)?.state === 'active',
          oldestAt: oldestContactAt(db, caseId),
        },
        mayRecord: mayAct(actor, 'contact.create', facts),
      })
    },

    header(actor: Actor, { caseId }: { readonly caseId: string }): Result<Answer<'cases.header'>> {
      const refused = readAudit.openCase(actor, caseId)
      if (refused) return refused
      const header = headerOf(caseId)
      return header ? ok(header) : refuse({ code: 'not-found' })
    },
  }

  function lastNotes(caseId: string): readonly EffectiveContact[] {
    return listContacts(db, caseId, NEWEST, LOOKED_THROUGH)
      .contacts.filter(one => one.fields.note !== '' && one.struckBecause === null && !isSystem(one))
      .slice(0, LAST_NOTES)
  }

  function isSystem({ fields }: EffectiveContact): boolean {
    return reference.contactTypes.get(fields.kind)?.category === 'system'
  }

  function upcoming(caseId: string) {
    const now = clock.now()
    return listAppointmentsOfCase(db, caseId)
      .filter(one => one.fields.status === 'planned' && one.startsAt >= now)
      .toSorted((a, b) => a.startsAt - b.startsAt)
      .slice(0, UPCOMING_MAX)
  }
}
