import type { Rosh } from '../shared/features/reference/reference.ts'
import type { SentenceKind } from '../shared/features/sentences/sentence.ts'
import type { DemoCalendar } from './calendar.ts'
import type { Slot } from './diary/slots.ts'
import { type DemoUser, ownerOf } from './office.ts'
import type { Home } from './people/person.ts'
import { byShare, diceOf, evenShare } from './random.ts'

/** What is settled about a case before anything of it is told. */
export interface CasePlan {
  readonly seed: number
  readonly index: number
  readonly calendar: DemoCalendar
  /** How many contact rows it has, corrections included. */
  readonly contacts: number
  readonly officer: DemoUser
  readonly otherOfficer: DemoUser
  readonly slot: Slot
  readonly rosh: Rosh
  readonly sentence: SentenceKind
  readonly standing: Standing
  readonly keeping: Keeping
  readonly home: Home
  /** Weeks from one planned meeting to the next. */
  readonly weeks: number
}

/** Where the order is in its time. */
export type Standing = 'running' | 'near-end' | 'ended'
/** How well the person keeps appointments. */
export type Keeping = 'well' | 'mostly' | 'poorly'

// Numbers of the traits that are spread evenly; `person.ts` has 0 and 1.
const ROSH = 2
const SENTENCE = 3
const STANDING = 4
const KEEPING = 5
const HOME = 6
const WEEKS = 7

const ROSH_SHARES = [
  ['medium', 45],
  ['low', 44],
  ['high', 10],
  ['very-high', 1],
] as const
const SENTENCE_SHARES = [
  ['community-order', 57],
  ['suspended-sentence-order', 22],
  ['licence', 14],
  ['post-sentence-supervision', 7],
] as const
const STANDING_SHARES = [
  ['running', 87],
  ['near-end', 8],
  ['ended', 5],
] as const
const KEEPING_SHARES = [
  ['well', 48],
  ['mostly', 37],
  ['poorly', 15],
] as const
const HOME_SHARES = [
  ['settled', 78],
  ['temporary', 11],
  ['no-fixed-abode', 7],
  ['approved-premises', 4],
] as const
const WEEKS_SHARES: Readonly<Record<Rosh, readonly (readonly [weeks: number, weight: number])[]>> = {
  'very-high': [[1, 1]],
  high: [[1, 1]],
  medium: [
    [2, 84],
    [1, 8],
    [3, 8],
  ],
  low: [
    [4, 55],
    [2, 27],
    [3, 18],
  ],
}

/** The first case is the one that pictures and guides show: a community order in its second half, with a bit of everything. */
const FIRST_CASE = {
  rosh: 'medium',
  sentence: 'community-order',
  standing: 'running',
  keeping: 'mostly',
  home: 'settled',
  weeks: 2,
} as const

interface PlanOptions {
  readonly seed: number
  readonly calendar: DemoCalendar
  readonly contactsPerPerson: number
  readonly slotOf: (index: number) => Slot
}

export function planCase(index: number, { seed, calendar, contactsPerPerson, slotOf }: PlanOptions): CasePlan {
  const share = (trait: number): number => evenShare(seed, trait, index)
  const slot = slotOf(index)
  const rosh = byShare(ROSH_SHARES, share(ROSH))
  const sentence = byShare(SENTENCE_SHARES, share(SENTENCE))
  const standing = byShare(STANDING_SHARES, share(STANDING))
  const home = byShare(HOME_SHARES, share(HOME))
  const { officer, otherOfficer } = ownerOf(index)
  return {
    seed,
    index,
    calendar,
    contacts: contactCount(seed, index, contactsPerPerson),
    officer,
    otherOfficer,
    slot,
    rosh,
    sentence,
    // Somebody with an appointment to show cannot be at the end of the order.
    standing: slot.part === 'plain' ? standing : 'running',
    keeping: byShare(KEEPING_SHARES, share(KEEPING)),
    home: home === 'approved-premises' && sentence !== 'licence' ? 'temporary' : home,
    weeks: byShare(WEEKS_SHARES[rosh], share(WEEKS)),
    ...(index === 0 ? FIRST_CASE : {}),
  }
}

/** How far a case may be from the mean, as a share of it. */
const SPREAD_MAX = 0.35

/** Cases go in pairs, as much above the mean as below it, so that an even number of people has the mean exactly. */
function contactCount(seed: number, index: number, mean: number): number {
  const distance = Math.floor(mean * SPREAD_MAX * diceOf(seed, 'pair', Math.floor(index / 2)).next())
  return index % 2 === 0 ? mean + distance : mean - distance
}
