import { describe, expect, it } from 'vitest'
import { hopCode, hopNames } from '../../../shared/features/sync/lineCheck.ts'
import { checkedText, hopText, supportText, type Hop } from './checkText.ts'

const passed = hopNames.map((hop): Hop => ({ hop, state: 'passed', code: null, tookMs: 12 }))
const with_ = (changed: Partial<Hop> & Pick<Hop, 'hop'>): Hop[] =>
  passed.map(one => (one.hop === changed.hop ? { ...one, ...changed } : one))
const AT = Date.parse('2026-03-02T10:15:00Z')

describe('a part of the line', () => {
  it.each(hopCode.options)('that fails with %s says what and whom to ask', code => {
    const { what, remedy } = hopText({ hop: 'service', state: 'failed', code, tookMs: null })

    expect(what).not.toMatch(/[.!]$/)
    expect(remedy).toMatch(/[.]$/)
  })

  it.each([
    [{ state: 'passed', tookMs: 12 }, '12 ms'],
    [{ state: 'not-used', tookMs: null }, 'not used'],
    [{ state: 'not-tried', tookMs: null }, 'not tried'],
  ] as const)('%o stands with "%s"', (some, when) => {
    expect(hopText({ hop: 'proxy', code: null, ...some })).toMatchObject({ when, remedy: undefined })
  })

  it('that is the clock says how far off it is', () => {
    const off = { hop: 'clock', state: 'warned', tookMs: 61 * 60_000 } as const

    expect(hopText({ ...off, code: 'clock-fast' }).what).toBe('This PC’s clock is 61 minutes fast')
    expect(hopText({ ...off, code: 'clock-slow' }).what).toBe('This PC’s clock is 61 minutes slow')
  })
})

describe('the whole line', () => {
  it.each<[Hop[], string]>([
    [passed, 'The connection works from end to end.'],
    [with_({ hop: 'sign-in', state: 'failed', code: 'wrong-token' }), 'The service does not know this PC.'],
    [
      with_({ hop: 'clock', state: 'warned', code: 'clock-fast', tookMs: 360_000 }),
      'This PC’s clock is 6 minutes fast.',
    ],
  ])('is said in one sentence', (hops, text) => {
    expect(checkedText({ at: AT, hops })).toBe(text)
  })

  it('is told to support by codes and times', () => {
    const hops = with_({ hop: 'tls', state: 'failed', code: 'certificate-unknown', tookMs: 40 })

    expect(supportText({ at: AT, hops }, '0.1.0').split('\n')).toEqual([
      'Holdfast 0.1.0, connection checked 2026-03-02T10:15:00.000Z',
      'name: passed, 12 ms',
      'connection: passed, 12 ms',
      'proxy: passed, 12 ms',
      'tls: failed, certificate-unknown, 40 ms',
      'service: passed, 12 ms',
      'sign-in: passed, 12 ms',
      'clock: passed, 12 ms',
    ])
  })
})
