import { addMonths } from '../../shared/time.ts'
import { addDays } from '../days.ts'
import type { CaseFacts } from '../caseFacts.ts'
import type { RowMaking } from '../people/personRows.ts'
import { type DemoRow, row } from '../rows.ts'
import { workingDayFrom } from '../calendar.ts'
import { courts, offences } from './offences.ts'
import type { OrderedAmount } from './order.ts'

export interface OrderRows {
  readonly rows: readonly DemoRow[]
  readonly eventId: string
  /** Ids of the requirements, by their code. */
  readonly requirementIds: ReadonlyMap<OrderedAmount['code'], string>
}

/** The order with its requirements, and for some an earlier one that is over. */
export function orderRows(facts: CaseFacts, making: RowMaking): OrderRows {
  const { order } = facts
  const { caseId, newId, dice } = making
  const earlier = dice.chance(0.2) ? [earlierEvent(facts, making)] : []
  const eventId = newId()
  const requirementIds = new Map(order.requirements.map(one => [one.code, newId()]))
  const current = row('event', caseId, eventId, {
    number: earlier.length + 1,
    sentence: order.sentence,
    offenceCode: order.offence.code,
    offence: order.offence.label,
    court: order.court,
    sentencedOn: order.sentencedOn,
    startOn: order.startOn,
    endOn: order.endOn,
    terminatedOn: order.terminatedOn,
  })
  const requirements = order.requirements.map(one =>
    row('requirement', caseId, requirementIds.get(one.code) ?? newId(), {
      eventId,
      code: one.code,
      amount: one.amount,
      unit: one.unit,
      startOn: order.startOn,
      endedOn: endOf(one, facts),
      note: one.note,
    }),
  )
  return { rows: [...earlier, current, ...requirements], eventId, requirementIds }
}

/** A tag comes off when its months are over; everything else runs as long as the order. */
function endOf({ code, amount }: OrderedAmount, { order, plan }: CaseFacts): string | null {
  const isTag = code === 'RM49' || code === 'RM59'
  const tagEnd = addMonths(order.startOn, amount)
  if (isTag && tagEnd <= plan.calendar.today) return tagEnd
  return order.terminatedOn
}

function earlierEvent({ order, plan }: CaseFacts, { caseId, newId, dice }: RowMaking): DemoRow {
  const offence = dice.pick(offences)
  const endOn = addMonths(order.sentencedOn, -dice.between(6, 50))
  const startOn = workingDayFrom(addDays(addMonths(endOn, -dice.pick([6, 12])), 1), -1, plan.calendar.holidays)
  return row('event', caseId, newId(), {
    number: 1,
    sentence: dice.pick(['community-order', 'community-order', 'suspended-sentence-order']),
    offenceCode: offence.code,
    offence: offence.label,
    court: dice.pickWeighted(courts),
    sentencedOn: startOn,
    startOn,
    endOn,
    terminatedOn: null,
  })
}
