import { calendarOf } from './calendar.ts'
import { planCase } from './casePlan.ts'
import { type DemoCase, makeDemoCase } from './demoCase.ts'
import { slotFinder } from './diary/slots.ts'
import { templatesCase } from './templates.ts'

export type { DemoCase } from './demoCase.ts'
export type { DemoRow } from './rows.ts'

export interface DemoOptions {
  /** How many cases, besides the shared templates. */
  readonly people: number
  /**
   * Contact rows of a case, corrections among them. Cases differ by up to 35 %, two by two as much above as below, so an
   * even number of people has this mean exactly.
   */
  readonly contactsPerPerson: number
  readonly seed: number
  /** London day, `YYYY-MM-DD`: what is past, planned and owed follows from it. */
  readonly today: string
}

/**
 * Makes up an office: first the note templates (`ref:templates`), then one case after the other, each with all its rows as
 * the centre would hold them. Everybody, every place and every number in it is invented or reserved for drama.
 *
 * - Pure: no clock, no disk, no chance but the seed. The same options give the same bytes, and a case rests on the seed,
 *   its index, `today` and `contactsPerPerson` alone, so more people never change the earlier ones. Each subject of a case
 *   (person, order, notes and so on) has its own dice: a change in one leaves the others as they were.
 * - A case is one story. Plan, person, order and flags are settled first (`casePlan.ts`, `demoCase.ts`), then the planned
 *   meetings and what followed from them (`contacts/`), then the notes, written in order of time (`notes/`), so that a note
 *   knows what was agreed last time, how much is still owed and when the next meeting is.
 * - Diaries cannot clash: each person has a weekday and time of their own in one officer's diary (`diary/slots.ts`). Where
 *   an officer has more people than a diary has room for, duty officers see the others.
 * - `today` is a day of which nothing is recorded yet, whatever the time: a contact is never in the future. Some outcomes of
 *   the last week are still to be logged, some letters and proofs are owed. On a day off the next working day has the
 *   diary.
 * - The first case (index 0) is the one that pictures and guides show, and has a bit of everything.
 */
export function* generateDemo({ people, contactsPerPerson, seed, today }: DemoOptions): Generator<DemoCase> {
  const calendar = calendarOf(today)
  const slotOf = slotFinder(seed, calendar)
  yield templatesCase(seed)
  for (let index = 0; index < people; index++) {
    yield makeDemoCase(planCase(index, { seed, calendar, contactsPerPerson, slotOf }))
  }
}
