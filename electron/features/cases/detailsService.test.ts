import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../../db/database.ts'
import { applyItem } from '../../../db/sync/applyPage.ts'
import type { Input } from '../../../shared/ipc/contract.ts'
import {
  aCase,
  aConflict,
  anAddress,
  anAssignment,
  anId,
  anIdentifier,
  aProposal,
  dev,
  morgan,
} from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'
import { confirmRows } from '../../../tests/support/store.ts'
import { aFolderInMemory } from '../../../tests/support/temporary.ts'

type Edit = Input<'cases.editField'>

/** Jacob with one record of each kind, and Dev, who worked with him until yesterday. */
function jacobsDetails(actor = morgan) {
  const ids = { address: anId(), alias: anId(), contact_detail: anId(), adjustment: anId(), pnc: anId() }
  const { caseId, rows } = aCase(() => [
    { entity: 'identifier', id: ids.pnc, fields: anIdentifier({ kind: 'pnc', value: '2020/0012345X' }) },
    { entity: 'address', id: ids.address, fields: anAddress({ startOn: '2025-01-01' }) },
    { entity: 'alias', id: ids.alias, fields: { givenName: 'Jake', familyName: 'Thistle', note: '' } },
    { entity: 'contact_detail', id: ids.contact_detail, fields: { kind: 'mobile', value: '07700 900461', note: '' } },
    { entity: 'adjustment', id: ids.adjustment, fields: { kind: 'dyslexia', what: 'Plain letters', endOn: null } },
    {
      entity: 'assignment',
      id: anId(),
      fields: anAssignment({ userId: dev.userId, userName: dev.userName, part: 'cover', endOn: '2026-03-01' }),
    },
    {
      entity: 'assignment',
      id: anId(),
      fields: anAssignment({
        userId: 'priya.hartwell',
        userName: 'Priya Hartwell',
        part: 'senior',
        endOn: '2026-03-02',
      }),
    },
    {
      entity: 'assignment',
      id: anId(),
      fields: anAssignment({ userId: 'tess.underhay', userName: 'Tess Underhay', part: 'administrator' }),
    },
  ])
  const crn = rows.find(row => row.entity === 'identifier')?.id ?? ''
  const engine = anEngine({ rows, enrolment: { actor }, folder: aFolderInMemory() })
  const edit = (changes: Partial<Edit>) =>
    engine.call('cases.editField', {
      actionId: anId(),
      opId: anId(),
      caseId,
      entity: 'case',
      id: caseId,
      field: 'preferredName',
      value: 'Jake',
      baseRev: 1,
      ...changes,
    })
  const field = (id: string, name: string) =>
    engine
      .value('cases.details', { caseId })
      .groups.find(one => one.id === id)
      ?.fields.find(one => one.field === name)
  const queued = () => engine.db.$client.prepare('SELECT count(*) FROM outbox').pluck().get()
  const reads = () =>
    engine.db.$client.prepare(`SELECT user_id FROM audit WHERE action = 'case.read' ORDER BY n`).pluck().all()
  return { ...engine, caseId, ids: { ...ids, crn }, edit, field, queued, reads }
}

const administrator = { ...morgan, userId: 'tess.underhay', userName: 'Tess Underhay', role: 'administrator' } as const

describe('the details', () => {
  it('show who the person is, how to reach them and how they are known, group by group', () => {
    const { value, caseId, ids } = jacobsDetails()

    const { groups, assigned, mayEdit } = value('cases.details', { caseId })

    expect(groups.map(one => one.entity)).toEqual([
      'case',
      'contact_detail',
      'address',
      'adjustment',
      'alias',
      'identifier',
    ])
    // The CRN stands at the top of the case, and nobody here may change it.
    expect(groups.find(one => one.entity === 'identifier')?.id).toBe(ids.pnc)
    expect(groups.find(one => one.id === ids.alias)?.fields.map(one => [one.field, one.value])).toEqual([
      ['givenName', 'Jake'],
      ['familyName', 'Thistle'],
      ['note', ''],
    ])
    expect(assigned).toEqual(['Morgan Ashby, responsible', 'Priya Hartwell, senior', 'Tess Underhay, administrator'])
    expect(mayEdit).toBe(true)
  })

  it('carry the revision of each field, and whether two versions of it are settled by a person', () => {
    const { field, caseId, ids } = jacobsDetails()

    expect(field(ids.address, 'town')).toMatchObject({
      baseRev: 5,
      isGuarded: true,
      state: 'confirmed',
      conflictId: null,
    })
    expect(field(ids.address, 'checkedOn')).toMatchObject({ baseRev: 5, isGuarded: false, value: null })
    expect(field(caseId, 'preferredName')).toMatchObject({ baseRev: 1, isGuarded: false })
  })

  it('say which field has two versions, until it is settled here or elsewhere', () => {
    const { call, field, ids, db, caseId } = jacobsDetails()
    const conflict = { entity: 'conflict', caseId, id: anId(), fields: aConflict({ rowId: ids.address }) } as const
    confirmRows(db, [conflict, { entity: 'proposal', caseId, id: anId(), fields: aProposal(conflict.id) }], 900)

    expect(field(ids.address, 'town')).toMatchObject({ state: 'needs-you', conflictId: conflict.id })
    expect(field(ids.address, 'lines')).toMatchObject({ state: 'needs-you', conflictId: null })

    const chosen = { value: 'Leeds', seen: { baseRev: 5, proposals: 1 }, reason: 'She said so' }
    call('conflicts.settle', { actionId: anId(), opId: anId(), caseId, conflictId: conflict.id, ...chosen })
    expect(field(ids.address, 'town')).toMatchObject({ state: 'saved', value: 'Leeds', conflictId: null })
  })

  it('are a reading of the case: one entry, and none where it is refused', () => {
    const { value, caseId, reads, engine } = jacobsDetails()

    value('cases.details', { caseId })
    value('cases.details', { caseId })
    expect(reads()).toEqual([morgan.userId])

    expect(engine.call(dev, 'cases.details', { caseId })).toEqual({ ok: false, error: { code: 'not-found' } })
    expect(reads()).toEqual([morgan.userId])
  })

  it('of a case that is not here are not found', () => {
    const { call } = jacobsDetails()

    expect(call('cases.details', { caseId: anId() })).toEqual({ ok: false, error: { code: 'not-found' } })
  })
})

describe('editing a detail', () => {
  it.each<[string, Partial<Edit>, string]>([
    ['that is not a field', { field: 'shoeSize' }, 'case.shoeSize'],
    ['of another kind of record', { field: 'town' }, 'case.town'],
    ['that only a merge of two cases sets', { field: 'mergedInto', value: anId() }, 'case.mergedInto'],
    ['by the name of something else', { field: 'constructor' }, 'case.constructor'],
    ['by a name that every object has', { field: 'toString' }, 'case.toString'],
    ['by the name of what is behind every object', { field: '__proto__' }, 'case.__proto__'],
  ])('is not permitted %s, and queues nothing', (_which, changes, action) => {
    const { edit, queued } = jacobsDetails()

    expect(edit(changes)).toEqual({ ok: false, error: { code: 'not-permitted', action } })
    expect(queued()).toBe(0)
  })

  it.each<[string, 'crn' | 'pnc', Partial<Edit>]>([
    ['the CRN', 'crn', { field: 'value', value: 'Z999999' }],
    ['its kind', 'crn', { field: 'kind', value: 'noms' }],
    ['the kind of another number to CRN', 'pnc', { field: 'kind', value: 'crn' }],
  ])('is not permitted of %s, which the centre gives', (_what, which, changes) => {
    const { edit, ids, queued } = jacobsDetails()

    expect(edit({ entity: 'identifier', id: ids[which], ...changes })).toEqual({
      ok: false,
      error: { code: 'not-permitted', action: `identifier.${changes.field}` },
    })
    expect(edit({ entity: 'identifier', id: ids.pnc, field: 'value', value: '2021/0012345X' }).ok).toBe(true)
    expect(queued()).toBe(1)
  })

  it.each<[string, Partial<Edit>]>([
    ['a line break in a line', { value: 'Ja\nke' }],
    ['a mark that turns the direction of writing', { value: 'Ja\u202eke' }],
    ['nothing where there must be something', { value: null }],
  ])('refuses %s', (_what, changes) => {
    const { edit, queued } = jacobsDetails()

    expect(edit(changes)).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    expect(queued()).toBe(0)
  })

  it.each([
    ['endOn', '2024-12-31', false],
    ['endOn', '2025-01-01', true],
    ['startOn', '2025-01-02', true],
  ] as const)('of an address that starts on 1 January 2025 takes %s %s: %s', (field, value, isTaken) => {
    const { edit, ids, queued } = jacobsDetails()

    const edited = edit({ entity: 'address', id: ids.address, field, value })

    const refused = { ok: false, error: { code: 'invalid-input', fields: { [field]: 'ends-before-start' } } }
    expect(edited).toMatchObject(isTaken ? { ok: true } : refused)
    expect(queued()).toBe(isTaken ? 1 : 0)
  })

  it('stores text as it is compared: without spaces at its ends, in one form of its accents', () => {
    const { edit, field, caseId } = jacobsDetails()

    edit({ value: '  Jose\u0301 ' })

    expect(field(caseId, 'preferredName')).toMatchObject({ value: 'Jos\u00e9', state: 'saved' })
  })

  it('takes an emptied date as one that is not known', () => {
    const { edit, field, ids } = jacobsDetails()

    edit({ entity: 'address', id: ids.address, field: 'startOn', value: '' })

    expect(field(ids.address, 'startOn')).toMatchObject({ value: null, state: 'saved' })
  })

  it('is not found where the record is not here, or is of another case', () => {
    const { edit, ids, queued } = jacobsDetails()

    for (const changes of [
      { id: anId() },
      { entity: 'alias', id: anId(), field: 'note' },
      { entity: 'alias', id: ids.address, field: 'note' },
    ] as const)
      expect([changes, edit(changes)]).toEqual([changes, { ok: false, error: { code: 'not-found' } }])
    expect(queued()).toBe(0)
  })

  it('is not found for an officer who does not work on the case, and for a case that was taken away', () => {
    const { edit, engine, caseId, db, queued } = jacobsDetails()
    const theirs = { actionId: anId(), opId: anId(), caseId, entity: 'case', id: caseId, field: 'preferredName' }
    expect(engine.call(dev, 'cases.editField', { ...theirs, value: 'J', baseRev: 1 })).toEqual({
      ok: false,
      error: { code: 'not-found' },
    })

    inTransaction(db, tx => {
      applyItem(tx, { kind: 'revoke', caseId, epoch: 2 }, 0)
    })

    expect(edit({})).toEqual({ ok: false, error: { code: 'not-found' } })
    expect(queued()).toBe(0)
  })

  it('is open to an administrator of the case, and says which field in the audit, not what was typed', () => {
    const { edit, db } = jacobsDetails(administrator)

    expect(edit({ value: 'Quillfeatherstone' }).ok).toBe(true)

    const detail = db.$client.prepare(`SELECT detail FROM audit WHERE action = 'action.saved'`).pluck().get()
    expect(JSON.parse(String(detail))).toMatchObject({ field: 'preferredName', operations: ['case.patch@1'] })
    expect(detail).not.toContain('Quillfeatherstone')
  })

  it.each([
    ['a value longer than any field', { value: 'x'.repeat(2_001) }, { value: 'too-long' }],
    ['a revision before the first', { baseRev: -1 }, { baseRev: 'required' }],
    ['a kind of record that is no detail', { entity: 'assignment' as never }, { entity: 'not-allowed' }],
  ])('refuses %s at the door', (_what, changes, fields) => {
    expect(jacobsDetails().edit(changes)).toEqual({ ok: false, error: { code: 'invalid-input', fields } })
  })
})
