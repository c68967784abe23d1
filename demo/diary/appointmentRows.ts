import type { Appointment } from '../../shared/features/appointments/appointment.ts'
import { instantOf } from '../../shared/time.ts'
import { addDays } from '../days.ts'
import { type CaseFacts, seenByOn } from '../caseFacts.ts'
import { type Booked, type Entry, startedAt } from '../contacts/entry.ts'
import type { Meeting } from '../contacts/meetings.ts'
import { placeOf } from '../contacts/places.ts'
import type { SessionAhead } from '../contacts/sessions.ts'
import type { OrderRows } from '../orders/orderRows.ts'
import type { Dice } from '../random.ts'
import { type DemoRow, type IdMaker, row } from '../rows.ts'

/** Appointments older than this have been left out: the contact that came of each tells all. */
const KEPT_DAYS = 42

export interface AppointmentMaking {
  readonly caseId: string
  readonly makeId: IdMaker
  readonly order: Pick<OrderRows, 'eventId' | 'requirementIds'>
  readonly dice: Dice
}

export const isRecent = ({ on }: Pick<Entry, 'on'>, today: string): boolean => on >= addDays(today, -KEPT_DAYS)

const WEEK_MS = 7 * 86_400_000
const RESCHEDULED: Readonly<Record<string, string>> = {
  RSOF: 'Asked for by the person',
  RSSR: 'Moved by the service: officer not available',
}

/** The appointment whose outcome the entry is. */
export function doneRow(entry: Entry & { readonly logs: Booked }, making: AppointmentMaking): DemoRow {
  const { logs, outcome, on, serves } = entry
  const reason = RESCHEDULED[outcome ?? '']
  return appointmentRow(
    { ...logs, on, code: serves?.code ?? null },
    {
      bookedAt: startedAt(entry) - WEEK_MS,
      status: reason === undefined ? 'done' : 'rescheduled',
      statusReason: reason ?? '',
    },
    making,
  )
}

/** What is planned still: the outcomes to log, today, the next appointment and the next session. */
export function plannedRows(
  facts: CaseFacts,
  { meetings, ahead }: { readonly meetings: readonly Meeting[]; readonly ahead: readonly SessionAhead[] },
  making: AppointmentMaking,
): readonly DemoRow[] {
  const planned = meetings.filter(one => one.state !== 'happened')
  const booked = planned.map(meeting => {
    const officer = seenByOn(facts, meeting.on)
    const { on, time, kind, minutes } = meeting
    return { on, time, kind, minutes, with: officer, place: placeOf(kind, facts, officer), code: null }
  })
  return [...booked, ...ahead]
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))
    .map(one =>
      appointmentRow(
        one,
        { bookedAt: bookedAt(one.on, facts), status: 'planned', statusReason: '' },
        making,
        one.on > facts.plan.calendar.diaryDay,
      ),
    )
}

/** Booked a week before, at the latest yesterday. */
function bookedAt(on: string, { plan, order }: CaseFacts): number {
  const weekBefore = addDays(on, -7)
  const day =
    [weekBefore, addDays(plan.calendar.today, -1), order.startOn].sort()[weekBefore < order.startOn ? 1 : 0] ??
    weekBefore
  return instantOf(day, '15:30') ?? 0
}

const TOLD = [
  ['in-person', 66],
  ['text', 16],
  ['telephone', 9],
  ['letter', 7],
  ['email', 2],
] as const
/** Of those still to come, somebody has yet to be told of a few. */
const NOT_TOLD_SHARE = 0.07

interface AppointmentState {
  readonly bookedAt: number
  readonly status: Appointment['status']
  readonly statusReason: string
}
type AppointmentPlan = Booked & { readonly on: string; readonly code: 'F' | 'W' | 'RM49' | 'RM59' | null }

function appointmentRow(
  plan: AppointmentPlan,
  { bookedAt, status, statusReason }: AppointmentState,
  { caseId, makeId, order, dice }: AppointmentMaking,
  isAhead = false,
): DemoRow {
  const told = dice.pickWeighted(TOLD)
  const isUntold = dice.chance(NOT_TOLD_SHARE)
  return row('appointment', caseId, makeId(bookedAt), {
    kind: plan.kind,
    startsOn: plan.on,
    startsTime: plan.time,
    durationMinutes: plan.minutes,
    place: plan.place,
    withUserId: plan.with.id,
    withUserName: plan.with.name,
    status,
    statusReason,
    eventId: order.eventId,
    requirementId: plan.code === null ? null : (order.requirementIds.get(plan.code) ?? null),
    toldHow: isAhead && isUntold ? 'not-told' : told,
  })
}
