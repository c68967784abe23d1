import { describe, expect, it } from 'vitest'
import { inTransaction, type Database } from '../../../db/database.ts'
import { markUnanswered, takeBatch } from '../../../db/outbox/sendQueue.ts'
import { applyItem } from '../../../db/sync/applyPage.ts'
import { storeAnswer } from '../../../db/sync/storeAnswers.ts'
import type { Operation, OperationAnswer } from '../../../shared/sync/protocol.ts'
import { aCase, anAddress, anEntry, anId, formIds } from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'
import { aFolderInMemory } from '../../../tests/support/temporary.ts'

/** Morgan, who changed a town, and whom the centre refused that; then changed it again, which waits behind it. */
function withRefusal({ isTogether = false } = {}) {
  const addressId = anId()
  const { caseId, rows } = aCase(() => [{ entity: 'address', id: addressId, fields: anAddress() }])
  const engine = anEngine({ rows, folder: aFolderInMemory() })
  const { value, call, machine, db } = engine
  const edit = (field: string, text: string) => {
    const opId = anId()
    const rest = { caseId, entity: 'address', id: addressId, field, value: text, baseRev: 4 } as const
    value('cases.editField', { actionId: anId(), opId, ...rest })
    return opId
  }
  const send = () => {
    machine.clock.forward(60_000)
    const limits = { now: machine.clock.now(), operationsMax: 200, charactersMax: 100_000, heldMsMax: 10_000 }
    return inTransaction(db, tx => takeBatch(tx, limits))
  }
  const refused = edit('town', 'Southfold')
  const alone = isTogether ? undefined : send()
  const later = edit('town', 'Eastfold')
  const batch = alone ?? send()
  answer(db, batch?.places[0] ?? -1, { opId: refused, status: 'rejected', code: 'invalid-fields', field: 'town' })
  inTransaction(db, tx => {
    markUnanswered(tx, batch?.places ?? [])
  })
  const resend = (values: Readonly<Record<string, string>>, ids = { actionId: anId(), opId: anId() }) => ({
    ...ids,
    done: call('sync.resend', { ...ids, mends: refused, values }),
  })
  const town = () =>
    value('cases.details', { caseId })
      .groups.find(one => one.id === addressId)
      ?.fields.find(one => one.field === 'town')?.value
  const outbox = () =>
    db.$client
      .prepare('SELECT op_id AS opId, state, mended_by AS mendedBy FROM outbox ORDER BY place')
      .all() as readonly { opId: string; state: string; mendedBy: string | null }[] // as the columns say
  return { ...engine, caseId, addressId, refused, later, send, resend, town, outbox }
}

function answer(db: Database, place: number, given: OperationAnswer): void {
  inTransaction(db, tx => {
    storeAnswer(tx, place, given, 5)
  })
}

const patchesOf = (operations: readonly Operation[] = []) =>
  operations.map(({ opId, body }) => [opId, 'patch' in body ? body.patch.map(one => [one.value, one.baseOp]) : []])

describe('what was refused', () => {
  it('is read as it was typed, with why, and the choices of a field that has them', () => {
    const { value, refused, caseId } = withRefusal()

    expect(value('sync.refused', { opId: refused })).toEqual({
      opId: refused,
      caseId,
      type: 'address.patch@1',
      code: 'invalid-fields',
      field: 'town',
      fields: [{ field: 'town', value: 'Southfold', choices: null }],
    })
  })

  it('is not shown of a case that was taken away, nor what was not refused', () => {
    const { call, db, refused, later, caseId } = withRefusal()
    expect(call('sync.refused', { opId: later })).toEqual({ ok: false, error: { code: 'not-found' } })

    inTransaction(db, tx => {
      applyItem(tx, { kind: 'revoke', caseId, epoch: 2 }, 0)
    })

    expect(call('sync.refused', { opId: refused })).toEqual({ ok: false, error: { code: 'not-found' } })
  })
})

describe('sending it again', () => {
  it('queues a new operation in its place, linked to it, and what waited behind it goes out after that', () => {
    const { resend, refused, later, outbox, send, town } = withRefusal()
    expect(send()).toBeUndefined()

    const { done, actionId, opId } = resend({ town: 'Westfold' })

    expect(done.ok).toBe(true)
    expect(outbox()).toEqual([
      { opId, state: 'pending', mendedBy: null },
      { opId: later, state: 'pending', mendedBy: null },
      { opId: refused, state: 'discarded', mendedBy: actionId },
    ])
    expect(town()).toBe('Eastfold')
    const batch = send()
    expect(batch?.operations.map(one => one.n)).toEqual([2, 3])
    expect(patchesOf(batch?.operations)).toEqual([
      [opId, [['Westfold', null]]],
      [later, [['Eastfold', opId]]],
    ])
  })

  it('goes out before what waited behind it, also where that has a number from the time when both went out together', () => {
    const { resend, later, send } = withRefusal({ isTogether: true })
    const { opId } = resend({ town: 'Westfold' })

    const batch = send()

    expect(batch?.operations.map(one => [one.opId, one.n])).toEqual([
      [opId, 3],
      [later, 4],
    ])
  })

  it('can be taken back: then it waits for the officer again, and what waited behind it does too', () => {
    const { resend, value, call, refused, later, outbox, send, db } = withRefusal()
    const { actionId } = resend({ town: 'Westfold' })

    value('forms.undo', { actionId })

    expect(outbox()).toEqual([
      { opId: refused, state: 'quarantined', mendedBy: null },
      { opId: later, state: 'pending', mendedBy: null },
    ])
    expect(send()).toBeUndefined()
    expect(db.$client.prepare('SELECT body FROM outbox WHERE op_id = ?').pluck().get(later)).toContain(refused)
    expect(call('sync.refused', { opId: refused }).ok).toBe(true)
  })

  it('twice by the same press is done once', () => {
    const { resend, outbox } = withRefusal()
    const { actionId, opId } = resend({ town: 'Westfold' })

    const again = resend({ town: 'Westfold' }, { actionId, opId })

    expect(again.done.ok).toBe(true)
    expect(outbox()).toHaveLength(3)
  })

  it('is refused once it was sent again or discarded', () => {
    const { resend, call, refused } = withRefusal()
    const meanwhile = { ok: false, error: { code: 'changed-meanwhile', by: null } }
    resend({ town: 'Westfold' })
    expect(resend({ town: 'Northfold' }).done).toEqual(meanwhile)

    const other = withRefusal()
    other.call('sync.discard', { opId: other.refused, reason: 'Typed twice' })
    expect(other.resend({ town: 'Westfold' }).done).toEqual(meanwhile)
    expect(call('sync.discard', { opId: refused, reason: 'Typed twice' }).ok).toBe(false)
  })

  it.each([
    ['a field that it does not have', { postcode: 'ZZ1 3CD' }, { postcode: 'not-allowed' }],
    ['a value that the field does not take', { town: 'x'.repeat(5_000) }, { town: 'not-allowed' }],
  ])('is refused for %s, and everything stays', (_, values, fields) => {
    const { resend, outbox } = withRefusal()
    const before = outbox()

    expect(resend(values).done).toEqual({ ok: false, error: { code: 'invalid-input', fields } })
    expect(outbox()).toEqual(before)
  })

  it('reads numbers, yes and no, and nothing from text, and keeps what was not changed', () => {
    const { caseId, rows } = aCase()
    const { value, machine, db, call } = anEngine({ rows, folder: aFolderInMemory() })
    const ids = formIds()
    const rest = { caseId, appointmentId: null, appointmentBaseRev: 0, mends: null }
    value('contacts.record', { ids, ...rest, entry: anEntry({ note: 'As it was.' }) })
    machine.clock.forward(60_000)
    const limits = { now: machine.clock.now(), operationsMax: 200, charactersMax: 100_000, heldMsMax: 10_000 }
    const batch = inTransaction(db, tx => takeBatch(tx, limits))
    const [opId] = ids.opIds
    answer(db, batch?.places[0] ?? -1, { opId, status: 'rejected', code: 'invalid-fields', field: null })
    const values = { durationMinutes: '45', sensitive: 'true', outcome: '' }

    const done = call('sync.resend', { actionId: anId(), opId: anId(), mends: opId, values })

    expect(done.ok).toBe(true)
    const body = db.$client.prepare(`SELECT body FROM outbox WHERE state = 'pending'`).pluck().get() as string // a text
    expect(JSON.parse(body)).toMatchObject({
      create: { durationMinutes: 45, sensitive: true, outcome: null, note: 'As it was.' },
    })
    expect(value('sync.status', {})).toMatchObject({ saved: { count: 1 }, needsYou: { count: 0 } })
  })
})
