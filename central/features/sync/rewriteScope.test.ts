import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayAct } from '../../../shared/access/mayAct.ts'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import { addDays, londonDate } from '../../../shared/time.ts'
import { scopeEventTable, scopeTable } from '../../db/tables.ts'
import { anId } from '../../../tests/support/builders.ts'
import { assignedTo } from '../../../tests/support/centre/builders.ts'
import { aDesk } from '../../../tests/support/centre/desk.ts'
import { aCentre, MONDAY, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { pairOf } from './scope.ts'
import { settleDueScopes } from './rewriteScope.ts'

const server = useTestServer()
const DAY_MS = 86_400_000
const USERS = ['morgan.ashby', 'dev.larkhill', 'priya.hartwell'] as const
const CASES = [anId(), anId()]
const ROWS = [anId(), anId(), anId(), anId()]

type Step =
  | {
      readonly kind: 'assign'
      readonly place: number
      readonly user: number
      readonly from: number
      readonly days: number | null
    }
  | { readonly kind: 'days-pass'; readonly days: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('assign' as const),
    place: fc.nat({ max: ROWS.length - 1 }),
    user: fc.nat({ max: USERS.length - 1 }),
    from: fc.integer({ min: -4, max: 4 }),
    days: fc.option(fc.nat({ max: 4 })),
  }),
  fc.record({ kind: fc.constant('days-pass' as const), days: fc.integer({ min: 1, max: 3 }) }),
)

describe('the kept scopes', () => {
  it('are the answers of mayAct after any changes of assignments and any days', { timeout: 60_000 }, async () => {
    const centre = await aCentre(server)
    for (const user of USERS) await centre.addUser(user)
    const assignments = new Map<number, Assignment>()

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async steps => {
        for (const one of steps) {
          await take(centre, assignments, one)
          expect(await keptPairs(centre)).toEqual(pairsByRule(centre, assignments))
        }
        expect(await pairsByEvents(centre)).toEqual(await keptPairs(centre))
      }),
      { numRuns: 25 },
    )
  })
})

async function take(centre: TestCentre, assignments: Map<number, Assignment>, one: Step): Promise<void> {
  if (one.kind === 'days-pass') {
    centre.clock.at += one.days * DAY_MS
    await settleDueScopes(centre.store, centre.clock.at)
    return
  }
  const startOn = addDays(londonDate(centre.clock.at), one.from)
  const endOn = one.days === null ? null : addDays(startOn, one.days)
  const fields = assignedTo(USERS[one.user] ?? '', { startOn, endOn })
  assignments.set(one.place, fields)
  await centre.write({ entity: 'assignment', caseId: caseOf(one.place), id: ROWS[one.place] ?? '', fields })
}

const caseOf = (place: number): string => CASES[place % CASES.length] ?? ''

async function keptPairs({ db }: TestCentre): Promise<readonly string[]> {
  return (await db.select().from(scopeTable)).map(pairOf).toSorted()
}

function pairsByRule({ clock }: TestCentre, assignments: ReadonlyMap<number, Assignment>): readonly string[] {
  const pairs = USERS.flatMap(userId => CASES.map(caseId => ({ userId, caseId })))
  const mayRead = ({ userId, caseId }: { readonly userId: string; readonly caseId: string }) => {
    const own = [...assignments].filter(([place]) => caseOf(place) === caseId).map(([, assignment]) => assignment)
    return mayAct({ userId, role: 'officer' }, 'read', { caseId, assignments: own, today: londonDate(clock.at) })
  }
  return pairs.filter(mayRead).map(pairOf).toSorted()
}

/** What somebody believes who followed all grants and revokes. */
async function pairsByEvents({ db }: TestCentre): Promise<readonly string[]> {
  const events = await db.select().from(scopeEventTable).orderBy(scopeEventTable.seq)
  const last = new Map(events.map(event => [pairOf(event), event.kind]))
  return [...last]
    .filter(([, kind]) => kind === 'grant')
    .map(([pair]) => pair)
    .toSorted()
}

describe('a case that comes and goes', () => {
  it('is granted, revoked and granted again under the next epoch', async () => {
    const centre = await aCentre(server)
    const desk = await aDesk(centre, 'morgan.ashby')
    await desk.pullAll()
    const row = { entity: 'assignment' as const, caseId: anId(), id: anId() }
    const assign = (given: Partial<Assignment>) => centre.write({ ...row, fields: assignedTo('morgan.ashby', given) })
    const scopeItems = async () => (await desk.pullAll()).filter(item => item.kind !== 'row')

    await assign({})
    expect(await scopeItems()).toEqual([{ kind: 'grant', caseId: row.caseId, epoch: 1, until: null }])
    await assign({ endOn: '2026-03-01' })
    expect(await scopeItems()).toEqual([{ kind: 'revoke', caseId: row.caseId, epoch: 1 }])
    await assign({ endOn: '2026-03-03' })
    const until = Date.UTC(2026, 2, 4)
    expect(await scopeItems()).toEqual([{ kind: 'grant', caseId: row.caseId, epoch: 2, until }])
    await assign({ endOn: null })
    expect(await scopeItems()).toEqual([{ kind: 'grant', caseId: row.caseId, epoch: 2, until: null }])
  })

  it('comes and goes at midnight in London with nobody doing anything', async () => {
    const centre = await aCentre(server)
    const desk = await aDesk(centre, 'morgan.ashby')
    const caseId = anId()
    const fields = assignedTo('morgan.ashby', { startOn: '2026-03-03', endOn: '2026-03-04' })
    await centre.write({ entity: 'assignment', caseId, id: anId(), fields })
    const kindsAt = async (at: number) => {
      centre.clock.at = at
      return (await desk.pullAll()).filter(item => item.kind !== 'row' && item.caseId === caseId).map(item => item.kind)
    }

    expect(await kindsAt(MONDAY)).toEqual([])
    expect(await kindsAt(Date.UTC(2026, 2, 3) - 1)).toEqual([])
    expect(await kindsAt(Date.UTC(2026, 2, 3))).toEqual(['grant'])
    expect(await kindsAt(Date.UTC(2026, 2, 5) - 1)).toEqual([])
    expect(await kindsAt(Date.UTC(2026, 2, 5))).toEqual(['revoke'])
  })
})
