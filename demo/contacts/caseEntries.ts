import { addDays } from '../days.ts'
import type { CaseFacts } from '../caseFacts.ts'
import { at, type Dice } from '../random.ts'
import { contactsBetween } from './between.ts'
import { enforcementOf } from './enforcement.ts'
import { type Entry, recordedAt } from './entry.ts'
import { heldMeetings } from './heldMeetings.ts'
import type { Meeting } from './meetings.ts'
import { milestonesOf } from './milestones.ts'
import { groupWork, monitoringOf, type SessionAhead, unpaidWork } from './sessions.ts'

/** All contacts of a case before their notes are written, in the order in which they are recorded. */
export interface CaseEntries {
  readonly entries: readonly Entry[]
  /** The planned meetings, without those for which the case has no contacts. */
  readonly meetings: readonly Meeting[]
  /** Sessions with partners that are still to come. */
  readonly ahead: readonly SessionAhead[]
}

/** Share of a case's contacts that meetings, letters and milestones may take up; the rest is what lies between. */
const CORE_SHARE = 0.85
/** Share of what is left for sessions of unpaid work and groups. */
const SESSIONS_SHARE = 0.6

/** Exactly `count` contacts, or fewer only if `count` is. */
export function entriesOf(facts: CaseFacts, planned: readonly Meeting[], count: number, dice: Dice): CaseEntries {
  const fixed = [...milestonesOf(facts), ...enforcementOf(facts, planned, dice), ...monitoringOf(facts)]
  const meetings = thinned(planned, Math.max(1, Math.floor(count * CORE_SHARE) - fixed.length), facts)
  const happened = meetings.filter(one => one.state === 'happened')
  const room = Math.floor(Math.max(0, count - fixed.length - happened.length) * SESSIONS_SHARE)
  const group = groupWork(facts, room, dice)
  const work = unpaidWork(facts, room - group.past.length, dice)
  const held = heldMeetings(happened, group.past, facts, dice)
  const core = [...fixed, ...held, ...group.past, ...work.past]
  const between = contactsBetween(
    facts,
    { count: Math.max(0, count - core.length), meetings, taken: new Set(core.map(entry => entry.on)) },
    dice,
  )
  const all = [...core, ...between].map(entry => ({ entry, at: recordedAt(entry) })).sort((a, b) => a.at - b.at)
  return {
    entries: all.map(one => one.entry).slice(Math.max(0, all.length - count)),
    meetings,
    ahead: [...group.ahead, ...work.ahead],
  }
}

/** Drops kept meetings of the middle of the order where there are more of them than the case has contacts for. */
function thinned(meetings: readonly Meeting[], countMax: number, { plan }: CaseFacts): readonly Meeting[] {
  const happened = meetings.filter(one => one.state === 'happened')
  const recent = addDays(plan.calendar.today, -56)
  const droppable = happened.filter((one, place) => place > 0 && one.outcome === 'ATTC' && one.on < recent)
  const surplus = Math.min(droppable.length, Math.max(0, happened.length - countMax))
  const dropped = new Set(
    Array.from({ length: surplus }, (_, place) => at(droppable, Math.floor((place * droppable.length) / surplus))),
  )
  return meetings.filter(one => !dropped.has(one))
}
