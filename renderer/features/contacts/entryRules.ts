import type { ToldHow } from '../../../shared/features/appointments/appointment.ts'
import type { When } from '../../../shared/features/appointments/readWhen.ts'
import { NOTE_LENGTH_MAX } from '../../../shared/features/contacts/contact.ts'
import type { ContactEntry } from '../../../shared/features/contacts/contactsContract.ts'
import type { FieldProblem } from '../../../shared/result.ts'
import { instantOf, readDate, readTime } from '../../../shared/time.ts'
import { isSlotChoice, kindOfNext } from './nextRules.ts'
import { codeOf } from './outcomeRules.ts'
import { hasOutcome, servesRequirement, type Described, type RecordState } from './recordState.ts'

export type Problems = Readonly<Record<string, FieldProblem>>

/** What the screen knows beside its own answers. */
export interface EntryFacts extends Described {
  readonly note: string
  readonly today: string
  readonly now: number
  /** The slot that was chosen; null when nothing is to be booked. */
  readonly slot: When | null
  readonly told: ToldHow
  /** Length of the next appointment, in minutes. */
  readonly nextMinutes: number
  /** The requirement that is credited, where one is chosen. */
  readonly credited: { readonly requirementId: string; readonly unit: string } | undefined
}

/** What is refused before anything is asked of main: the same rules, told beside the fields at once. */
export function checkEntry(state: RecordState, facts: EntryFacts): Problems {
  const day = readDate(state.startedOn, facts.today)
  const time = readTime(state.startedTime)
  const startedAt = day && time ? instantOf(day, time) : undefined
  const problems: Record<string, FieldProblem | undefined> = {
    kind: state.kind === '' ? 'required' : undefined,
    outcome: hasOutcome(facts.type) && codeOf(state.outcome) === null ? 'required' : undefined,
    note: facts.note.length > NOTE_LENGTH_MAX ? 'too-long' : undefined,
    next: nextProblem(state, facts),
    startedOn: day ? undefined : 'not-a-date',
    startedTime: time ? timeProblem(startedAt, facts.now) : 'not-a-time',
    durationMinutes: minutesOf(state.durationMinutes) === undefined ? 'not-allowed' : undefined,
  }
  return Object.fromEntries(
    Object.entries(problems).filter((entry): entry is [string, FieldProblem] => entry[1] !== undefined),
  )
}

function timeProblem(startedAt: number | undefined, now: number): FieldProblem | undefined {
  if (startedAt === undefined) return 'time-does-not-exist'
  return startedAt > now ? 'in-the-future' : undefined
}

/** A time that was chosen and cannot be booked is refused: nobody would miss the appointment until it is too late. */
function nextProblem({ nextChoice }: RecordState, { slot }: EntryFacts): FieldProblem | undefined {
  if (slot !== null || !isSlotChoice(nextChoice)) return undefined
  return nextChoice === 'typed' ? 'not-understood' : 'required'
}

/** Whole minutes, 0 to 600; undefined for anything else. */
export function minutesOf(text: string): number | undefined {
  const minutes = /^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined
  return minutes !== undefined && minutes <= 600 ? minutes : undefined
}

/** The contact as it is saved. Only for a screen that `checkEntry` has nothing against. */
export function entryOf(state: RecordState, facts: EntryFacts): ContactEntry {
  const { type } = facts
  const credited = servesRequirement(facts) ? facts.credited : undefined
  return {
    kind: state.kind,
    startedOn: readDate(state.startedOn, facts.today) ?? state.startedOn,
    startedTime: readTime(state.startedTime) ?? state.startedTime,
    durationMinutes: minutesOf(state.durationMinutes) ?? 0,
    outcome: hasOutcome(type) ? codeOf(state.outcome) : null,
    note: facts.note,
    sensitive: state.sensitive,
    place: state.place,
    requirementId: credited?.requirementId ?? null,
    credits: credited ? creditOf(credited.unit, state.durationMinutes) : 0,
    next: facts.slot && {
      kind: kindOfNext(type),
      startsOn: facts.slot.on,
      startsTime: facts.slot.time,
      durationMinutes: facts.nextMinutes,
      place: state.place,
      toldHow: facts.told,
    },
  }
}

/** How much a contact serves of a requirement: one day, or its length in hours to the nearest quarter. */
export const creditOf = (unit: string, durationMinutes: string): number =>
  unit === 'hours' ? Math.round(((minutesOf(durationMinutes) ?? 0) / 60) * 4) / 4 : 1
