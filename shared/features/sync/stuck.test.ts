import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findStuck } from './stuck.ts'

const NOW = Date.parse('2026-03-02T10:15:00Z')
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

describe('work that lies unsent', () => {
  it.each([
    ['nothing unsent', null, NOW - DAY_MS, undefined],
    ['15 minutes with an answering service', NOW - 15 * MINUTE_MS, NOW - DAY_MS, undefined],
    ['a moment more', NOW - 15 * MINUTE_MS - 1, NOW - DAY_MS, 'while-answered'],
    ['hours, of which the service answered 15 minutes', NOW - 300 * MINUTE_MS, NOW - 15 * MINUTE_MS, undefined],
    ['hours, of which it answered a moment more', NOW - 300 * MINUTE_MS, NOW - 15 * MINUTE_MS - 1, 'while-answered'],
    ['24 hours without a line', NOW - DAY_MS, null, undefined],
    ['a moment more without a line', NOW - DAY_MS - 1, null, 'for-a-day'],
    ['a day, and the service has just come back', NOW - DAY_MS - 1, NOW, 'for-a-day'],
    ['saved in the future, by a clock that was put back', NOW + DAY_MS, NOW - DAY_MS, undefined],
  ] as const)('for %s', (_, oldestUnsentAt, answeringSince, stuck) => {
    expect(findStuck({ oldestUnsentAt, answeringSince, now: NOW })).toBe(stuck)
  })

  const age = fc.integer({ min: -DAY_MS, max: 3 * DAY_MS })

  it('is stuck exactly by its age and by how much of it the service answered, at any hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 41 }), age, fc.option(age), (now, unsentMs, answeringMs) => {
        const answeringSince = answeringMs === null ? null : now - answeringMs
        const stuck = findStuck({ oldestUnsentAt: now - unsentMs, answeringSince, now })
        const answeredMs = Math.min(unsentMs, answeringMs ?? -Infinity)

        expect(stuck !== undefined).toBe(unsentMs > DAY_MS || answeredMs > 15 * MINUTE_MS)
      }),
    )
  })

  it('once stuck stays so while nothing is sent and the service goes on as it did', () => {
    fc.assert(
      fc.property(age, fc.option(age), fc.nat(DAY_MS), (unsentMs, answeringMs, laterMs) => {
        const facts = {
          oldestUnsentAt: NOW - unsentMs,
          answeringSince: answeringMs === null ? null : NOW - answeringMs,
        }
        if (findStuck({ ...facts, now: NOW }) === undefined) return
        expect(findStuck({ ...facts, now: NOW + laterMs })).toBeDefined()
      }),
    )
  })
})
