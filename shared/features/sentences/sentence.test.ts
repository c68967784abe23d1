import { describe, expect, it } from 'vitest'
import { isActiveOn } from './sentence.ts'

const event = (terminatedOn: string | null) => ({ startOn: '2025-09-19', endOn: '2026-09-18', terminatedOn })

describe('an event', () => {
  it.each([
    ['the day before it starts', '2025-09-18', null, false],
    ['its first day', '2025-09-19', null, true],
    ['its last day', '2026-09-18', null, true],
    ['the day after its last', '2026-09-19', null, false],
    ['the day before it is ended early', '2026-03-01', '2026-03-02', true],
    ['the day on which it is ended early', '2026-03-02', '2026-03-02', true],
    ['the day after', '2026-03-03', '2026-03-02', false],
    ['its first day, on which it is ended too', '2025-09-19', '2025-09-19', true],
    ['the day after its last, though it was ended later', '2026-09-19', '2026-10-01', false],
  ])('runs on %s: $3', (_, day, terminatedOn, isActive) => {
    expect(isActiveOn(event(terminatedOn), day)).toBe(isActive)
  })
})
