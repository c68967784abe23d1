import type { Actor } from '../../../shared/access/actor.ts'
import { appointmentViewOf } from '../../../shared/features/appointments/appointmentViews.ts'
import type { PersonLine } from '../../../shared/features/cases/caseViews.ts'
import { personLineOf } from '../../../shared/features/cases/personLine.ts'
import { contactViewOf } from '../../../shared/features/contacts/contactViews.ts'
import type { Reference } from '../../../shared/features/reference/reference.ts'
import { preparationOf } from '../../../shared/features/today/preparation.ts'
import type { DiaryItem } from '../../../shared/features/today/todayContract.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type Result } from '../../../shared/result.ts'
import { dayRange, londonDate, type Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import {
  countWithoutOutcome,
  findAppointment,
  listDiary,
  listWithoutOutcome,
  type StoredAppointment,
} from '../../../db/features/appointments/appointmentsRepository.ts'
import { findPerson, listAdjustments } from '../../../db/features/cases/casesRepository.ts'
import {
  findContact,
  findContactOfAppointment,
  listContacts,
  NEWEST,
} from '../../../db/features/contacts/contactsRepository.ts'
import { appointmentsWithDraft } from '../../../db/features/forms/draftsRepository.ts'
import { listRecentCases } from '../../../db/features/session/sessionRepository.ts'
import { recordStates } from '../../../db/outbox/recordStates.ts'
import { countOwed, listOwed, listOwedOfCase } from '../../../db/summary/owedRepository.ts'
import { settleCases } from '../../../db/summary/settleDue.ts'
import { type CaseSummary } from '../../../db/summary/caseloadRepository.ts'
import { ONE_DAY_MS, ONE_READING_MS, type ReadAudit } from '../../readAudit.ts'
import type { OrdersView } from '../../ordersView.ts'
import { owedViewOf } from '../../owedView.ts'
import type { PeopleView } from '../../peopleView.ts'
import type { SettleLists } from '../../settleLists.ts'

interface TodayDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
  readonly readAudit: ReadAudit
  readonly orders: OrdersView
  readonly peopleOf: PeopleView
  readonly settleLists: SettleLists
}

const RECENT_CASES = 8

/** The day's work: what is now, what is left over, what is owed. */
export function createTodayService(deps: TodayDeps) {
  const { db, clock, reference, readAudit, orders, peopleOf, settleLists } = deps

  const view = (appointment: StoredAppointment) =>
    appointmentViewOf(appointment, reference, recordStates(db, appointment.caseId))

  function outcomeLabel(appointment: StoredAppointment): string | null {
    if (appointment.fields.status === 'planned') return null
    const place = findContactOfAppointment(db, appointment.id)
    const contact = place && findContact(db, place.caseId, { at: place.startedAt, id: place.id })
    const outcome = contact?.fields.outcome ?? null
    return outcome === null ? null : (reference.outcomes.get(outcome)?.label ?? outcome)
  }

  return {
    diary(actor: Actor, { day }: { readonly day: string }): Result<Answer<'today.diary'>> {
      settleLists()
      const now = clock.now()
      const appointments = listDiary(db, { userId: actor.userId, now, ...dayRange(day) }).filter(isShownInDiary)
      readAudit.read(actor, {
        action: 'list.read',
        key: `diary ${day}`,
        withinMs: ONE_READING_MS,
        detail: { list: 'diary', day, cases: appointments.length },
      })
      const people = peopleOf(appointments.map(one => one.caseId))
      const drafts = appointmentsWithDraft(db)
      const items = appointments.map((appointment): DiaryItem => ({
        person: line(people, appointment.caseId),
        appointment: view(appointment),
        outcomeLabel: outcomeLabel(appointment),
        hasDraft: drafts.has(appointment.id),
      }))
      return ok({ today: londonDate(now), now, items })
    },

    toLog(actor: Actor, { limit, offset }: Input<'today.toLog'>): Result<Answer<'today.toLog'>> {
      settleLists()
      const query = { userId: actor.userId, now: clock.now() }
      const total = countWithoutOutcome(db, query.userId, query.now)
      const appointments = listWithoutOutcome(db, { ...query, limit, offset })
      const [oldest] = offset === 0 ? appointments : listWithoutOutcome(db, { ...query, limit: 1, offset: 0 })
      readAudit.read(actor, {
        action: 'list.read',
        key: 'outcomes to log',
        withinMs: ONE_READING_MS,
        detail: { list: 'outcomes to log', cases: total },
      })
      const people = peopleOf(appointments.map(one => one.caseId))
      const items = appointments.map(one => ({ person: line(people, one.caseId), appointment: view(one) }))
      return ok({ total, oldestAt: oldest?.startsAt ?? null, items })
    },

    owed(actor: Actor, { limit, offset }: Input<'today.owed'>): Result<Answer<'today.owed'>> {
      settleLists()
      const now = clock.now()
      const rows = listOwed(db, { now, limit, offset })
      const total = countOwed(db, now)
      readAudit.read(actor, {
        action: 'list.read',
        key: 'owed',
        withinMs: ONE_READING_MS,
        detail: { list: 'owed', cases: total },
      })
      const people = peopleOf(rows.map(one => one.caseId))
      return ok({ total, items: rows.map(row => owedViewOf(row, people.get(row.caseId)?.name ?? '')) })
    },

    recent(): Result<readonly PersonLine[]> {
      const people = peopleOf(listRecentCases(db, RECENT_CASES))
      return ok([...people.values()].map(summary => personLineOf(summary.caseId, summary)))
    },

    prepare(actor: Actor, { appointmentId }: { readonly appointmentId: string }): Result<Answer<'today.prepare'>> {
      const appointment = findAppointment(db, appointmentId, clock.now())
      const person = appointment && findPerson(db, appointment.caseId)
      if (!appointment || !person || !readAudit.mayRead(actor, appointment.caseId)) return refuse({ code: 'not-found' })
      const { caseId } = appointment
      const today = londonDate(clock.now())
      readAudit.read(actor, {
        action: 'case.prepared',
        key: `${appointmentId} ${today}`,
        withinMs: ONE_DAY_MS,
        caseId,
        detail: { appointmentId },
      })
      settleCases(db, reference, clock.now(), [caseId])
      const lastContact = listContacts(db, caseId, NEWEST, 20).contacts.find(
        one => one.fields.note !== '' && one.struckBecause === null,
      )
      return ok({
        lastNote: lastContact ? contactViewOf(lastContact, reference, recordStates(db, caseId)) : null,
        ...preparationOf({
          today,
          owed: listOwedOfCase(db, caseId),
          orders: orders.ofCase(caseId),
          adjustments: listAdjustments(db, caseId).map(one => one.fields),
        }),
      })
    },
  }
}

/** A cancelled or moved appointment is not in the diary any more; the case's timeline has it. */
const isShownInDiary = ({ fields }: StoredAppointment): boolean =>
  fields.status === 'planned' || fields.status === 'done'

const line = (people: ReadonlyMap<string, CaseSummary>, caseId: string): PersonLine =>
  personLineOf(caseId, people.get(caseId))
