import { describe, expect, it } from 'vitest'
import { endBeforeStart, isOrderedDate } from './dateOrder.ts'
import { type AnyFields, entities, recordTypes } from './recordTypes.ts'

describe('a record', () => {
  it.each<[string, AnyFields, string | undefined]>([
    ['may end on the day it starts', { startOn: '2026-03-02', endOn: '2026-03-02' }, undefined],
    ['may not end the day before', { startOn: '2026-03-02', endOn: '2026-03-01' }, 'endOn'],
    ['may have no end', { startOn: '2026-03-02', endOn: null }, undefined],
    ['may have no start', { startOn: null, endOn: '2026-03-01' }, undefined],
    ['may know neither', { what: 'Plain letters', endOn: '2026-03-01' }, undefined],
    ['may not be ended before', { startOn: '2026-03-02', endedOn: '2026-03-01' }, 'endedOn'],
    [
      'may not be terminated before',
      { startOn: '2026-03-02', endOn: '2027-03-01', terminatedOn: '2026-03-01' },
      'terminatedOn',
    ],
  ])('%s', (_, fields, end) => {
    expect(endBeforeStart(fields)).toBe(end)
  })

  it('of these types has such dates', () => {
    const dates = entities.map(entity => [
      entity,
      ...Object.keys(recordTypes[entity].schema.shape).filter(isOrderedDate),
    ])

    expect(dates.filter(([, ...fields]) => fields.includes('startOn'))).toEqual([
      ['assignment', 'startOn', 'endOn'],
      ['register', 'startOn', 'endOn'],
      ['address', 'startOn', 'endOn'],
      ['event', 'startOn', 'endOn', 'terminatedOn'],
      ['requirement', 'startOn', 'endedOn'],
    ])
  })
})
