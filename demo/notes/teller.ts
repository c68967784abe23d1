import { minuteOfDay, timeOfMinute } from '../../shared/time.ts'
import { type CaseFacts, holdsOn, officerOn } from '../caseFacts.ts'
import type { Meeting } from '../contacts/meetings.ts'
import { addDays, dayMonth } from '../days.ts'
import type { Deck } from '../deck.ts'
import { formerOfficer, senior } from '../office.ts'
import type { Dice } from '../random.ts'
import { capital, fillIn, type Words } from '../words.ts'
import { absenceNotes, refusals } from './absences.ts'
import { dayWords, type Moment, whenOf } from './dayWords.ts'
import { firstNote } from './firstNote.ts'
import { exercisesFor } from './interventions.ts'
import { meetingNote } from './meetingNotes.ts'
import { anyPartner, threeWayPartners } from './phrases.ts'
import { datedEndings } from './shortNotes.ts'
import { type StoryState, TOLD_PER_MEETING } from './storyState.ts'

/** Writes the notes of one case, one after the other in order of time. */
export interface Teller {
  first(meeting: Meeting): string
  meeting(meeting: Meeting, served: Served): string
  /** Not there, sent home, or moved: what the outcome says. */
  absence(meeting: Meeting): string
  /** What the person rang about, or somebody else wrote; one of `general` before there is a story. */
  remark(by: 'calls' | 'partner', on: string, general: readonly string[]): string
  /** The text with an ending, more often than not: a word on how it sounded, or the next meeting. */
  ended(text: string, endings: readonly string[], on: string): string
  /** Where each goal stands. */
  review(): string
  /** One of these texts, filled in for the day. */
  oneOf(texts: readonly string[], on: string, more?: Words): string
}

interface Served {
  readonly rarDay: string | null
  readonly missedOn: string | null
}

interface TellerOptions {
  readonly facts: CaseFacts
  readonly state: StoryState
  readonly meetings: readonly Meeting[]
}

/** Share of notes with headings: officers differ in how they write. */
const HEADINGS: Readonly<Record<string, number>> = {
  'morgan.ashby': 0.34,
  'dev.larkhill': 0.52,
  [formerOfficer.id]: 0.2,
}
/** How often a call is about a subject of the case rather than about anything. */
const REMARK_SHARE = 0.75

/** Calls and messages that end with what was said, and those of the rest that end with the next meeting. */
const PLAIN_SHARE = 0.3
const DATED_SHARE = 0.4

export function createTeller({ facts, state, meetings }: TellerOptions, deck: Deck, dice: Dice): Teller {
  const kept = meetings.filter(one => one.state === 'happened' && one.outcome === 'ATTC')
  const exercises = exercisesFor(facts.order.offence.themes)
  const momentOf = (on: string): Moment => ({
    on,
    since: kept[countUntil(kept, on, true) - 1]?.on ?? facts.order.startOn,
    next: meetings[countUntil(meetings, on, false)] ?? null,
  })
  const wordsOn = (on: string): readonly Words[] => [
    dayWords(momentOf(on), dice),
    { second: secondOn(facts, on), senior: senior.name },
    facts.story.words,
  ]
  const oneOf: Teller['oneOf'] = (texts, on, more = {}) => {
    const text = deck.from(texts)
    return text.includes('{') ? fillIn(text, more, ...wordsOn(on)) : text
  }

  return {
    first(meeting) {
      const words = wordsOn(meeting.on)
      return firstNote(facts, state.tell(2, words), words, dice)
    },
    meeting(meeting, { rarDay, missedOn }) {
      const words = wordsOn(meeting.on)
      const turns = state.tell(turnsIn(meeting, dice), words)
      const other = threeWayPartners[turns[0]?.thread.id ?? ''] ?? anyPartner
      const hasHeadings = meeting.kind === 'COAP' && dice.chance(HEADINGS[officerOn(facts, meeting.on).id] ?? 0.3)
      const withOther = [{ other, Other: capital(other) }, ...words]
      const hasSecond = needsTwo(facts, meeting)
      return meetingNote(
        { facts, meeting, turns, exercises, words: withOther, rarDay, missedOn, hasSecond, hasHeadings },
        deck,
        dice,
      )
    },
    absence(meeting) {
      const texts = refusals[meeting.outcome ?? ''] ?? absenceNotes[meeting.outcome ?? ''] ?? []
      const { next } = momentOf(meeting.on)
      const note = fillIn(deck.from(texts), absenceTimes(meeting, dice), ...wordsOn(meeting.on))
      return next === null ? note : `${note} New appointment ${whenOf(next)}.`
    },
    remark(by, on, general) {
      const remark = dice.chance(REMARK_SHARE) ? state.remark(by, wordsOn(on)) : null
      return remark ?? oneOf(general, on)
    },
    ended(text, endings, on) {
      if (dice.chance(PLAIN_SHARE)) return text
      const isDated = momentOf(on).next !== null && dice.chance(DATED_SHARE)
      return `${text} ${oneOf(isDated ? datedEndings : endings, on)}`
    },
    review: () => state.review(),
    oneOf,
  }
}

/** How many of the meetings, which are in order of time, lie before the day; with that day's own unless `isBefore`. */
function countUntil(meetings: readonly Meeting[], day: string, isBefore: boolean): number {
  let from = 0
  let to = meetings.length
  while (from < to) {
    const middle = (from + to) >> 1
    const on = meetings[middle]?.on ?? ''
    if (on < day || (on === day && !isBefore)) from = middle + 1
    else to = middle
  }
  return from
}

/** The colleague who sits in: whichever of the two officers does not have the case. */
const secondOn = (facts: CaseFacts, on: string): string => {
  const { officer, otherOfficer } = facts.plan
  return officerOn(facts, on).id === otherOfficer.id ? officer.name : otherOfficer.name
}

const needsTwo = ({ registers }: CaseFacts, { kind, on }: Meeting): boolean =>
  (kind === 'COAP' || kind === 'C084') && registers.some(flag => flag.code === 'AV2S' && holdsOn(flag, on))

/** How many subjects a meeting has room for. */
function turnsIn({ kind }: Meeting, dice: Dice): number {
  if (kind === 'COPT' || kind === 'CODC') return dice.chance(0.6) ? 2 : 1
  return dice.chance(TOLD_PER_MEETING - 2) ? 3 : 2
}

/** Times and dates of an absence: when somebody rang, until when was waited, until when proof may come. */
function absenceTimes({ on, time }: Meeting, dice: Dice): Words {
  const start = minuteOfDay(time)
  return {
    early: timeOfMinute(Math.min(start - 5, 8 * 60 + 5 * dice.between(2, 11))),
    rang: timeOfMinute(start + dice.pick([10, 15, 20])),
    waited: timeOfMinute(start + 30),
    proofBy: dayMonth(addDays(on, PROOF_DAYS)),
  }
}

/** Proof of a reason is asked for within this many days, as `timings.json` has it. */
export const PROOF_DAYS = 7
