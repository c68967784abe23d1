import { instantOf } from '../../shared/time.ts'
import type { Teller } from '../notes/teller.ts'
import type { Staff } from '../office.ts'
import type { OrderedAmount } from '../orders/order.ts'
import type { Meeting } from './meetings.ts'

/** How much of which requirement a contact served. */
export interface Serving {
  readonly code: OrderedAmount['code']
  readonly credits: number
}

/** One contact before its note is written. Notes are written in order of time, as each rests on those before it. */
export interface Entry {
  readonly on: string
  readonly time: string
  /** Code of `contact-types.json`. */
  readonly kind: string
  readonly minutes: number
  readonly outcome: string | null
  readonly place: string
  readonly by: Staff
  readonly serves: Serving | null
  readonly sensitive: boolean
  /** The appointment whose outcome it is; null for what nobody had booked. */
  readonly logs: Booked | null
  readonly write: (teller: Teller) => string
}

/** What the appointment of a logged contact was. */
export interface Booked extends Pick<Meeting, 'time' | 'kind' | 'minutes'> {
  readonly with: Staff
  readonly place: string
}

/** Most entries are calls, letters and messages: no outcome, no place, nothing booked. */
export const plainEntry = (entry: Pick<Entry, 'on' | 'time' | 'kind' | 'by' | 'write'> & Partial<Entry>): Entry => ({
  minutes: 0,
  outcome: null,
  place: '',
  serves: null,
  sensitive: false,
  logs: null,
  ...entry,
})

/** An entry's first moment, in UTC milliseconds. Office hours never fall into the hour that the clocks leave out. */
export const startedAt = ({ on, time }: Pick<Entry, 'on' | 'time'>): number => instantOf(on, time) ?? 0

const MINUTE_MS = 60_000
/** Writing it down takes until some minutes after the end; an absence is written down when the wait is over. */
export const recordedAt = (entry: Entry): number =>
  startedAt(entry) +
  (entry.logs !== null && entry.minutes === 0 ? WAIT_MINUTES : entry.minutes + WRITING_MINUTES) * MINUTE_MS
const WAIT_MINUTES = 34
const WRITING_MINUTES = 4
