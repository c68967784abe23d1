import { isLetterOwed } from '../diary/slots.ts'
import type { CasePlan, Keeping } from '../casePlan.ts'
import { at, type Dice } from '../random.ts'

const ATTENDED = 'ATTC'
/** The first appointments are kept: a story that begins with an absence has nobody in it yet. */
const KEPT_FIRST = 2
/** Fewer meetings than this have no room for a second failure. */
const ROOM_FOR_TWO = 9

const FAILURES: Readonly<Record<Keeping, readonly (readonly [count: number, weight: number])[]>> = {
  well: [
    [0, 78],
    [1, 22],
  ],
  mostly: [
    [0, 28],
    [1, 64],
    [2, 8],
  ],
  poorly: [
    [1, 40],
    [2, 60],
  ],
}
const FAILURE_KINDS = [
  ['UAAB', 88],
  ['AFTC', 8],
  ['ATSH', 4],
] as const
const OTHER_SHARE: Readonly<Record<Keeping, number>> = { well: 0.07, mostly: 0.1, poorly: 0.13 }
const OTHERS = [
  ['AAME', 26],
  ['AAEM', 15],
  ['AAFC', 15],
  ['RSOF', 12],
  ['RSSR', 9],
  ['AAHO', 6],
  ['AAAA', 5],
  ['AACL', 4],
  ['AFDA', 4],
  ['AARE', 2],
  ['CO05', 2],
] as const

/** What came of each of `count` meetings that happened, in order. */
export function chooseOutcomes(
  count: number,
  plan: Pick<CasePlan, 'index' | 'slot' | 'keeping'>,
  dice: Dice,
): readonly string[] {
  const { slot, keeping } = plan
  const outcomes = Array.from({ length: count }, () => ATTENDED)
  const last = lastOutcome(slot.part)
  if (last !== null && count > 0) outcomes[count - 1] = last
  // The last meeting but one is kept as well, so that the newest notes of a case have something to say.
  const open = Math.max(0, count - KEPT_FIRST - 2)
  const failures = failurePlaces(open, last === 'UAAB' ? 1 : 2, keeping, dice)
  for (const place of failures) outcomes[KEPT_FIRST + place] = dice.pickWeighted(FAILURE_KINDS)
  for (let place = KEPT_FIRST; place < KEPT_FIRST + open; place++) {
    const isFree = outcomes[place] === ATTENDED && at(outcomes, place - 1) === ATTENDED
    if (isFree && dice.chance(OTHER_SHARE[keeping])) outcomes[place] = dice.pickWeighted(OTHERS)
  }
  return plan.index === 0 ? firstCase(outcomes) : outcomes
}

/** The first case has failed once, four weeks ago: its newest notes show an absence, its warning and what came of it. */
const firstCase = (outcomes: readonly string[]): readonly string[] =>
  outcomes.map((outcome, place) => {
    if (place === outcomes.length - 2 && place >= KEPT_FIRST) return 'UAAB'
    return isFailure(outcome) || place >= outcomes.length - 3 ? ATTENDED : outcome
  })

function lastOutcome(part: CasePlan['slot']['part']): string | null {
  if (isLetterOwed(part)) return 'UAAB'
  return part === 'evidence-awaited' || part === 'evidence-due' ? 'AFTA' : null
}

/** Where the failures lie among the open places: no two next to each other, so that a warning can be given in between. */
function failurePlaces(open: number, countMax: number, keeping: Keeping, dice: Dice): readonly number[] {
  const wanted = Math.min(countMax, dice.pickWeighted(FAILURES[keeping]))
  if (open < 1 || wanted === 0) return []
  if (wanted === 1 || open < ROOM_FOR_TWO) return [dice.between(0, open - 1)]
  const half = Math.floor(open / 2)
  return [dice.between(0, half - 2), dice.between(half + 1, open - 1)]
}

/** Outcomes that are a failure to comply. One that waits for evidence is not one yet. */
export const isFailure = (outcome: string | null): boolean => FAILURE_KINDS.some(([kind]) => kind === outcome)

/** Came, and did not comply: these happen in the office only. */
export const isRefusal = (outcome: string | null): boolean => outcome === 'AFTC' || outcome === 'ATSH'
