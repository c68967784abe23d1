import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Role, Verb } from '../sync/protocol.ts'
import { entities } from '../sync/recordTypes.ts'
import { mayAct, type CaseAction, type CaseFacts } from './mayAct.ts'

const CASE = '01890000-0000-7000-8000-00000000000a'
const TODAY = '2026-03-02'
const MORGAN = 'morgan.ashby'
const DEV = 'dev.larkhill'

const ROLES: readonly Role[] = ['officer', 'senior', 'administrator']
const VERBS: readonly Verb[] = ['create', 'patch', 'amend', 'strike']
const WRITES = entities.flatMap(entity => VERBS.map((verb): CaseAction => `${entity}.${verb}`))

type Given = CaseFacts['assignments'][number]

const assigned = (some: Partial<Given> = {}): Given => ({
  userId: MORGAN,
  startOn: '2026-01-05',
  endOn: null,
  ...some,
})
const facts = (some: Partial<CaseFacts> = {}): CaseFacts => ({
  caseId: CASE,
  assignments: [assigned()],
  today: TODAY,
  ...some,
})
const morgan = (role: Role = 'officer') => ({ userId: MORGAN, role })

describe('what each role may do in a case that it is assigned to', () => {
  const table: readonly (readonly [CaseAction, string])[] = [
    ['read', 'officer senior administrator'],
    ['case.patch', 'officer senior administrator'],
    ['identifier.create', 'officer senior administrator'],
    ['identifier.patch', 'officer senior administrator'],
    ['alias.create', 'officer senior administrator'],
    ['alias.patch', 'officer senior administrator'],
    ['address.create', 'officer senior administrator'],
    ['address.patch', 'officer senior administrator'],
    ['contact_detail.create', 'officer senior administrator'],
    ['contact_detail.patch', 'officer senior administrator'],
    ['adjustment.create', 'officer senior administrator'],
    ['adjustment.patch', 'officer senior administrator'],
    ['appointment.create', 'officer senior administrator'],
    ['appointment.patch', 'officer senior administrator'],
    ['contact.create', 'officer senior administrator'],
    ['contact.amend', 'officer senior administrator'],
    ['contact.strike', 'officer senior'],
    ['document.create', 'officer senior administrator'],
    ['register.create', 'officer senior'],
    ['register.patch', 'officer senior'],
    ['event.create', 'senior'],
    ['event.patch', 'officer senior'],
    ['requirement.create', 'officer senior'],
    ['requirement.patch', 'officer senior'],
  ]

  it.each(table)('%s: %s', (action, roles) => {
    expect(ROLES.filter(role => mayAct(morgan(role), action, facts())).join(' ')).toBe(roles)
  })

  it('is nothing else: nobody makes a case, an assignment or a template there, or patches what is written once', () => {
    const listed = new Set(table.map(([action]) => action))
    const others = WRITES.filter(action => !listed.has(action))

    expect(others).toEqual(
      expect.arrayContaining(['case.create', 'assignment.create', 'assignment.patch', 'template.create']),
    )
    expect(others.filter(action => ROLES.some(role => mayAct(morgan(role), action, facts())))).toEqual([])
  })
})

describe('an assignment', () => {
  it.each<[string, readonly Given[], boolean]>([
    ['that begins today counts', [assigned({ startOn: '2026-03-02' })], true],
    ['that begins tomorrow does not yet', [assigned({ startOn: '2026-03-03' })], false],
    ['that ends today counts', [assigned({ endOn: '2026-03-02' })], true],
    ['that ended yesterday does not', [assigned({ endOn: '2026-03-01' })], false],
    ['of today alone counts', [assigned({ startOn: '2026-03-02', endOn: '2026-03-02' })], true],
    ['that ends before it begins does not', [assigned({ startOn: '2026-03-03', endOn: '2026-03-01' })], false],
    ['of somebody else does not', [assigned({ userId: DEV })], false],
    ['of a name that begins alike does not', [assigned({ userId: 'morgan.ashby2' })], false],
    ['that ended does not spoil one that runs', [assigned({ endOn: '2026-02-01' }), assigned()], true],
    [
      'of two, one over and one to come, does not',
      [assigned({ endOn: '2026-03-01' }), assigned({ startOn: '2026-03-03' })],
      false,
    ],
    ['of two people does not lend its dates', [assigned({ endOn: '2026-03-01' }), assigned({ userId: DEV })], false],
    ['is needed', [], false],
  ])('%s', (_, assignments, counts) => {
    for (const role of ROLES) {
      expect(mayAct(morgan(role), 'read', facts({ assignments }))).toBe(counts)
      expect(mayAct(morgan(role), 'contact.create', facts({ assignments }))).toBe(counts)
    }
  })
})

describe('shared reference data', () => {
  const shared = facts({ caseId: 'ref:templates', assignments: [] })

  it('is read by everybody', () => {
    expect(ROLES.filter(role => mayAct(morgan(role), 'read', shared))).toEqual(ROLES)
  })

  it('has its templates written by seniors, and nothing else by anybody', () => {
    const allowed = ROLES.flatMap(role =>
      WRITES.filter(action => mayAct(morgan(role), action, shared)).map(action => `${role} ${action}`),
    )

    expect(allowed).toEqual(['senior template.create', 'senior template.patch'])
  })

  it('is not opened further by an assignment', () => {
    const withAssignment = facts({ caseId: 'ref:templates' })

    expect(mayAct(morgan(), 'template.create', withAssignment)).toBe(false)
    expect(mayAct(morgan('senior'), 'contact.create', withAssignment)).toBe(false)
  })
})

describe('one’s own settings', () => {
  it.each(ROLES)('are read, with templates of one’s own, as %s', role => {
    const own = facts({ caseId: `me:${MORGAN}`, assignments: [] })

    expect(mayAct(morgan(role), 'read', own)).toBe(true)
    expect(WRITES.filter(action => mayAct(morgan(role), action, own))).toEqual(['template.create', 'template.patch'])
  })

  it.each([
    ['of somebody else', `me:${DEV}`],
    ['of a name that begins alike', `me:${MORGAN}2`],
    ['of a name that one’s own begins with', 'me:morgan'],
    ['of nobody', 'me:'],
  ])('%s are closed, even to a senior with an assignment', (_, caseId) => {
    const actions: readonly CaseAction[] = ['read', ...WRITES]

    expect(actions.filter(action => mayAct(morgan('senior'), action, facts({ caseId })))).toEqual([])
  })
})

describe('whoever may write', () => {
  const day = fc.constantFrom('2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04')
  const assignment = fc.record({
    userId: fc.constantFrom(MORGAN, DEV),
    startOn: day,
    endOn: fc.option(day),
  })
  const someFacts = fc.record({
    caseId: fc.constantFrom(CASE, 'ref:templates', `me:${MORGAN}`, `me:${DEV}`),
    assignments: fc.array(assignment, { maxLength: 4 }),
    today: day,
  })

  it('may read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROLES), fc.constantFrom(...WRITES), someFacts, (role, action, given) => {
        fc.pre(mayAct(morgan(role), action, given))
        expect(mayAct(morgan(role), 'read', given)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('may do so whatever order the assignments come in and whoever else has one', () => {
    fc.assert(
      fc.property(fc.constantFrom<CaseAction>('read', 'contact.create'), someFacts, (action, given) => {
        const without = given.assignments.filter(one => one.userId === MORGAN).toReversed()
        expect(mayAct(morgan(), action, { ...given, assignments: without })).toBe(mayAct(morgan(), action, given))
      }),
    )
  })
})
