import { instantOf } from '../shared/time.ts'
import { type CaseFacts, makeHandover } from './caseFacts.ts'
import type { CasePlan } from './casePlan.ts'
import { entriesOf } from './contacts/caseEntries.ts'
import { contactRow, writeContacts } from './contacts/contactRows.ts'
import { planCorrection, withCorrection } from './contacts/corrections.ts'
import { planMeetings } from './contacts/meetings.ts'
import { deckOf } from './deck.ts'
import { plannedRows } from './diary/appointmentRows.ts'
import { makeStory } from './notes/story.ts'
import { tellStory } from './notes/storyState.ts'
import { createTeller } from './notes/teller.ts'
import { makeOrder } from './orders/order.ts'
import { orderRows } from './orders/orderRows.ts'
import { adjustmentFor } from './people/adjustments.ts'
import { makePerson } from './people/person.ts'
import { detailRows, personRows } from './people/personRows.ts'
import { type Dice, diceOf } from './random.ts'
import { makeRegisters } from './registers/registers.ts'
import { type DemoRow, idsFrom, row } from './rows.ts'

/** All rows of one case. */
export interface DemoCase {
  readonly caseId: string
  readonly rows: readonly DemoRow[]
}

const KEEPS_WORD = { well: 0.85, mostly: 0.72, poorly: 0.55 } as const

/** Tells one case from its plan: the facts first, then the meetings, then what was written about them. */
export function makeDemoCase(plan: CasePlan): DemoCase {
  const diceFor = (subject: string): Dice => diceOf(plan.seed, plan.index, subject)
  const facts = makeFacts(plan, diceFor)
  const makeId = idsFrom(diceFor('ids'))
  const opened = instantOf(facts.order.startOn, '09:00') ?? 0
  const caseId = makeId(opened)
  let entered = 0
  // One a second, as they were typed in.
  const newId = (): string => makeId(opened + 1_000 * ++entered)
  const making = { caseId, newId, dice: diceFor('details') }
  const person = personRows(facts, making)
  const details = detailRows(facts, making)
  const order = orderRows(facts, making)
  const registers = facts.registers.map(flag =>
    row('register', caseId, makeId(instantOf(flag.startOn, '12:00') ?? 0), flag),
  )
  const { appointments, contacts } = happenings(facts, { caseId, makeId, order, dice: diceFor('diary') }, diceFor)
  return { caseId, rows: [...person, ...registers, ...details, ...order.rows, ...appointments, ...contacts] }
}

function makeFacts(plan: CasePlan, diceFor: (subject: string) => Dice): CaseFacts {
  const { seed, index, home } = plan
  const order = makeOrder(plan, diceFor('order'))
  const person = makePerson({ seed, index, startOn: order.startOn, home }, diceFor('person'))
  const handover = makeHandover(plan, order, diceFor('handover'))
  return {
    plan,
    order,
    person,
    registers: makeRegisters({ plan, person, order, handover }, diceFor('registers')),
    adjustment: adjustmentFor(person, index, diceFor('adjustment')),
    story: makeStory({ index, person, order }, diceFor('story')),
    handover,
  }
}

type Making = Parameters<typeof plannedRows>[2]

function happenings(facts: CaseFacts, making: Making, diceFor: (subject: string) => Dice) {
  const { plan, order, person, registers } = facts
  const avoidsHome = person.home !== 'settled' || registers.some(flag => flag.code === 'AV2S')
  const planned = planMeetings({ plan, order, person, avoidsHome }, diceFor('meetings'))
  const correction = planCorrection(plan.contacts, diceFor('correction'))
  const count = plan.contacts - (correction?.rows ?? 0)
  const { entries, meetings, ahead } = entriesOf(facts, planned, count, diceFor('entries'))
  const kept = meetings.filter(one => one.outcome === 'ATTC').length
  const deck = deckOf(diceFor('deck'))
  const state = tellStory(
    facts.story,
    { meetings: kept, keepsWord: KEEPS_WORD[plan.keeping] },
    deck,
    diceFor('telling'),
  )
  const teller = createTeller({ facts, state, meetings }, deck, diceFor('notes'))
  const written = writeContacts(entries, teller, making, plan.calendar.today)
  const corrected = withCorrection(written.contacts, correction, {
    facts,
    makeId: making.makeId,
    dice: diceFor('correction'),
  })
  return {
    appointments: [...written.appointments, ...plannedRows(facts, { meetings, ahead }, making)],
    contacts: corrected.map(one => contactRow(making.caseId, one)),
  }
}
