import { describe, expect, it } from 'vitest'
import type { ContactType, Outcome } from '../../../shared/features/reference/reference.ts'
import { chosenSlot, isKnownClash, kindOfNext, nextChoices, toldByOutcome, type NextFacts } from './nextRules.ts'

const TODAY = '2026-03-02'
const free = (on: string) => ({
  on,
  time: '10:00',
  problem: null,
  clashWith: null,
  instead: null,
  holidaysKnownUntil: null,
})
const clash = {
  on: '2026-03-09',
  time: '10:00',
  problem: 'clash' as const,
  clashWith: 'Team meeting',
  instead: { on: '2026-03-09', time: '10:30' },
}

const facts = (some: Partial<NextFacts> = {}): NextFacts => ({
  slots: [
    { weeks: 1, slot: clash },
    { weeks: 2, slot: free('2026-03-16') },
    { weeks: 4, slot: free('2026-03-30') },
  ],
  booked: null,
  typed: undefined,
  typedSlot: undefined,
  ...some,
})

const aType = (some: Partial<ContactType>): ContactType => ({
  code: 'COAP',
  label: 'Planned office visit',
  nationalStandards: true,
  category: 'meeting',
  use: 'appointment',
  where: 'office',
  ...some,
})
const anOutcome = (attendance: Outcome['attendance']) => ({ attendance }) as Outcome // nothing else is looked at

describe('a clash', () => {
  const taken = {
    on: '2026-03-09',
    time: '10:00',
    problem: 'clash',
    clashWith: 'Jacob Thistlewood',
    instead: null,
  } as const
  const free = { on: '2026-03-16', time: '10:00', problem: null, clashWith: null, instead: null } as const
  const facts = {
    slots: [
      { weeks: 1, slot: taken },
      { weeks: 2, slot: free },
    ],
    booked: null,
    typed: taken,
    typedSlot: taken,
  }

  it.each([
    ['1', true],
    ['1-instead', false],
    ['2', false],
    ['typed', true],
    ['typed-instead', false],
    ['none', false],
    [null, false],
  ] as const)('is known when %s was chosen: %s', (chosen, expected) => {
    expect(isKnownClash(chosen, facts)).toBe(expected)
  })

  it('of a typed time is not known before the diary has answered', () => {
    expect(isKnownClash('typed', { ...facts, typedSlot: undefined })).toBe(false)
  })
})

describe('what is offered for the next appointment', () => {
  it('names the clash and puts the free time after it', () => {
    const choices = nextChoices(facts(), null, TODAY)

    expect(choices.map(choice => choice.value)).toEqual(['1', '1-instead', '2', '4', 'typed', 'none'])
    expect(choices[0]).toMatchObject({
      text: 'Mon 9 March, 10:00',
      warning: 'Clash',
      hint: 'Team meeting. Free from 10:30',
    })
    expect(choices[1]?.text).toBe('Mon 9 March, 10:30 instead')
  })

  it('is what is booked, until another one is asked for', () => {
    const booked = facts({ booked: { startsOn: '2026-03-16', startsTime: '10:00', kindLabel: 'Home visit' } })

    expect(nextChoices(booked, 'keep', TODAY).map(choice => choice.text)).toEqual([
      'Keep Mon 16 March, 10:00',
      'Book another',
    ])
    expect(nextChoices(booked, 'other', TODAY).map(choice => choice.value)).toContain('2')
    expect(nextChoices(booked, 'other', TODAY).map(choice => choice.value)).toContain('keep')
  })
})

describe('what is booked', () => {
  it.each([
    [null, null],
    ['none', null],
    ['keep', null],
    ['other', null],
    ['1', { on: '2026-03-09', time: '10:00' }],
    ['1-instead', { on: '2026-03-09', time: '10:30' }],
    ['2', { on: '2026-03-16', time: '10:00' }],
    ['4-instead', null],
    ['typed', null],
  ] as const)('for %s is %o', (chosen, expected) => {
    const slot = chosenSlot(chosen, facts())

    expect(slot && { on: slot.on, time: slot.time }).toEqual(expected)
  })

  it('is the typed time once it is understood, or the free one beside it', () => {
    const typed = { on: '2026-03-17', time: '10:30' }
    const typedSlot = { instead: { on: '2026-03-17', time: '11:00' } }

    expect(chosenSlot('typed', facts({ typed }))).toEqual(typed)
    expect(chosenSlot('typed-instead', facts({ typed, typedSlot }))).toEqual(typedSlot.instead)
  })
})

describe('how the person was told', () => {
  it.each([
    ['in the room', anOutcome('attended'), aType({}), 'in-person'],
    ['in a planned call', anOutcome('attended'), aType({ where: 'remote' }), 'telephone'],
    ['in a call', undefined, aType({ category: 'call', use: 'logged', where: null }), 'telephone'],
    ['in a text', undefined, aType({ category: 'message', use: 'logged', where: null }), 'text'],
    ['not yet, after an absence', anOutcome('absent'), aType({}), 'not-told'],
    ['not yet, while there is no outcome', undefined, aType({}), 'not-told'],
  ] as const)('is %s', (_how, outcome, type, expected) => {
    expect(toldByOutcome(outcome, type)).toBe(expected)
  })
})

describe('the kind of the next appointment', () => {
  it.each([
    [aType({ code: 'CHVS' }), 'CHVS'],
    [aType({ code: 'COTI' }), 'COPT'],
    [aType({ code: 'CTOA', use: 'logged' }), 'COAP'],
    [undefined, 'COAP'],
  ])('after %o is %s', (type, expected) => {
    expect(kindOfNext(type)).toBe(expected)
  })
})
