import type { OrderView } from '../cases/caseViews.ts'
import type { Adjustment } from '../cases/case.ts'
import { shortDay } from '../../time.ts'
import type { OwedKind } from './owed.ts'

interface PreparationFacts {
  readonly today: string
  readonly owed: readonly {
    readonly kind: OwedKind
    readonly dueOn: string
    readonly fromOn: string
    readonly about: string
  }[]
  readonly orders: readonly OrderView[]
  readonly adjustments: readonly Adjustment[]
}

const ASK: Readonly<Record<OwedKind, (about: string, due: string, from: string) => string>> = {
  evidence: (_about, due, from) => `Proof for the absence on ${from}, due ${due}`,
  'warning-letter': (_about, due, from) => `The absence on ${from}: a letter is owed by ${due}`,
  'flag-review': (about, due) => `${about}: review the flag by ${due}`,
  'tell-appointment': (about, due) => `Tell about the appointment on ${due} at ${about}`,
}

/** What to ask and where the order stands, in sentences, for the minutes before a meeting. */
export function preparationOf({ today, owed, orders, adjustments }: PreparationFacts): {
  readonly askAbout: string[]
  readonly standing: string[]
} {
  return {
    askAbout: owed.map(one => ASK[one.kind](one.about, shortDay(one.dueOn, today), shortDay(one.fromOn, today))),
    standing: [
      ...orders.filter(order => order.isActive).flatMap(standingOf),
      ...adjustments.filter(one => one.endOn === null || one.endOn >= today).map(one => one.what),
    ],
  }
}

function standingOf(order: OrderView): readonly string[] {
  const { failures } = order
  const counted = failures && `Failures ${failures.count}${failures.limit === null ? '' : ` of ${failures.limit}`}`
  return [
    `${order.label}, ${order.daysLeft} ${order.daysLeft === 1 ? 'day' : 'days'} left`,
    ...order.requirements.filter(one => one.amount > 0).map(one => `${one.label} ${one.done} of ${one.amount}`),
    ...(counted ? [counted] : []),
  ]
}
