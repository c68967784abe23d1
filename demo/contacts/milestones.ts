import { dayMonthYear, longDay } from '../../shared/time.ts'
import { addDays, addWorkingDays, dayName } from '../days.ts'
import { workingDayFrom } from '../calendar.ts'
import { type CaseFacts, officerOn } from '../caseFacts.ts'
import { administrator, senior } from '../office.ts'
import { fillIn } from '../words.ts'
import { type Entry, plainEntry } from './entry.ts'

/** Working days after sentence or release: the first appointment within five, the plan within fifteen of that. */
const PLAN_AFTER = 13
const FIRST_WITHIN = 5
const REVIEW_EVERY_DAYS = 112
const RISK_WORDS = { low: 'low', medium: 'medium', high: 'high', 'very-high': 'very high' } as const

/** What every order has, whatever happens in it: allocation, assessment, plan, its reviews, its end. */
export function milestonesOf(facts: CaseFacts): readonly Entry[] {
  const { order, plan } = facts
  const during = [...beginnings(facts), ...assessments(facts), ...reviews(facts), ...changes(facts)].filter(
    entry => entry.on <= order.lastOn,
  )
  return [...during, ...ending(facts).filter(entry => entry.on < plan.calendar.today)]
}

function beginnings(facts: CaseFacts): readonly Entry[] {
  const { order, plan } = facts
  const { holidays } = plan.calendar
  const first = officerOn(facts, order.startOn)
  const released = plainEntry({
    on: order.startOn,
    time: '09:10',
    kind: 'EREL',
    by: administrator,
    write: () => `Released from ${order.prison ?? 'custody'} on licence.`,
  })
  const received = `${order.prison === null ? 'Order' : 'Papers'} of ${dayMonthYear(order.sentencedOn)} received from ${order.court} and checked: ${order.months} months to ${dayName(order.endOn)} ${order.endOn.slice(0, 4)}.`
  const allocated = `Allocated to ${first.name}. RoSH ${RISK_WORDS[plan.rosh]} on the papers. First appointment by ${dayName(addWorkingDays(order.startOn, FIRST_WITHIN, holidays))}.`
  return [
    ...(order.sentence === 'licence' ? [released] : []),
    plainEntry({ on: order.startOn, time: '15:30', kind: 'C256', by: administrator, write: () => received }),
    plainEntry({
      on: addWorkingDays(order.startOn, 1, holidays),
      time: '08:40',
      kind: 'CADE',
      by: senior,
      write: () => allocated,
    }),
  ]
}

const ASSESSED = [
  'Assessment completed and signed. RoSH {rosh}. {Name} filled in {his} own part and would put money and the home first; I would put thinking and company beside them.',
  'Assessment signed. RoSH {rosh}. Linked to the offence: the evenings, the company, money. Not linked: work, family. {Name} saw it much the same in {his} own part.',
  'Assessment completed in two sittings. RoSH {rosh}. Strengths: keeps appointments, has a {sibling} who helps, wants to be done with it.',
  'First full assessment. RoSH {rosh}. {Name} found the questions about childhood hard and answered them all the same.',
]

function assessments(facts: CaseFacts): readonly Entry[] {
  const { order, plan, person } = facts
  const on = addWorkingDays(order.startOn, PLAN_AFTER, plan.calendar.holidays)
  const by = officerOn(facts, on)
  const rosh = { rosh: RISK_WORDS[plan.rosh] }
  return [
    plainEntry({ on, time: '16:24', kind: 'C004', by, write: teller => teller.oneOf(ASSESSED, on, rosh) }),
    plainEntry({
      on,
      time: '16:28',
      kind: 'C057',
      by,
      write: () => `Plan agreed with ${person.called}. ${goals(facts)}`,
    }),
  ]
}

const goals = ({ story }: CaseFacts): string =>
  story.threads
    .slice(0, 4)
    .map((thread, place) => `${place + 1} ${thread.goal}.`)
    .join(' ')

const REVIEW_ENDS = [
  'No new goal. RoSH {rosh}, unchanged.',
  '{He} would like to add something about free time; done. RoSH unchanged at {rosh}.',
  'What {he} say{s}, what partners say and the record agree with each other. RoSH stays {rosh}. Next review in sixteen weeks.',
  'Looked at the assessment as well: nothing in it that would be answered otherwise today. RoSH {rosh}.',
]

function reviews(facts: CaseFacts): readonly Entry[] {
  const { order, plan } = facts
  const entries: Entry[] = []
  for (
    let day = addDays(order.startOn, REVIEW_EVERY_DAYS);
    day <= order.lastOn;
    day = addDays(day, REVIEW_EVERY_DAYS)
  ) {
    const on = workingDayFrom(day, -1, plan.calendar.holidays)
    const write: Entry['write'] = teller =>
      `Plan reviewed with ${facts.person.called}. ${teller.review()} ${teller.oneOf(REVIEW_ENDS, on, { rosh: RISK_WORDS[plan.rosh] })}`
    entries.push(plainEntry({ on, time: '16:36', kind: 'CSPR', by: officerOn(facts, on), write }))
  }
  return entries
}

function changes({ plan, handover, person }: CaseFacts): readonly Entry[] {
  if (handover === null) return []
  const text = `Responsible officer changed from ${handover.from.name} to ${plan.officer.name}. ${person.called} was told by both in the same meeting.`
  return [plainEntry({ on: handover.on, time: '08:35', kind: 'ROC', by: senior, write: () => text })]
}

/** The end is entered on the working day after it. */
function ending({ order, plan, story }: CaseFacts): readonly Entry[] {
  const ended = order.terminatedOn ?? order.endOn
  const text =
    order.terminatedOn === null
      ? `Order ended on ${longDay(ended)}. {Name} has the letter.`
      : `Order ended on ${longDay(ended)} by ${order.court}, early, for good progress.`
  const on = addWorkingDays(ended, 1, plan.calendar.holidays)
  return [plainEntry({ on, time: '08:50', kind: 'ETER', by: administrator, write: () => fillIn(text, story.words) })]
}
