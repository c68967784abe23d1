import { describe, expect, it } from 'vitest'
import { lineReason, type SyncStatus } from '../../../shared/features/sync/syncContract.ts'
import {
  aboutText,
  clockText,
  mendable,
  nextTryText,
  stateWords,
  stuckText,
  whatText,
  workName,
  workState,
} from './syncText.ts'

const NOW = Date.UTC(2026, 2, 2, 10, 15)
const DAY_MS = 86_400_000
const TODAY = '2026-03-02'
const none = { count: 0, oldestAt: null }

const aStatus = (some: Partial<SyncStatus>): SyncStatus => ({
  reason: 'up',
  since: NOW - 3_600_000,
  answeringSince: NOW - 3_600_000,
  lastContactAt: NOW,
  nextTryAt: null,
  nextTryWhy: null,
  isWorking: false,
  saved: none,
  sent: none,
  heldBack: none,
  needsYou: none,
  confirmedToday: { count: 41, lastAt: NOW },
  cases: { complete: 62, all: 62 },
  clockAheadMs: 0,
  metered: { isMetered: false, pauses: true },
  ...some,
})

describe('the state of the whole PC', () => {
  it.each<[Partial<SyncStatus>, string, string]>([
    [{}, 'confirmed', 'All confirmed'],
    [{ saved: { count: 1, oldestAt: NOW - 1_000 } }, 'saved', '1 saved on this PC'],
    [
      { reason: 'unreachable', since: NOW - 27 * 60_000, saved: { count: 3, oldestAt: NOW - 360_000 } },
      'saved',
      '3 saved on this PC, oldest 6 min. Line down since 09:48',
    ],
    [{ sent: { count: 2, oldestAt: NOW } }, 'sent', '2 sent'],
    [
      { isWorking: true, sent: { count: 2, oldestAt: NOW }, saved: { count: 2, oldestAt: NOW } },
      'saved',
      'Sending. 2 saved on this PC',
    ],
    [{ needsYou: { count: 1, oldestAt: NOW } }, 'needs-you', '1 needs you'],
    [
      { saved: { count: 1, oldestAt: NOW - 16 * 60_000 } },
      'needs-you',
      'Not sent since 09:59. 1 saved on this PC, oldest 16 min',
    ],
    [
      {
        reason: 'unreachable',
        answeringSince: null,
        since: NOW - DAY_MS,
        sent: { count: 2, oldestAt: NOW - DAY_MS - 1 },
      },
      'needs-you',
      'Not sent since 1 Mar 10:14. 2 sent. Line down since 1 Mar 10:15',
    ],
    [{ clockAheadMs: 61 * 60_000 }, 'confirmed', 'All confirmed. This PC’s clock is 61 minutes fast'],
    [{ reason: 'no-centre' }, 'saved', 'Saved on this PC'],
  ])('%o is the sign %s and "%s"', (some, sign, text) => {
    expect(stateWords(aStatus(some), NOW, TODAY)).toEqual({ sign, text })
  })
})

describe('work that is stuck', () => {
  const old = { saved: { count: 1, oldestAt: NOW - 16 * 60_000 } }
  const reasons = lineReason.options.filter(one => one !== 'no-centre')

  it.each(reasons)('with the line "%s" says why, and one thing to do', reason => {
    const stuck = stuckText(aStatus({ ...old, reason }), NOW, TODAY)

    expect(stuck?.what).toMatch(/^Work from 09:59 has not been confirmed\. .+\.$/)
    expect(stuck?.action).toMatch(/\.$/)
  })

  it('behind something refused says so, whatever the line does', () => {
    const held = { count: 1, oldestAt: NOW - 16 * 60_000 }

    expect(stuckText(aStatus({ saved: held, heldBack: held }), NOW, TODAY)).toMatchObject({
      what: 'Work from 09:59 waits behind something that was refused',
    })
  })

  it('is never said of a PC without a service, whose work stays there', () => {
    const saved = { count: 1, oldestAt: NOW - 3 * DAY_MS }
    expect(stuckText(aStatus({ saved, reason: 'no-centre', answeringSince: null }), NOW, TODAY)).toBeUndefined()
  })
})

describe('the next try', () => {
  it.each([
    [null, null, undefined],
    [NOW + 120_000, 'waits-longer', 'Next try at 10:17'],
    [NOW, 'service-asked', 'Next try now'],
    [NOW + 60_000, 'looks-for-news', 'Next look for news at 10:16'],
  ] as const)('at %s because %s is "%s"', (nextTryAt, nextTryWhy, what) => {
    expect(nextTryText({ nextTryAt, nextTryWhy }, NOW)?.what).toBe(what)
  })
})

describe('what an action did', () => {
  it.each([
    [['contact.create@1'], 'contact'],
    [['contact.create@1', 'appointment.patch@1', 'appointment.create@1'], 'contact and appointment'],
    [['appointment.patch@1'], 'change of an appointment'],
    [['something.new@2'], 'change'],
  ])('%o is "%s"', (what, text) => {
    expect(whatText(what)).toBe(text)
  })
})

describe('the clock', () => {
  it.each([
    [null, undefined],
    [299_999, undefined],
    [-299_999, undefined],
    [61 * 60_000, 'This PC’s clock is 61 minutes fast'],
    [-300_000, 'This PC’s clock is 5 minutes slow'],
  ])('%s ms ahead is "%s"', (ahead, text) => {
    expect(clockText(ahead)).toBe(text)
  })
})

describe('what an action was about', () => {
  it('is the first words of a note, or the names of fields in words', () => {
    expect(aboutText({ what: ['contact.create@1'], about: 'Rang about the letter' })).toBe('Rang about the letter')
    expect(aboutText({ what: ['case.patch@1'], about: 'familyName' })).toBe('family name')
  })
})

describe('the state of an action', () => {
  const attention = (kind: 'refused' | 'two-versions') => [
    { opId: '', kind, code: '', fields: [], mendsOnRecord: false },
  ]

  it('tells what was refused from what has two versions', () => {
    expect(workState({ state: 'needs-you', attention: attention('refused') })).toBe('Refused')
    expect(workState({ state: 'needs-you', attention: attention('two-versions') })).toBe('Two versions')
    expect(workState({ state: 'sent', attention: [] })).toBe('Sent')
  })
})

describe('what can be put right of something refused', () => {
  const fields = ['kind', 'eventId', 'recordedById', 'note'].map(field => ({ field, value: 'x', choices: null }))
  const names = (field: string | null) => mendable({ field, fields }).map(one => one.field)

  it('is what has a name on screen and is no link, the refused field first', () => {
    expect(names(null)).toEqual(['kind', 'note'])
    expect(names('note')).toEqual(['note', 'kind'])
    expect(names('recordedById')).toEqual(['recordedById', 'kind', 'note'])
  })
})

describe('whose work it is', () => {
  it.each([
    ['Jacob Thistlewood', 'Jacob Thistlewood, contact'],
    ['', 'A case that is not yours any more, contact'],
  ])('with the name %j is said as %j', (name, text) => {
    expect(workName({ name, what: ['contact.create@1'] })).toBe(text)
  })
})
