import type { OffenceTheme } from '../orders/offences.ts'
import type { Home } from '../people/person.ts'

/** What decides which subjects come up in somebody's meetings. */
export interface ThreadFacts {
  readonly age: number
  readonly home: Home
  readonly themes: readonly OffenceTheme[]
  readonly hasChild: boolean
}

/** Something agreed at one meeting and looked at in the next. */
export interface Task {
  /** Goes on from "Jacob will", and stands alone in a list. */
  readonly ask: string
  readonly done: string
  readonly missed: string
}

export interface Stage {
  /** Each says where things are; a stage that lasts takes them in turn. */
  readonly told: readonly string[]
  readonly task: Task
}

/** A figure that is asked at each meeting: pounds owed, units drunk. In texts it is `{amount}`, before that `{last}`. */
export interface Amount {
  readonly from: readonly [lowest: number, highest: number]
  /** Whole steps of the figure: £5, 1 unit. */
  readonly step: number
  /** What may be taken off each time; one of these for each person, `{pay}` in texts. */
  readonly pay: readonly number[]
  /** Where it stops falling. */
  readonly floor: number
  /** The figure in a review of the plan. */
  readonly figure: string
  /** How often it rises instead. */
  readonly setbacks: number
}

/** A text that is right once the subject has reached a stage, counted from 0. */
export type Remark = readonly [fromStage: number, text: string]

/** A subject that comes back over the months: it moves on stage by stage, and stays at the last. */
export interface Thread {
  readonly id: string
  /** Its goal in the plan. */
  readonly goal: string
  /** How likely it is with this person; 0 for never. */
  readonly fits: (facts: ThreadFacts) => number
  readonly amount: Amount | null
  readonly stages: readonly Stage[]
  /** What the person rings about. */
  readonly calls: readonly Remark[]
  /** What somebody else writes or says about it. */
  readonly partner: readonly Remark[]
}

export const hasTheme = (facts: ThreadFacts, ...themes: readonly OffenceTheme[]): boolean =>
  themes.some(theme => facts.themes.includes(theme))
