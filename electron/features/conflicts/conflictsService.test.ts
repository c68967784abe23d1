import { describe, expect, it } from 'vitest'
import type { Input } from '../../../shared/ipc/contract.ts'
import { aCase, aConflict, anAddress, anId, aProposal, dev, formIds, morgan } from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'
import { confirmRows } from '../../../tests/support/store.ts'
import { aFolderInMemory } from '../../../tests/support/temporary.ts'

const NOW = Date.parse('2026-03-02T10:15:00Z')

/** Morgan, whose change of Jacob's town waits because Dev had changed it too. */
function twoVersions(changes: Parameters<typeof aConflict>[0] = {}) {
  const addressId = anId()
  const jacob = aCase(() => [{ entity: 'address', id: addressId, fields: anAddress({ town: 'Hull' }) }])
  const engine = anEngine({ rows: jacob.rows, folder: aFolderInMemory() })
  const { caseId } = jacob
  const conflictId = anId()
  const put = (fields: ReturnType<typeof aConflict>, version: number) => {
    confirmRows(engine.db, [{ entity: 'conflict', caseId, id: conflictId, fields }], version)
  }
  put(aConflict({ rowId: addressId, ...changes }), 900)
  confirmRows(engine.db, [{ entity: 'proposal', caseId, id: anId(), fields: aProposal(conflictId) }], 901)
  const get = () => engine.value('conflicts.get', { caseId, conflictId })
  const settle = (given: Partial<Input<'conflicts.settle'>> = {}) =>
    engine.call('conflicts.settle', {
      actionId: formIds().actionId,
      opId: anId(),
      caseId,
      conflictId,
      value: 'Leeds',
      seen: get().seen,
      reason: 'She rang after the visit',
      ...given,
    })
  const list = (of: string | null = null) => engine.value('conflicts.list', { caseId: of })
  const town = () =>
    engine
      .value('cases.details', { caseId })
      .groups.find(one => one.id === addressId)
      ?.fields.find(one => one.field === 'town')
  const settled = { state: 'settled', settledById: dev.userId, settledByName: dev.userName, settledAt: NOW } as const
  return { ...engine, caseId, addressId, conflictId, put, get, settle, list, town, settled }
}

describe('a field with two versions', () => {
  it('is listed by name and field, without what it says', () => {
    const { list, caseId, conflictId } = twoVersions()

    const line = {
      conflictId,
      caseId,
      name: 'Jacob Thistlewood',
      entity: 'address',
      field: 'town',
      by: ['Dev Larkhill', 'Morgan Ashby'],
      since: Date.UTC(2026, 2, 2, 9, 41),
      state: 'open',
      settledBy: null,
      settledAt: null,
    }
    expect(list()).toEqual({ open: [line], settled: [] })
    expect(list(caseId)).toEqual({ open: [line], settled: [] })
  })

  it('shows each version with who and when, what they were made from, and what may be done', () => {
    const { get, caseId, conflictId } = twoVersions()

    expect(get()).toEqual({
      conflictId,
      caseId,
      name: 'Jacob Thistlewood',
      entity: 'address',
      field: 'town',
      before: 'Northfold',
      versions: [
        {
          value: 'Hull',
          by: 'Dev Larkhill',
          at: Date.UTC(2026, 2, 2, 9, 20),
          isOwn: false,
          stands: true,
          reason: null,
        },
        {
          value: 'Leeds',
          by: 'Morgan Ashby',
          at: Date.UTC(2026, 2, 2, 9, 41),
          isOwn: true,
          stands: false,
          reason: null,
        },
      ],
      state: 'open',
      settled: null,
      seen: { baseRev: 4, proposals: 1 },
      maySettle: true,
      canCombine: true,
    })
  })

  it('of dates cannot be combined in words', () => {
    const { get } = twoVersions({ field: 'startOn', standing: '2026-01-01' })

    expect(get().canCombine).toBe(false)
  })

  it('is a reading of the case, and nobody’s who may not read that', () => {
    const { engine, caseId, conflictId, get, db } = twoVersions()
    get()

    const reads = db.$client.prepare(`SELECT user_id FROM audit WHERE action = 'case.read'`).pluck().all()
    expect(reads).toEqual([morgan.userId])
    const stranger = { ...dev, userId: 'some.body' }
    expect(engine.call(stranger, 'conflicts.get', { caseId, conflictId })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(engine.call(stranger, 'conflicts.list', { caseId: null })).toEqual({
      ok: true,
      value: { open: [], settled: [] },
    })
  })
})

describe('settling it', () => {
  it('sets the field here at once, waits to be sent, and is in the audit with its reason', () => {
    const { settle, town, get, list, db, addressId, conflictId } = twoVersions()

    expect(settle()).toMatchObject({ ok: true })

    expect(town()).toMatchObject({ value: 'Leeds', state: 'saved' })
    expect(get().state).toBe('being-settled')
    expect(list().open).toMatchObject([{ state: 'being-settled' }])
    const [operation] = db.$client.prepare('SELECT type, id, body, reason FROM outbox').all()
    expect(operation).toMatchObject({ type: 'address.settle@1', id: addressId, reason: 'She rang after the visit' })
    expect(JSON.parse((operation as { readonly body: string }).body)).toEqual({
      patch: [{ field: 'town', baseRev: 4, baseOp: null, value: 'Leeds' }],
      settles: { conflictId, proposals: 1 },
    })
    const detail = db.$client.prepare(`SELECT detail FROM audit WHERE action = 'action.saved'`).pluck().get()
    expect(JSON.parse(String(detail))).toMatchObject({ conflictId, reason: 'She rang after the visit' })
  })

  it('can be undone for 10 seconds', () => {
    const { settle, town, get, call, machine } = twoVersions()
    const saved = settle()
    const actionId = saved.ok ? saved.value.actionId : ''
    machine.clock.forward(9_999)

    expect(call('forms.undo', { actionId })).toMatchObject({ ok: true })

    expect(town()).toMatchObject({ value: 'Hull', state: 'needs-you' })
    expect(get().state).toBe('open')
  })

  it('is refused once somebody else has, with their name', () => {
    const { settle, put, addressId, settled } = twoVersions()
    put(aConflict({ rowId: addressId, ...settled, settledValue: 'Hull', reason: 'Police check' }), 902)

    expect(settle()).toEqual({ ok: false, error: { code: 'settled-meanwhile', by: 'Dev Larkhill' } })
  })

  it.each([
    ['a text of two lines in a field of one', { value: 'Leeds\nHull' }, { value: 'not-allowed' }],
    ['no reason', { reason: ' ' }, { reason: 'required' }],
  ] as const)('is refused with %s', (_, given, fields) => {
    const { settle } = twoVersions()

    expect(settle(given)).toMatchObject({ ok: false, error: { code: 'invalid-input', fields } })
  })

  it('is refused where the record would end before it starts', () => {
    const { settle, db } = twoVersions({ field: 'endOn', standing: null })
    db.$client.prepare(`UPDATE addresses SET start_on = '2026-02-01'`).run()

    expect(settle({ value: '2026-01-01' })).toMatchObject({ error: { fields: { value: 'ends-before-start' } } })
  })
})

describe('what others settled', () => {
  it('is told to whoever had a version, by whom, with what and why, for 7 days', () => {
    const { list, get, put, addressId, settled, machine } = twoVersions()
    put(aConflict({ rowId: addressId, ...settled, settledValue: 'Hull', reason: 'Police check' }), 902)

    expect(list()).toMatchObject({
      open: [],
      settled: [{ state: 'settled', settledBy: 'Dev Larkhill', settledAt: NOW }],
    })
    expect(get()).toMatchObject({
      state: 'settled',
      settled: { value: 'Hull', by: 'Dev Larkhill', at: NOW, reason: 'Police check', isOwn: false },
    })

    machine.clock.forward(7 * 86_400_000 + 1)
    expect(list().settled).toEqual([])
  })

  it('is not told to whoever settled it', () => {
    const { list, put, addressId, settled } = twoVersions()
    const own = { ...settled, settledById: morgan.userId, settledByName: morgan.userName }
    put(aConflict({ rowId: addressId, ...own, settledValue: 'Leeds', reason: 'Hers' }), 902)

    expect(list()).toEqual({ open: [], settled: [] })
  })
})
