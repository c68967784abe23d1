import type { CaseFacts } from '../caseFacts.ts'
import type { Dice } from '../random.ts'
import { fillIn, type Words } from '../words.ts'
import { dayName } from '../days.ts'
import type { Turn } from './storyState.ts'

const UNITS = {
  F: (amount: number) => `${amount} RAR days`,
  W: (amount: number) => `${amount} hours of unpaid work`,
  RM49: (amount: number) => `a curfew with a tag for ${amount} months`,
  RM59: (amount: number) => `location monitoring for ${amount} months`,
} as const

const ORDER_NAMES = {
  'community-order': 'community order',
  'suspended-sentence-order': 'suspended sentence order',
  licence: 'licence',
  'post-sentence-supervision': 'post-sentence supervision',
} as const

const EXPLAINED = [
  'Explained what counts as attending, what counts as a reason to miss, and what follows when there is none.',
  'Went through attendance, reasons and proof, warnings, and what happens after the second one.',
  'Explained the rules with the one-page sheet: be on time, ring before, bring proof, and what follows otherwise.',
]
const CONSENTS = [
  '{He} signed the papers and has copies. Consent to talk to the GP and Northfold Housing given.',
  'Papers signed, copies given, rights and complaints explained.',
  '{He} signed after asking two questions about who sees the record. Copy of the privacy sheet given.',
]
const WISHES = [
  'Asked what {he} would like to be different at the end of this: "a normal week", {he} said.',
  '{His} own aim: to be done with courts.',
  'Asked what would help most: one thing at a time, and letters that are short.',
  'Asked what has helped before: being rung the day before.',
]

/** The note of the first appointment: the order, the rules, and how things are to begin with. */
export function firstNote(facts: CaseFacts, turns: readonly Turn[], words: readonly Words[], dice: Dice): string {
  const { order, adjustment, person } = facts
  const fill = (text: string): string => fillIn(text, ...words)
  const next = fill('{next}')
  const number = person.mobile ?? person.telephone
  const parts = [
    [introduction(facts), dice.pick(EXPLAINED), fill(dice.pick(CONSENTS))],
    [
      `Details checked: ${person.home === 'no-fixed-abode' ? `no fixed abode, post to ${person.street}` : person.street}${number === null ? '' : `, ${number}`}.`,
      adjustment === null ? 'No adjustments needed.' : `Adjustment noted: ${fill(adjustment.what)}`,
      fill(dice.pick(WISHES)),
    ],
    turns.flatMap(turn => [turn.told, turn.detail]),
    [
      ...(order.requirements.some(one => one.code === 'W')
        ? ['Unpaid work assessment to be booked by the unpaid work team.']
        : []),
      ...turns.flatMap(turn => (turn.task === null ? [] : [`${person.called} will ${turn.task}.`])).slice(0, 1),
      next === '' ? '' : `Next: ${next}.`,
    ],
  ]
  return parts.map(part => part.filter(Boolean).join(' ')).join('\n\n')
}

function introduction({ order }: CaseFacts): string {
  const asked = order.requirements.map(one => UNITS[one.code](one.amount))
  const what = `${ORDER_NAMES[order.sentence]}, ${order.months} months to ${dayName(order.endOn)} ${order.endOn.slice(0, 4)}`
  const from =
    order.prison === null
      ? `First appointment after ${order.court} on ${dayName(order.sentencedOn)}.`
      : order.sentence === 'licence'
        ? `First appointment after release from ${order.prison} on ${dayName(order.startOn)}.`
        : `First appointment of supervision after the licence from ${order.prison} ended.`
  return `${from} ${what.charAt(0).toUpperCase()}${what.slice(1)}${asked.length === 0 ? '' : `, with ${list(asked)}`}.`
}

const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`
