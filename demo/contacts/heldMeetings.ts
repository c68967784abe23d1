import { type CaseFacts, seenByOn } from '../caseFacts.ts'
import { amountOf } from '../orders/order.ts'
import { at, type Dice } from '../random.ts'
import { type Entry, plainEntry } from './entry.ts'
import type { Meeting } from './meetings.ts'
import { isRefusal } from './outcomes.ts'
import { placeOf } from './places.ts'
import { servedBy } from './sessions.ts'

/**
 * The entries of meetings that are over, kept or not. Some that were kept serve a RAR day, evenly over the order, as far as
 * the group has not served it.
 *
 * @param group the sessions of the group that are over.
 */
export function heldMeetings(
  meetings: readonly Meeting[],
  group: readonly Entry[],
  facts: CaseFacts,
  dice: Dice,
): readonly Entry[] {
  const amount = amountOf(facts.order, 'F')
  const inGroup = group.filter(entry => entry.serves !== null).map(entry => entry.on)
  const serving = chooseServing(meetings, Math.max(0, servedBy(facts, amount, dice) - inGroup.length))
  const days = [...serving]
    .map(one => one.on)
    .concat(inGroup)
    .sort()
  return meetings.map((meeting, place) => {
    const rarDay = serving.has(meeting) ? `RAR day ${days.indexOf(meeting.on) + 1} of ${amount}` : null
    return meetingEntry(meeting, { before: meetings[place - 1], rarDay }, facts, dice)
  })
}

/** No RAR day in the first two meetings, which are about the order itself. */
const SERVING_FROM = 2

function chooseServing(meetings: readonly Meeting[], wanted: number): ReadonlySet<Meeting> {
  const suited = meetings.filter(
    (one, place) => place >= SERVING_FROM && one.outcome === 'ATTC' && (one.kind === 'COAP' || one.kind === 'RARP'),
  )
  const count = Math.min(wanted, suited.length)
  return new Set(
    Array.from({ length: count }, (_, place) => at(suited, Math.floor(((place + 0.5) * suited.length) / count))),
  )
}

interface Context {
  /** The meeting before this one; undefined for the first. */
  readonly before: Meeting | undefined
  readonly rarDay: string | null
}

function meetingEntry(meeting: Meeting, { before, rarDay }: Context, facts: CaseFacts, dice: Dice): Entry {
  const { on, time, kind, outcome } = meeting
  const missedOn = before?.outcome === 'UAAB' ? before.on : null
  const by = seenByOn(facts, on)
  const place = placeOf(kind, facts, by)
  const write: Entry['write'] = teller => {
    if (outcome !== 'ATTC') return teller.absence(meeting)
    return before === undefined ? teller.first(meeting) : teller.meeting(meeting, { rarDay, missedOn })
  }
  return {
    ...plainEntry({ on, time, kind, by, write }),
    minutes: heldMinutes(meeting, dice),
    outcome,
    place,
    serves: rarDay === null ? null : { code: 'F', credits: 1 },
    logs: { time, kind, minutes: meeting.minutes, with: by, place },
  }
}

const SENT_HOME_AFTER = 10

/** Meetings end when they are done, at the earliest after half the time that was kept; first appointments take all of it. */
function heldMinutes({ kind, outcome, minutes }: Meeting, dice: Dice): number {
  if (isRefusal(outcome)) return SENT_HOME_AFTER
  if (outcome !== 'ATTC') return 0
  return kind === 'COAI' ? minutes : 5 * dice.between(Math.max(2, Math.ceil(minutes / 10)), Math.ceil(minutes / 5))
}
