import { describe, expect, it } from 'vitest'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import type { FieldPatch, Operation, Role } from '../../../shared/sync/protocol.ts'
import type { AnyFields, Entity } from '../../../shared/sync/recordTypes.ts'
import {
  aConflict,
  aContact,
  anAddress,
  anId,
  anIdentifier,
  aPerson,
  aTemplate,
} from '../../../tests/support/builders.ts'
import { assignedTo, makeOperations } from '../../../tests/support/centre/builders.ts'
import { decide, numbered, wireAnswer } from './decide.ts'
import { keyOf, type PushState, type Result, type Row } from './pushState.ts'
import { pairOf } from './scope.ts'

const CASE = anId()
const OTHER_CASE = anId()
const LAST = 100

interface Given {
  readonly role?: Role
  readonly rows?: readonly Row[]
  readonly assignments?: readonly Assignment[]
  readonly results?: ReadonlyMap<string, Result>
  /** Taken away from whoever pushes. */
  readonly isFormer?: boolean
}

/** Somebody assigned to the case, before these rows and results. */
function aState({
  role = 'officer',
  rows = [],
  assignments,
  results = new Map(),
  isFormer = false,
}: Given = {}): PushState {
  return {
    actor: { userId: 'morgan.ashby', userName: 'Morgan Ashby', role },
    today: '2026-03-02',
    assignments: new Map([[CASE, assignments ?? [assignedTo('morgan.ashby')]]]),
    rows: new Map(rows.map(row => [keyOf(row), row])),
    results,
    history: new Map(),
    unstorable: new Set(),
    former: new Set(isFormer ? [pairOf({ userId: 'morgan.ashby', caseId: CASE })] : []),
  }
}

/** A row that was written whole by change 10. */
function aRow(entity: Entity, fields: object, given: Partial<Row> = {}): Row {
  const flat = fields as AnyFields // records have no nested fields
  const fieldRev = Object.fromEntries(Object.keys(flat).map(field => [field, 10]))
  return { entity, caseId: CASE, id: anId(), version: 10, deleted: false, fields: flat, fieldRev, ...given }
}

const anAddressRow = (given: Partial<Row> = {}) => aRow('address', anAddress(), given)

/** Decides with the counter at 100, and answers as they travel. */
function answersTo(operations: readonly Operation[], state: PushState) {
  const decision = numbered(decide(operations, state), LAST)
  return { answers: decision.answers.map(wireAnswer), decision }
}

const make = makeOperations({ newId: anId })
/** The conflict of a field and its proposal, as they are kept. */
const keptFor = (field: string) => [{ entity: 'conflict', fields: { field, state: 'open' } }, { entity: 'proposal' }]
const rejection = (code: string, field: string | null) => ({ status: 'rejected', code, field })

describe('an operation that is refused', () => {
  const address = anAddressRow()
  const [crn, pnc] = [aRow('identifier', anIdentifier()), aRow('identifier', anIdentifier({ kind: 'pnc' }))]
  const person = aRow('case', aPerson(), { id: CASE })
  it.each<[string, Operation, PushState, object]>([
    [
      'of a type of record that nobody knows',
      make.create('magic.create@1', CASE, {}),
      aState(),
      rejection('unknown-type', 'type'),
    ],
    [
      'of another version',
      make.create('contact.create@2', CASE, aContact()),
      aState(),
      rejection('unknown-type', 'type'),
    ],
    [
      'that amends what is not written once',
      make.create('address.amend@1', CASE, anAddress()),
      aState(),
      rejection('unknown-type', 'type'),
    ],
    [
      'that patches what is written once',
      make.patch('contact.patch@1', address, [{ field: 'note', baseRev: 0, value: '' }]),
      aState(),
      rejection('unknown-type', 'type'),
    ],
    [
      'on a conflict',
      make.create('conflict.create@1', CASE, aConflict()),
      aState(),
      rejection('written-by-centre-only', 'type'),
    ],
    [
      'on an assignment',
      make.create('assignment.create@1', CASE, assignedTo('morgan.ashby')),
      aState(),
      rejection('written-by-centre-only', 'type'),
    ],
    [
      'that merges a case into another',
      make.patch('case.patch@1', person, [
        { field: 'language', baseRev: 10, value: 'cy' },
        { field: 'mergedInto', baseRev: 10, value: OTHER_CASE },
      ]),
      aState({ role: 'administrator', rows: [person] }),
      rejection('written-by-centre-only', 'mergedInto'),
    ],
    [
      'that changes a CRN',
      make.patch('identifier.patch@1', crn, [{ field: 'value', baseRev: 10, value: 'Z999999' }]),
      aState({ rows: [crn] }),
      rejection('written-by-centre-only', 'value'),
    ],
    [
      'that makes another number of a CRN',
      make.patch('identifier.patch@1', crn, [{ field: 'kind', baseRev: 10, value: 'pnc' }]),
      aState({ rows: [crn] }),
      rejection('written-by-centre-only', 'kind'),
    ],
    [
      'that makes a CRN of another number',
      make.patch('identifier.patch@1', pnc, [{ field: 'kind', baseRev: 10, value: 'crn' }]),
      aState({ rows: [pnc] }),
      rejection('written-by-centre-only', 'kind'),
    ],
    [
      'that gives a CRN',
      make.create('identifier.create@1', CASE, anIdentifier()),
      aState(),
      rejection('written-by-centre-only', 'kind'),
    ],
    [
      'that records in the name of somebody else',
      make.create('contact.create@1', CASE, aContact({ recordedById: 'priya.hartwell' })),
      aState(),
      rejection('not-permitted', 'recordedById'),
    ],
    [
      'on a case of somebody else',
      make.create('contact.create@1', OTHER_CASE, aContact()),
      aState(),
      rejection('case-not-found', 'caseId'),
    ],
    [
      'after the assignment ended',
      make.create('contact.create@1', CASE, aContact()),
      aState({ assignments: [assignedTo('morgan.ashby', { endOn: '2026-03-01' })] }),
      rejection('case-not-found', 'caseId'),
    ],
    [
      'in the settings of somebody else',
      make.create('template.create@1', 'me:dev.larkhill', aTemplate()),
      aState(),
      rejection('case-not-found', 'caseId'),
    ],
    [
      'that this role may not do',
      make.create('contact.strike@1', CASE, aContact({ strikes: anId(), reason: 'Wrong person' })),
      aState({ role: 'administrator' }),
      rejection('not-permitted', 'type'),
    ],
    [
      'that makes shared templates as an officer',
      make.create('template.create@1', 'ref:templates', aTemplate()),
      aState(),
      rejection('not-permitted', 'type'),
    ],
    [
      'with a value that the field may not hold',
      make.create('contact.create@1', CASE, aContact({ durationMinutes: 601 })),
      aState(),
      rejection('invalid-fields', 'durationMinutes'),
    ],
    [
      'with a field that the record does not have',
      make.create('contact.create@1', CASE, { ...aContact(), mood: 'good' }),
      aState(),
      rejection('invalid-fields', 'mood'),
    ],
    [
      'without a field that the record has',
      make.create('contact.create@1', CASE, { kind: 'COAP' }),
      aState(),
      rejection('invalid-fields', 'startedAt'),
    ],
    [
      'that ends before it starts',
      make.create('address.create@1', CASE, anAddress({ startOn: '2026-03-02', endOn: '2026-03-01' })),
      aState(),
      rejection('invalid-fields', 'endOn'),
    ],
    [
      'that creates what is there',
      make.create('address.create@1', CASE, anAddress(), { id: address.id }),
      aState({ rows: [address] }),
      rejection('row-exists', 'id'),
    ],
    [
      'that patches what is not there',
      make.patch('address.patch@1', address, [{ field: 'town', baseRev: 10, value: 'Leeds' }]),
      aState(),
      rejection('row-not-found', 'id'),
    ],
    [
      'that patches what was deleted',
      make.patch('address.patch@1', address, [{ field: 'town', baseRev: 10, value: 'Leeds' }]),
      aState({ rows: [{ ...address, deleted: true }] }),
      rejection('row-not-found', 'id'),
    ],
    [
      'that patches a field that the record does not have',
      make.patch('address.patch@1', address, [{ field: 'planet', baseRev: 0, value: 'Mars' }]),
      aState({ rows: [address] }),
      rejection('invalid-fields', 'planet'),
    ],
    [
      'that patches a field with what it may not hold',
      make.patch('address.patch@1', address, [{ field: 'status', baseRev: 10, value: 'moon' }]),
      aState({ rows: [address] }),
      rejection('invalid-fields', 'status'),
    ],
    [
      'that patches with the body of a create',
      { ...make.create('address.patch@1', CASE, anAddress()), id: address.id },
      aState({ rows: [address] }),
      rejection('invalid-fields', 'body'),
    ],
    [
      'that creates with the body of a patch',
      make.patch('address.create@1', address, [{ field: 'town', baseRev: 0, value: 'Leeds' }]),
      aState(),
      rejection('invalid-fields', 'body'),
    ],
  ])('%s', (_, operation, state, refused) => {
    const { answers, decision } = answersTo([operation], state)

    expect(answers).toEqual([{ opId: operation.opId, ...refused }])
    expect(decision.changes).toEqual([])
    expect(decision.rows).toEqual([])
  })
})

describe('a field that is patched', () => {
  it.each<[string, FieldPatch, string]>([
    ['is set when nobody changed it since', { field: 'town', value: 'Leeds', baseRev: 20, baseOp: null }, 'applied'],
    [
      'stays and waits for a person when somebody did, and it is guarded',
      { field: 'town', value: 'Leeds', baseRev: 10, baseOp: null },
      'conflict',
    ],
    [
      'is set when somebody did, and it is free',
      { field: 'checkedOn', value: '2026-03-01', baseRev: 10, baseOp: null },
      'applied',
    ],
    ['needs nothing when both wrote the same', { field: 'town', value: 'York', baseRev: 10, baseOp: null }, 'merged'],
  ])('%s', (_, entry, status) => {
    const fields: AnyFields = { ...anAddress({ town: 'York', checkedOn: '2026-02-01' }) }
    const row = aRow('address', fields, { version: 20, fieldRev: { town: 20, checkedOn: 20 } })

    const { answers, decision } = answersTo([make.patch('address.patch@1', row, [entry])], aState({ rows: [row] }))

    const patch = { [entry.field]: entry.value }
    const isSet = status === 'applied'
    const after = { version: isSet ? 101 : 20, fields: isSet ? { ...fields, ...patch } : fields }
    const kept =
      status === 'conflict' ? [{ entity: 'conflict' }, { entity: 'proposal', fields: { value: 'Leeds' } }] : []
    expect(answers).toMatchObject([{ status, rows: [after, ...kept] }])
    expect(decision.changes).toMatchObject(
      isSet
        ? [{ seq: 101, patch }]
        : kept.map((rowKey, place) => ({ seq: 101 + place, rowKey: { entity: rowKey.entity } })),
    )
  })

  it('keeps the others of its operation apart: those without a conflict are set', () => {
    const row = { ...anAddressRow(), fieldRev: { town: 20, postcode: 10 } }
    const patch = make.patch('address.patch@1', row, [
      { field: 'town', baseRev: 10, value: 'Leeds' },
      { field: 'postcode', baseRev: 10, value: 'LS1 1AA' },
    ])

    const { answers, decision } = answersTo([patch], aState({ rows: [row] }))

    expect(answers).toMatchObject([
      {
        status: 'conflict',
        fields: ['town'],
        rows: [{ fields: { town: 'Northfold', postcode: 'LS1 1AA' } }, ...keptFor('town')],
      },
    ])
    expect(decision.rows[0]?.fieldRev).toEqual({ town: 20, postcode: 101 })
    expect(decision.changes[0]?.patch).toEqual({ postcode: 'LS1 1AA' })
  })

  it('is stored in the form that its schema gives it', () => {
    const row = anAddressRow()
    const patch = make.patch('address.patch@1', row, [{ field: 'town', baseRev: 10, value: '  Leeds ' }])

    expect(answersTo([patch], aState({ rows: [row] })).answers).toMatchObject([
      { rows: [{ fields: { town: 'Leeds' } }] },
    ])
  })

  it('that the centre has never seen is based on 0', () => {
    const { town: _town, ...older } = anAddress()
    const row = aRow('address', older)
    const patch = make.patch('address.patch@1', row, [{ field: 'town', baseRev: 0, value: 'Leeds' }])

    expect(answersTo([patch], aState({ rows: [row] })).answers).toMatchObject([{ status: 'applied' }])
  })
})

describe('dates of which each was right beside what its author saw', () => {
  const row = aRow('address', anAddress({ startOn: '2026-01-05', endOn: '2026-02-01', checkedOn: null }))
  const patch = (...entries: readonly (readonly [field: string, value: string | null])[]) =>
    make.patch(
      'address.patch@1',
      row,
      entries.map(([field, value]) => ({ field, baseRev: 10, value })),
    )

  it('but together would end a record before its start wait for a person; the rest of the patch is set', () => {
    const { answers, decision } = answersTo(
      [patch(['startOn', '2026-02-02'], ['checkedOn', '2026-03-01'])],
      aState({ rows: [row] }),
    )

    expect(answers).toMatchObject([
      {
        status: 'conflict',
        fields: ['startOn'],
        rows: [{ fields: { startOn: '2026-01-05', checkedOn: '2026-03-01' } }, ...keptFor('startOn')],
      },
    ])
    expect(decision.changes[0]).toMatchObject({ patch: { checkedOn: '2026-03-01' } })
  })

  it('and that are in order together are set', () => {
    const { answers } = answersTo(
      [patch(['startOn', '2026-02-02'], ['endOn', null]), patch(['endOn', '2026-01-01'])],
      aState({ rows: [{ ...row, fields: { ...row.fields, startOn: null } }] }),
    )

    expect(answers).toMatchObject([{ status: 'applied' }, { status: 'conflict', fields: ['endOn'] }])
  })

  it('do not hold up another field of a record whose dates were wrong before', () => {
    const wrong = { ...row, fields: { ...row.fields, endOn: '2025-12-01' } }

    expect(answersTo([patch(['town', 'Leeds'])], aState({ rows: [wrong] })).answers).toMatchObject([
      { status: 'applied' },
    ])
  })
})

describe('a patch that builds on an own one that was still unsent', () => {
  const row = anAddressRow()
  const town = (value: string, baseOp: string | null, baseRev = 10) =>
    make.patch('address.patch@1', row, [{ field: 'town', baseRev, baseOp, value }])

  it('is set, in the same batch', () => {
    const first = town('Leeds', null)

    const { answers } = answersTo([first, town('York', first.opId)], aState({ rows: [row] }))

    expect(answers).toMatchObject([
      { status: 'applied', rows: [{ version: 101, fields: { town: 'Leeds' } }] },
      { status: 'applied', rows: [{ version: 102, fields: { town: 'York' } }] },
    ])
  })

  it('is set, in a later batch', () => {
    const first = town('Leeds', null)
    const { decision } = answersTo([first], aState({ rows: [row] }))
    const results = new Map(decision.results.map(result => [result.operation.opId, result]))

    const { answers } = answersTo([town('York', first.opId)], aState({ rows: decision.rows, results }))

    expect(answers).toMatchObject([{ status: 'applied' }])
  })

  it('is set after one that found the same value there already', () => {
    const changed = { ...row, fields: { ...row.fields, town: 'Leeds' }, fieldRev: { ...row.fieldRev, town: 30 } }
    const first = town('Leeds', null)

    const { answers } = answersTo([first, town('York', first.opId)], aState({ rows: [changed] }))

    expect(answers).toMatchObject([{ status: 'merged' }, { status: 'applied' }])
  })

  it('is a conflict like the one it builds on', () => {
    const changed = { ...row, fields: { ...row.fields, town: 'Hull' }, fieldRev: { ...row.fieldRev, town: 30 } }
    const first = town('Leeds', null)

    const { answers } = answersTo([first, town('York', first.opId)], aState({ rows: [changed] }))

    expect(answers).toMatchObject([
      { status: 'conflict', rows: [{ fields: { town: 'Hull' } }, ...keptFor('town')] },
      {
        status: 'conflict',
        rows: [{ fields: { town: 'Hull' } }, { fields: { field: 'town', proposals: 2 } }, { entity: 'proposal' }],
      },
    ])
  })

  it('is a conflict when somebody else came in between', () => {
    const first = town('Leeds', null)
    const { decision } = answersTo([first], aState({ rows: [row] }))
    const results = new Map(decision.results.map(result => [result.operation.opId, result]))
    const since = decision.rows.map(one => ({
      ...one,
      fields: { ...one.fields, town: 'Hull' },
      fieldRev: { town: 150 },
    }))

    const { answers } = answersTo([town('York', first.opId)], aState({ rows: since, results }))

    expect(answers).toMatchObject([{ status: 'conflict', fields: ['town'] }])
  })

  it('goes by the revision it saw when the one it names never came', () => {
    expect(answersTo([town('York', anId())], aState({ rows: [row] })).answers).toMatchObject([{ status: 'applied' }])
  })

  it('is set on a record made in the same batch', () => {
    const created = make.create('address.create@1', CASE, anAddress())
    const patched = make.patch('address.patch@1', created, [
      { field: 'town', baseRev: 0, baseOp: created.opId, value: 'York' },
    ])

    const { answers, decision } = answersTo([created, patched], aState())

    expect(answers).toMatchObject([{ status: 'as-sent' }, { status: 'applied', rows: [{ version: 102 }] }])
    expect(decision.rows).toMatchObject([{ version: 102, fieldRev: { town: 102, lines: 101 } }])
  })
})

describe('a contact', () => {
  it('bears the name that the centre knows its author by', () => {
    const contact = make.create('contact.create@1', CASE, aContact({ recordedByName: 'Priya Hartwell' }))

    const { answers, decision } = answersTo([contact], aState())

    expect(answers).toMatchObject([{ rows: [{ fields: { recordedByName: 'Morgan Ashby' } }] }])
    expect(decision.changes).toMatchObject([{ patch: { recordedByName: 'Morgan Ashby' } }])
  })
})

describe('a number that the centre does not give', () => {
  it('is made and changed like any other detail', () => {
    const made = make.create('identifier.create@1', CASE, anIdentifier({ kind: 'pnc', value: '2020/0012345X' }))
    const changed = make.patch('identifier.patch@1', made, [
      { field: 'kind', baseRev: 0, baseOp: made.opId, value: 'noms' },
    ])

    expect(answersTo([made, changed], aState()).answers).toMatchObject([{ status: 'as-sent' }, { status: 'applied' }])
  })
})

describe('a correction of a contact', () => {
  const requirementId = anId()
  const first = aRow('contact', aContact({ requirementId, credits: 3 }))
  const amendment = aRow('contact', aContact({ amends: first.id, reason: 'Typing error' }))
  type Correction = [what: string, verb: string, fields: object, answer: object]
  it.each<Correction>([
    ['amends with a reason', 'amend', { amends: first.id, reason: 'Typing error' }, { status: 'as-sent' }],
    [
      'strikes with a reason',
      'strike',
      { strikes: first.id, reason: 'Wrong person', requirementId, credits: 3 },
      { status: 'as-sent' },
    ],
    ...(['amend', 'strike'] as const).flatMap(verb =>
      [{ kind: 'CHVS' }, { startedAt: aContact().startedAt + 1 }].map((moved): Correction => {
        const field = Object.keys(moved)[0] ?? ''
        const fields = verb === 'amend' ? { amends: first.id } : { strikes: first.id, requirementId, credits: 3 }
        return [
          `does not ${verb} ${field}`,
          verb,
          { ...fields, reason: 'Wrong', ...moved },
          rejection('invalid-fields', field),
        ]
      }),
    ),
    [
      'counts nothing when it amends',
      'amend',
      { amends: first.id, reason: 'More hours', requirementId, credits: 50 },
      rejection('invalid-fields', 'credits'),
    ],
    [
      'takes off no more than its first record counted',
      'strike',
      { strikes: first.id, reason: 'Wrong', requirementId, credits: 4 },
      rejection('invalid-fields', 'credits'),
    ],
    [
      'takes off where its first record counted',
      'strike',
      { strikes: first.id, reason: 'Wrong', requirementId: anId(), credits: 3 },
      rejection('invalid-fields', 'requirementId'),
    ],
    ['says why', 'amend', { amends: first.id, reason: null }, rejection('invalid-fields', 'reason')],
    ['says what it strikes', 'strike', { reason: 'Wrong person' }, rejection('invalid-fields', 'strikes')],
    [
      'does not amend and strike at once',
      'amend',
      { amends: first.id, strikes: first.id, reason: 'Both' },
      rejection('invalid-fields', 'strikes'),
    ],
    [
      'names a contact of this case',
      'amend',
      { amends: anId(), reason: 'Typing error' },
      rejection('row-not-found', 'amends'),
    ],
    [
      'names a first record, for corrections of corrections are not shown',
      'strike',
      { strikes: amendment.id, reason: 'Wrong' },
      rejection('invalid-fields', 'strikes'),
    ],
    ['is no first record', 'create', { amends: first.id }, rejection('invalid-fields', 'amends')],
    ['alone has a reason', 'create', { reason: 'Because' }, rejection('invalid-fields', 'reason')],
  ])('%s', (_, verb, fields, answer) => {
    const operation = make.create(`contact.${verb}@1`, CASE, { ...aContact(), ...fields })

    expect(answersTo([operation], aState({ rows: [first, amendment] })).answers).toMatchObject([answer])
  })

  it('may name a contact of the same batch, and leaves its row as it is', () => {
    const created = make.create('contact.create@1', CASE, aContact())
    const amended = make.create('contact.amend@1', CASE, aContact({ amends: created.id, reason: 'Typing error' }))

    const { answers, decision } = answersTo([created, amended], aState())

    expect(answers).toMatchObject([{ status: 'as-sent' }, { status: 'as-sent' }])
    expect(decision.rows).toMatchObject([
      { id: created.id, version: 101 },
      { id: amended.id, version: 102 },
    ])
  })
})

describe('a record that was made', () => {
  const address = make.create('address.create@1', CASE, anAddress())

  it('is answered with its number alone where it stands as it was sent', () => {
    const { answers, decision } = answersTo([address], aState())

    expect(answers).toEqual([{ opId: address.opId, status: 'as-sent', version: 101 }])
    const results = new Map(decision.results.map(result => [result.operation.opId, result]))
    expect(answersTo([address], aState({ rows: decision.rows, results })).answers).toEqual(answers)
  })

  it('comes back whole where the centre knows its author by another name, or somebody changed it since', () => {
    const contact = make.create('contact.create@1', CASE, aContact({ recordedByName: 'M Ashby' }))
    expect(answersTo([contact], aState()).answers).toMatchObject([
      { status: 'applied', rows: [{ fields: { recordedByName: 'Morgan Ashby' } }] },
    ])

    const { decision } = answersTo([address], aState())
    const results = new Map(decision.results.map(result => [result.operation.opId, result]))
    const rows = decision.rows.map(row => ({ ...row, version: 130, fieldRev: { ...row.fieldRev, town: 130 } }))
    expect(answersTo([address], aState({ rows, results })).answers).toMatchObject([{ status: 'applied', rows }])
  })

  it('comes back as deleted where it was deleted before its author heard the answer', () => {
    const contact = make.create('contact.create@1', CASE, aContact())
    const { decision } = answersTo([contact], aState())
    const results = new Map(decision.results.map(result => [result.operation.opId, result]))
    const rows = decision.rows.map(row => ({ ...row, version: 130, deleted: true }))

    expect(answersTo([contact], aState({ rows, results })).answers).toMatchObject([{ status: 'applied', rows }])
  })
})

describe('a batch', () => {
  it('is decided in its order, and a refused operation does not undo its siblings', () => {
    const row = anAddressRow()
    const operations = [
      make.patch('address.patch@1', row, [{ field: 'town', baseRev: 10, value: 'Leeds' }]),
      make.patch('address.patch@1', row, [{ field: 'status', baseRev: 10, value: 'moon' }]),
      make.create('contact.create@1', CASE, aContact()),
    ]

    const { answers, decision } = answersTo(operations, aState({ rows: [row] }))

    expect(answers.map(answer => answer.status)).toEqual(['applied', 'rejected', 'as-sent'])
    expect(decision.changes.map(change => change.seq)).toEqual([101, 102])
  })

  it('answers an operation that came before as it was answered then, with the row as it is now', () => {
    const row = anAddressRow()
    const patch = make.patch('address.patch@1', row, [{ field: 'town', baseRev: 10, value: 'Leeds' }])
    const { decision } = answersTo([patch], aState({ rows: [row] }))
    const results = new Map(decision.results.map(result => [result.operation.opId, result]))
    const since = { ...row, version: 120, fields: { ...row.fields, town: 'Hull' } }

    const again = answersTo([patch], aState({ rows: [since], results }))

    expect(again.answers).toMatchObject([{ status: 'applied', rows: [{ version: 120, fields: { town: 'Hull' } }] }])
    expect(again.decision.results).toEqual([])
  })

  it('gives no row with an old answer once the case is out of scope', () => {
    const row = anAddressRow()
    const patch = make.patch('address.patch@1', row, [{ field: 'town', baseRev: 10, value: 'Leeds' }])
    const { decision } = answersTo([patch], aState({ rows: [row] }))
    const results = new Map(decision.results.map(result => [result.operation.opId, result]))

    expect(answersTo([patch], aState({ rows: [row], results, assignments: [] })).answers).toEqual([
      { opId: patch.opId, status: 'applied', rows: [] },
    ])
  })

  it("does not tell anybody about somebody else's operation", () => {
    const row = anAddressRow()
    const patch = make.patch('address.patch@1', row, [{ field: 'town', baseRev: 10, value: 'Leeds' }])
    const { decision } = answersTo([patch], aState({ rows: [row] }))
    const results = new Map(decision.results.map(one => [one.operation.opId, { ...one, userId: 'dev.larkhill' }]))

    const { answers } = answersTo([patch], aState({ rows: [row], results }))

    expect(answers).toEqual([{ opId: patch.opId, ...rejection('not-permitted', 'opId') }])
  })

  it('may change the person and one’s own templates', () => {
    const person = aRow('case', aPerson(), { id: CASE })
    const operations = [
      make.patch('case.patch@1', person, [{ field: 'preferredName', baseRev: 10, value: 'Rob' }]),
      make.create('template.create@1', 'me:morgan.ashby', aTemplate()),
    ]

    const { answers } = answersTo(operations, aState({ rows: [person] }))

    expect(answers).toMatchObject([{ status: 'applied' }, { status: 'as-sent' }])
  })
})

describe('an operation on a case that was taken away before it came', () => {
  const ended = { assignments: [assignedTo('morgan.ashby', { endOn: '2026-03-01' })], isFormer: true }
  const address = anAddressRow()
  const first = aRow('contact', aContact({ note: 'As it was.' }))

  it('is kept where it records what has happened, and marked; its author is shown nothing', () => {
    const contact = make.create('contact.create@1', CASE, aContact({ note: 'Seen on Friday.', cameLate: false }))

    const { answers, decision } = answersTo([contact], aState(ended))

    expect(answers).toEqual([{ opId: contact.opId, status: 'late' }])
    expect(decision.rows).toMatchObject([
      { id: contact.id, version: 101, fields: { note: 'Seen on Friday.', cameLate: true } },
    ])
    expect(decision.changes).toMatchObject([{ seq: 101, patch: { cameLate: true } }])
    expect(decision.lateWork).toEqual([])
  })

  it('is kept too where it corrects a contact', () => {
    const { startedAt, kind } = aContact()
    const fields = aContact({ startedAt, kind, amends: first.id, reason: 'Typing', note: 'As it truly was.' })
    const amendment = make.create('contact.amend@1', CASE, fields)

    const { answers, decision } = answersTo([amendment], aState({ ...ended, rows: [first] }))

    expect(answers).toMatchObject([{ status: 'late' }])
    expect(decision.rows).toMatchObject([{ id: amendment.id, fields: { amends: first.id, cameLate: true } }])
  })

  it('changes no record, also where nobody else did: whoever has the case now decides', () => {
    const patch = make.patch('address.patch@1', address, [{ field: 'town', baseRev: 10, value: 'York' }])

    const { answers, decision } = answersTo([patch], aState({ ...ended, rows: [address] }))

    expect(answers).toEqual([{ opId: patch.opId, status: 'late' }])
    expect(decision.rows).toMatchObject([
      { entity: 'conflict', fields: { rowId: address.id, field: 'town', state: 'open', before: anAddress().town } },
      { entity: 'proposal', fields: { value: 'York', byName: 'Morgan Ashby' } },
    ])
    expect(decision.lateWork).toEqual([])
  })

  it.each<[string, Operation, Partial<Given>]>([
    ['makes a record that changes', make.create('address.create@1', CASE, anAddress()), {}],
    [
      'this role could not do',
      make.create('contact.strike@1', CASE, aContact({ strikes: first.id, reason: 'Wrong' })),
      { role: 'administrator', rows: [first] },
    ],
    ['would be refused', make.create('contact.create@1', CASE, aContact({ recordedById: 'dev.larkhill' })), {}],
    [
      'says what is so already',
      make.patch('address.patch@1', address, [{ field: 'town', baseRev: 10, value: anAddress().town }]),
      { rows: [address] },
    ],
    ['is the centre’s to write', make.create('assignment.create@1', CASE, assignedTo('morgan.ashby')), {}],
    ['has no meaning here', make.create('magic.create@1', CASE, {}), {}],
  ])('makes no record where it %s, and is kept whole', (_what, operation, given) => {
    const { answers, decision } = answersTo([operation], aState({ ...ended, ...given }))

    expect(answers).toEqual([{ opId: operation.opId, status: 'late' }])
    expect(decision).toMatchObject({ rows: [], changes: [], lateWork: [operation] })
  })

  it('is answered the same again, and done once', () => {
    const contact = make.create('contact.create@1', CASE, aContact())

    const { answers, decision } = answersTo([contact, contact], aState(ended))

    expect(answers[1]).toEqual(answers[0])
    expect(decision.changes).toHaveLength(1)
  })

  it('is refused where the database cannot hold it', () => {
    const contact = make.create('contact.create@1', CASE, aContact())

    const { answers } = answersTo([contact], { ...aState(ended), unstorable: new Set([contact.opId]) })

    expect(answers).toMatchObject([{ status: 'rejected', code: 'invalid-fields' }])
  })

  it('is nobody else’s: who never had the case finds none', () => {
    const contact = make.create('contact.create@1', OTHER_CASE, aContact())

    expect(answersTo([contact], aState(ended)).answers).toMatchObject([rejection('case-not-found', 'caseId')])
  })
})
