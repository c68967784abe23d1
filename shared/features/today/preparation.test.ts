import { describe, expect, it } from 'vitest'
import { anId } from '../../../tests/support/builders.ts'
import type { Adjustment } from '../cases/case.ts'
import type { OrderView } from '../cases/caseViews.ts'
import { preparationOf } from './preparation.ts'

const TODAY = '2026-03-02'

type Facts = Parameters<typeof preparationOf>[0]
type Requirement = OrderView['requirements'][number]

const prepare = (some: Partial<Facts>) =>
  preparationOf({ today: TODAY, owed: [], orders: [], adjustments: [], ...some })

const aRequirement = (some: Partial<Requirement> = {}): Requirement => ({
  requirementId: anId(),
  label: 'RAR days',
  done: 7,
  amount: 20,
  unit: 'days',
  ...some,
})
const failures = (count: number, limit: number | null): OrderView['failures'] => ({
  count,
  limit,
  withinMonths: 12,
  afterwards: 'breach',
  since: '2025-09-19',
  contacts: [],
  ruleVersion: 'sentences.json 1',
})
const anOrder = (some: Partial<OrderView> = {}): OrderView => ({
  eventId: anId(),
  number: 1,
  label: 'Community order',
  offence: 'Common assault',
  court: "Northfold Magistrates' Court",
  startOn: '2025-09-19',
  endOn: '2026-09-18',
  isActive: true,
  daysLeft: 200,
  passed: 0.45,
  requirements: [],
  failures: null,
  ...some,
})
const anAdjustment = (some: Partial<Adjustment> = {}): Adjustment => ({
  kind: 'dyslexia',
  what: 'Read letters aloud.',
  endOn: null,
  ...some,
})

describe('what to ask about', () => {
  it.each<[Facts['owed'][number], string]>([
    [
      { kind: 'evidence', dueOn: '2026-03-06', fromOn: '2026-02-27', about: '' },
      'Proof for the absence on Fri 27 February, due Fri 6 March',
    ],
    [
      { kind: 'warning-letter', dueOn: '2026-03-03', fromOn: '2026-02-27', about: '' },
      'The absence on Fri 27 February: a letter is owed by Tue 3 March',
    ],
    [
      { kind: 'flag-review', dueOn: '2026-03-09', fromOn: '2026-01-12', about: 'Domestic abuse' },
      'Domestic abuse: review the flag by Mon 9 March',
    ],
    [
      { kind: 'tell-appointment', dueOn: '2026-03-09', fromOn: '2026-03-09', about: '10:30' },
      'Tell about the appointment on Mon 9 March at 10:30',
    ],
    [
      { kind: 'flag-review', dueOn: '2025-12-01', fromOn: '2025-06-01', about: 'Hate crime' },
      'Hate crime: review the flag by Mon 1 December 2025',
    ],
  ])('%#: is said in a sentence', (owed, sentence) => {
    expect(prepare({ owed: [owed] }).askAbout).toEqual([sentence])
  })

  it('keeps the order in which it is owed', () => {
    const review = { kind: 'flag-review', dueOn: '2026-03-09', fromOn: '2026-01-12' } as const

    const { askAbout } = prepare({
      owed: [
        { ...review, about: 'B' },
        { ...review, about: 'A' },
      ],
    })

    expect(askAbout.map(one => one[0])).toEqual(['B', 'A'])
  })
})

describe('where the order stands', () => {
  it.each([
    [200, '200 days left'],
    [2, '2 days left'],
    [1, '1 day left'],
    [0, '0 days left'],
  ])('with %i days to go it says %s', (daysLeft, left) => {
    expect(prepare({ orders: [anOrder({ daysLeft })] }).standing).toEqual([`Community order, ${left}`])
  })

  it('says how far each requirement is, where an amount was ordered', () => {
    const requirements = [
      aRequirement(),
      aRequirement({ label: 'Unpaid work hours', done: 12.5, amount: 80, unit: 'hours' }),
      aRequirement({ label: 'Location monitoring', done: 0, amount: 0, unit: 'none' }),
    ]

    expect(prepare({ orders: [anOrder({ requirements })] }).standing.slice(1)).toEqual([
      'RAR days 7 of 20',
      'Unpaid work hours 12.5 of 80',
    ])
  })

  it.each<[string, OrderView['failures'], readonly string[]]>([
    ['with a limit', failures(1, 2), ['Failures 1 of 2']],
    ['without a limit', failures(1, null), ['Failures 1']],
    ['none so far', failures(0, 2), ['Failures 0 of 2']],
    ['where none are counted', null, []],
  ])('says the failures %s', (_, counted, sentences) => {
    expect(prepare({ orders: [anOrder({ failures: counted })] }).standing.slice(1)).toEqual(sentences)
  })

  it('leaves out an order that is over', () => {
    const orders = [anOrder({ isActive: false }), anOrder({ label: 'Licence' })]

    expect(prepare({ orders }).standing).toEqual(['Licence, 200 days left'])
  })

  it.each([
    ['without an end', null, true],
    ['that ends today', '2026-03-02', true],
    ['that ended yesterday', '2026-03-01', false],
  ])('ends with how to act: an adjustment %s: $2', (_, endOn, isSaid) => {
    const { standing } = prepare({ orders: [anOrder()], adjustments: [anAdjustment({ endOn })] })

    expect(standing.slice(1)).toEqual(isSaid ? ['Read letters aloud.'] : [])
  })

  it('has nothing to say of a case without orders', () => {
    expect(prepare({})).toEqual({ askAbout: [], standing: [] })
  })
})
