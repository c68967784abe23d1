import { type CaseFacts, holdsOn } from '../caseFacts.ts'
import type { Meeting } from '../contacts/meetings.ts'
import { dayMonth } from '../days.ts'
import type { Deck } from '../deck.ts'
import type { Dice } from '../random.ts'
import { fillIn, type Words } from '../words.ts'
import { reasonFor } from './absences.ts'
import * as phrases from './phrases.ts'
import type { Turn } from './storyState.ts'
import { talk } from './talk.ts'

/** What a note of a meeting rests on. */
interface MeetingNote {
  readonly facts: CaseFacts
  readonly meeting: Pick<Meeting, 'kind' | 'on'>
  readonly turns: readonly Turn[]
  /** Pieces of structured work that suit the person. */
  readonly exercises: readonly string[]
  readonly words: readonly Words[]
  /** Which RAR day it was, as `RAR day 4 of 20`; null when none was served. */
  readonly rarDay: string | null
  /** A failure since the last meeting that was kept; the day of it. */
  readonly missedOn: string | null
  /** Whether two officers were there, because of a risk to staff. */
  readonly hasSecond: boolean
  readonly hasHeadings: boolean
}

/** The note of a meeting that was kept, with headings or without. */
export function meetingNote(note: MeetingNote, deck: Deck, dice: Dice): string {
  const fill = (texts: readonly string[]): string => texts.map(text => fillIn(text, ...note.words)).join(' ')
  const parts = {
    checkIn: fill(checkIn(note, deck, dice)),
    review: [
      ...note.turns.map(turn => [turn.followUp, turn.told, turn.detail].filter(Boolean).join(' ')),
      ...besides(note, deck, dice),
    ],
    work: fill(structuredWork(note, deck, dice)),
    summary: fill(summary(note, deck, dice)),
    tasks: tasks(note, deck, dice).map(task => fillIn(task, ...note.words)),
    next: fillIn('{next}', ...note.words),
  }
  return note.hasHeadings ? inFiveParts(parts, fillIn('{since}', ...note.words)) : inParagraphs(parts, note, dice)
}

interface Parts {
  readonly checkIn: string
  readonly review: readonly string[]
  readonly work: string
  readonly summary: string
  readonly tasks: readonly string[]
  /** When the next meeting is; empty when none is booked. */
  readonly next: string
}

function inFiveParts({ checkIn, review, work, summary, tasks, next }: Parts, since: string): string {
  const sections = [
    { heading: 'Check in', text: checkIn },
    { heading: `Review since ${since}`, text: review.join('\n') },
    { heading: 'Intervention', text: work },
    { heading: 'Summary', text: summary },
    { heading: 'Tasks', text: [...tasks, nextLine(next)].filter(Boolean).join('\n') },
  ]
  return sections
    .filter(({ text }) => text !== '')
    .map(({ heading, text }) => `${heading}\n${text}`)
    .join('\n\n')
}

function inParagraphs(
  { checkIn, review, work, summary, tasks, next }: Parts,
  { meeting }: MeetingNote,
  dice: Dice,
): string {
  const isShort = isBrief(meeting)
  const end = [isShort ? '' : summary, ...tasks.slice(0, 1), nextLine(next)].filter(Boolean).join(' ')
  const paragraphs = [[checkIn, ...review].join(' '), work, end].filter(Boolean)
  return paragraphs.join(isShort || dice.chance(0.35) ? ' ' : '\n\n')
}

/** A meeting is more than its subjects; a call is not. */
const besides = ({ meeting, words }: MeetingNote, deck: Deck, dice: Dice): readonly string[] =>
  isBrief(meeting) || !dice.chance(0.7) ? [] : [fillIn(deck.from(talk), ...words)]

const isBrief = ({ kind }: Pick<Meeting, 'kind'>): boolean => kind === 'COPT' || kind === 'CODC'

const nextLine = (next: string): string => (next === '' ? '' : `Next: ${next}.`)

function checkIn({ facts, meeting, missedOn, hasSecond }: MeetingNote, deck: Deck, dice: Dice): readonly string[] {
  return [
    deck.from(openingsFor(meeting.kind)),
    ...(hasSecond ? [deck.from(phrases.twoOfficers)] : []),
    ...(missedOn === null ? [] : [aboutTheFailure(missedOn, dice)]),
    ...(facts.adjustment !== null && dice.chance(0.2) ? [deck.from(facts.adjustment.said)] : []),
    ...(facts.person.home === 'settled' && dice.chance(0.3) ? [deck.from(phrases.addressChecks)] : []),
  ]
}

function openingsFor(kind: string): readonly string[] {
  const { office, phone, video, home, doorstep, threeWay } = phrases.openings
  if (kind === 'COPT') return phone
  if (kind === 'COVC') return video
  if (kind === 'CHVS') return home
  if (kind === 'CODC') return doorstep
  return kind === 'C084' ? threeWay : office
}

const aboutTheFailure = (missedOn: string, dice: Dice): string =>
  dice.pick([
    `Spoke about the missed appointment on ${dayMonth(missedOn)}: {he} ${reasonFor(missedOn)}, and accepts the letter. A reminder by text from now on.`,
    `The letter about ${dayMonth(missedOn)} was read together. {Name} ${reasonFor(missedOn)}. Explained again what a further failure means.`,
    `About ${dayMonth(missedOn)}: {he} ${reasonFor(missedOn)}. No proof and none to come. {He} know{s} where this leaves {him}.`,
  ])

/** RAR days always have a piece of work; other meetings now and then. */
function structuredWork({ exercises, rarDay, meeting }: MeetingNote, deck: Deck, dice: Dice): readonly string[] {
  const isLong = meeting.kind === 'COAP' || meeting.kind === 'RARP'
  if (rarDay === null && !(isLong && dice.chance(0.4))) return []
  return [`${rarDay ?? 'Exercise'}: ${deck.from(exercises)}`, deck.from(phrases.responses)]
}

function summary({ facts, meeting }: MeetingNote, deck: Deck, dice: Dice): readonly string[] {
  const held = facts.registers.filter(flag => holdsOn(flag, meeting.on))
  const asked = held.flatMap(flag => phrases.flagQuestions[flag.code] ?? [])
  return [
    ...(asked.length > 0 && dice.chance(0.5) ? [deck.from(asked)] : []),
    ...(dice.chance(0.7) ? [deck.from(phrases.quietRisk)] : []),
    ...(dice.chance(0.6) ? [deck.from(phrases.summaries)] : []),
  ]
}

const TASK_FORMS = ['{Name} will TASK.', '{Name} will TASK.', 'Agreed that {he} will TASK.', 'For next time: TASK.']

function tasks({ turns }: MeetingNote, deck: Deck, dice: Dice): readonly string[] {
  const asked = turns.flatMap(turn => (turn.task === null ? [] : [turn.task]))
  const own = asked.length > 0 ? asked : dice.chance(0.5) ? [deck.from(phrases.generalTasks)] : []
  return [
    ...own.map(task => dice.pick(TASK_FORMS).replace('TASK', task)),
    ...(dice.chance(0.35) ? [deck.from(phrases.officerTasks)] : []),
  ]
}
