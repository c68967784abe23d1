import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignedTo } from '../../../tests/support/centre/builders.ts'
import { compareScopes, type KeptScope, scopesOn } from './scope.ts'

const TODAY = '2026-03-02'
/** First instants of days in London, in winter time. */
const startOf = (day: number) => Date.UTC(2026, 2, day)

const assigned = (...given: readonly { readonly startOn: string; readonly endOn: string | null }[]) =>
  given.map(dates => ({ caseId: 'c1', role: 'officer' as const, assignment: assignedTo('morgan.ashby', dates) }))

describe('who may read a case on a day', () => {
  it.each([
    ['an assignment without end', assigned({ startOn: '2026-01-01', endOn: null }), null, undefined],
    ['one that ends today', assigned({ startOn: '2026-01-01', endOn: TODAY }), startOf(3), startOf(3)],
    [
      'one that goes on in the next',
      assigned({ startOn: '2026-01-01', endOn: TODAY }, { startOn: '2026-03-03', endOn: '2026-03-05' }),
      startOf(6),
      startOf(6),
    ],
    [
      'one that ends while another has no end',
      assigned({ startOn: '2026-01-01', endOn: TODAY }, { startOn: '2026-02-01', endOn: null }),
      null,
      undefined,
    ],
  ])('is whoever has %s', (_, given, until, due) => {
    const { scopes, due: dueOf } = scopesOn(given, TODAY)

    expect(scopes).toEqual([{ userId: 'morgan.ashby', caseId: 'c1', until }])
    expect(dueOf.get('c1')).toBe(due)
  })

  it.each([
    ['one that ended yesterday', assigned({ startOn: '2026-01-01', endOn: '2026-03-01' }), undefined],
    ['one that begins tomorrow, which is due then', assigned({ startOn: '2026-03-03', endOn: null }), startOf(3)],
    ['one that ends before it begins', assigned({ startOn: '2026-03-05', endOn: '2026-03-04' }), undefined],
  ])('is nobody with %s', (_, given, due) => {
    expect(scopesOn(given, TODAY)).toEqual({ scopes: [], due: new Map(due === undefined ? [] : [['c1', due]]) })
  })

  it('changes at midnight in London, also in summer', () => {
    const given = assigned({ startOn: '2026-01-01', endOn: '2026-07-01' })

    expect(scopesOn(given, TODAY).due.get('c1')).toBe(Date.UTC(2026, 6, 1, 23))
  })
})

describe('the changes from the kept scopes to those wanted', () => {
  const scope = fc.record({
    userId: fc.constantFrom('a', 'b', 'c'),
    caseId: fc.constantFrom('c1', 'c2'),
    until: fc.constantFrom(null, 1, 2),
  })
  const scopes = fc.uniqueArray(scope, { selector: one => `${one.userId} ${one.caseId}` })

  it('lead there, touch nothing else, and count an epoch up only for a new grant', () => {
    fc.assert(
      fc.property(scopes, scopes, (before, wanted) => {
        const kept: readonly KeptScope[] = before.map(one => ({ ...one, epoch: 3 }))

        const { granted, revoked } = compareScopes(kept, wanted, new Map([['a/c1', 5]]))

        const after = kept
          .filter(one => !revoked.includes(one))
          .filter(one => !granted.some(grant => grant.userId === one.userId && grant.caseId === one.caseId))
        const withoutEpoch = [...after, ...granted].map(({ epoch: _, ...one }) => one)
        expect(withoutEpoch.toSorted(byPair)).toEqual(wanted.toSorted(byPair))
        for (const { userId, caseId, epoch, until } of granted) {
          const old = kept.find(one => one.userId === userId && one.caseId === caseId)
          expect(epoch).toBe(old?.epoch ?? (userId === 'a' && caseId === 'c1' ? 6 : 1))
          expect(old?.until).not.toBe(until)
        }
      }),
    )
  })

  const byPair = (a: { userId: string; caseId: string }, b: { userId: string; caseId: string }) =>
    `${a.userId} ${a.caseId}` < `${b.userId} ${b.caseId}` ? -1 : 1
})
