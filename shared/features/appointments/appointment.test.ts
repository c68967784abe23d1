import { describe, expect, it } from 'vitest'
import { startsAt } from './appointment.ts'

describe('the instant at which an appointment begins', () => {
  it.each([
    ['in winter', '2026-03-02', '10:00', '2026-03-02T10:00Z'],
    ['in summer', '2026-07-15', '10:00', '2026-07-15T09:00Z'],
    ['just before the clocks go forward', '2026-03-29', '00:59', '2026-03-29T00:59Z'],
    ['in the hour that the clocks leave out, once it is over', '2026-03-29', '01:30', '2026-03-29T01:00Z'],
    ['just after it', '2026-03-29', '02:00', '2026-03-29T01:00Z'],
    ['in the hour that comes twice, the first time', '2026-10-25', '01:30', '2026-10-25T00:30Z'],
  ])('is, %s', (_, startsOn, startsTime, at) => {
    expect(startsAt({ startsOn, startsTime })).toBe(Date.parse(at))
  })
})
