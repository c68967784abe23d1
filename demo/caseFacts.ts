import type { Register } from '../shared/features/registers/register.ts'
import { addDays, daysBetween } from './days.ts'
import { workingDayFrom } from './calendar.ts'
import type { CasePlan } from './casePlan.ts'
import type { Story } from './notes/story.ts'
import { formerOfficer, type Staff } from './office.ts'
import type { Order } from './orders/order.ts'
import type { Need } from './people/adjustments.ts'
import type { Person } from './people/person.ts'
import type { Dice } from './random.ts'

/** Everything that stays the same while the story of a case is told. */
export interface CaseFacts {
  readonly plan: CasePlan
  readonly person: Person
  readonly order: Order
  readonly registers: readonly Register[]
  readonly adjustment: Need | null
  readonly story: Story
  readonly handover: Handover | null
}

/** The case came from another officer on the way. */
export interface Handover {
  readonly from: Staff
  /** First day of the present officer. */
  readonly on: string
}

/** Some longer cases have changed hands. */
export function makeHandover({ otherOfficer, calendar, index }: CasePlan, order: Order, dice: Dice): Handover | null {
  const days = daysBetween(order.startOn, order.lastOn)
  const share = dice.next()
  if (days < 100 || !dice.chance(0.2) || index === 0) return null
  const from = dice.chance(0.5) ? otherOfficer : formerOfficer
  return {
    from,
    on: workingDayFrom(addDays(order.startOn, Math.round(days * (0.25 + share / 2))), 1, calendar.holidays),
  }
}

/** Who had the case on that day. */
export const officerOn = ({ plan, handover }: Pick<CaseFacts, 'plan' | 'handover'>, day: string): Staff =>
  handover !== null && day < handover.on ? handover.from : plan.officer

/** Who sees the person on that day: the officer, or a duty officer where the officer's diary is full. */
export const seenByOn = (facts: Pick<CaseFacts, 'plan' | 'handover'>, day: string): Staff =>
  facts.handover !== null && day < facts.handover.on ? facts.handover.from : facts.plan.slot.seenBy

/** Whether the flag was on the case on that day. */
export const holdsOn = ({ startOn, endOn }: Register, day: string): boolean =>
  startOn <= day && (endOn === null || day < endOn)
