import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anAppointment, anId, aPerson } from '../../tests/support/builders.ts'
import { aStore } from '../../tests/support/store.ts'
import type { OperationAnswer, OperationBody, WireRow } from '../../shared/sync/protocol.ts'
import type { AnyFields } from '../../shared/sync/recordTypes.ts'
import { replay } from '../../shared/sync/replay.ts'
import { inTransaction, type Database } from '../database.ts'
import { readRecord, type RowKey } from '../records/recordStore.ts'
import { applyRow } from '../sync/applyRow.ts'
import { storeAnswer } from '../sync/storeAnswers.ts'
import { discardOperation, queueAction, removeAction } from './outboxRepository.ts'
import { markUnanswered, resetSending, takeBatch, type Batch } from './sendQueue.ts'

const limits = { now: 1_000, operationsMax: 200, charactersMax: 100_000, heldMsMax: 0 }

/** What may happen to two rows of a case, in any order. */
type Step =
  | { readonly do: 'save'; readonly row: 0 | 1; readonly value: string }
  | { readonly do: 'undo' }
  | { readonly do: 'send' }
  | { readonly do: 'answer'; readonly as: Status }
  | { readonly do: 'lose' }
  | { readonly do: 'crash' }
  | { readonly do: 'pull'; readonly row: 0 | 1; readonly value: string; readonly isOld: boolean }
  | { readonly do: 'discard' }

/** The create is gone and the change that rests on it is not, when the centre's row arrives. */
const changedBeforeItWasThere: Step[] = [
  { do: 'save', row: 1, value: 'room 1' },
  { do: 'send' },
  { do: 'answer', as: 'rejected' },
  { do: 'save', row: 1, value: 'room 2' },
  { do: 'discard' },
  { do: 'pull', row: 1, value: 'room 1', isOld: false },
]

const value = fc.constantFrom('room 1', 'room 2', 'room 3')
const row = fc.constantFrom(0 as const, 1 as const)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('save' as const), row, value }) },
  { weight: 1, arbitrary: fc.constant({ do: 'undo' as const }) },
  { weight: 3, arbitrary: fc.constant({ do: 'send' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      as: fc.constantFrom('applied', 'as-sent', 'merged', 'conflict', 'rejected'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'lose' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'crash' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pull' as const), row, value, isOld: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'discard' as const }) },
)

type Status = Exclude<OperationAnswer['status'], 'late'>

/** Plays the steps on a real store beside a tiny centre, and knows what the officer must see. */
function play(db: Database) {
  const caseId = anId()
  const keys: readonly [RowKey, RowKey] = [
    { entity: 'appointment', caseId, id: anId() },
    { entity: 'appointment', caseId, id: anId() },
  ]
  const centre = new Map<string, WireRow>()
  let version = 0
  let sending: Batch | undefined
  let lastAction: string | undefined

  const store = (id: string, fields: AnyFields): WireRow => {
    version++
    const fieldRev = { ...centre.get(id)?.fieldRev, place: version }
    const stored: WireRow = {
      entity: 'appointment',
      caseId,
      id,
      version,
      deleted: false,
      fields: { ...fields },
      fieldRev,
    }
    centre.set(id, stored)
    return stored
  }

  function save(key: RowKey, place: string): void {
    const body: OperationBody = readRecord(db, key)
      ? { patch: [{ field: 'place', baseRev: 0, baseOp: null, value: place }] }
      : { create: anAppointment({ place }) }
    lastAction = anId()
    const action = { actionId: lastAction, clientAt: 0, notBefore: 0, serverSeen: null }
    const type = 'create' in body ? 'appointment.create@1' : 'appointment.patch@1'
    inTransaction(db, tx => {
      queueAction(tx, action, [{ opId: anId(), type, caseId, id: key.id, body }])
    })
  }

  function answerAll(as: Status): void {
    if (!sending) return
    const { operations, places } = sending
    operations.forEach(({ opId, id, body }, index) => {
      const before = centre.get(id)?.fields ?? null
      const isPossible = 'create' in body ? before === null : before !== null
      const possible = as === 'as-sent' && !('create' in body) ? 'applied' : as
      const status = isPossible ? possible : 'rejected'
      const after = replay(before, [body])
      const rows =
        (status === 'applied' || status === 'as-sent') && after
          ? [store(id, after)]
          : centre.has(id)
            ? [centre.get(id) as WireRow]
            : []
      const answer: OperationAnswer =
        status === 'rejected'
          ? { opId, status, code: 'not-permitted', field: null }
          : status === 'conflict'
            ? { opId, status, fields: ['place'], rows }
            : status === 'as-sent'
              ? { opId, status, version: rows[0]?.version ?? 0 }
              : { opId, status, rows }
      inTransaction(db, tx => {
        storeAnswer(tx, places[index] ?? -1, answer, 5)
      })
    })
    sending = undefined
  }

  return {
    keys,
    caseId,
    run(what: Step): void {
      switch (what.do) {
        case 'save':
          return save(keys[what.row], what.value)
        case 'undo':
          return undo(db, lastAction)
        case 'send':
          sending ??= inTransaction(db, tx => takeBatch(tx, limits))
          return
        case 'answer':
          return answerAll(what.as)
        case 'lose':
          inTransaction(db, tx => {
            markUnanswered(tx, sending?.places ?? [])
          })
          sending = undefined
          return
        case 'crash':
          inTransaction(db, resetSending)
          sending = undefined
          return
        case 'pull': {
          const { id } = keys[what.row]
          const known = centre.get(id)
          const row =
            what.isOld && known
              ? known
              : store(id, known ? { ...known.fields, place: what.value } : anAppointment({ place: what.value }))
          inTransaction(db, tx => {
            applyRow(tx, row)
          })
          return
        }
        case 'discard':
          discardFirst(db)
      }
    },
    centre,
  }
}

function undo(db: Database, actionId: string | undefined): void {
  const states = db.$client
    .prepare('SELECT state FROM outbox WHERE action_id = ?')
    .pluck()
    .all(actionId ?? '')
  if (states.length === 0 || states.some(state => state !== 'pending')) return
  inTransaction(db, tx => {
    removeAction(tx, actionId ?? '')
  })
}

function discardFirst(db: Database): void {
  const opId = db.$client.prepare(`SELECT op_id FROM outbox WHERE state = 'quarantined' LIMIT 1`).pluck().get()
  if (typeof opId !== 'string') return
  inTransaction(db, tx => {
    discardOperation(tx, opId)
  })
}

/** What the officer must see of a row: what this PC last had confirmed, with its replayed operations on top. */
function mustSee(db: Database, key: RowKey): AnyFields | null {
  const shadow = db.$client.prepare('SELECT fields FROM shadow WHERE id = ?').pluck().get(key.id) as
    string | null | undefined
  const current = readRecord(db, key)
  const confirmed =
    shadow === undefined
      ? current && current.version > 0
        ? current.fields
        : null
      : (JSON.parse(shadow ?? 'null') as AnyFields | null)
  const bodies = db.$client
    .prepare(
      `SELECT body FROM outbox WHERE id = ? AND state IN ('pending', 'sending', 'retry', 'quarantined') ORDER BY place`,
    )
    .pluck()
    .all(key.id)
    .map(body => JSON.parse(String(body)) as OperationBody)
  return replay(confirmed, bodies)
}

describe('what the officer sees of a row', () => {
  it('is what the centre confirmed with the unsent work on top, after every step', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), steps => {
        const db = aStore()
        const world = play(db)
        for (const one of steps) {
          world.run(one)
          for (const key of world.keys) {
            expect(readRecord(db, key)?.fields ?? null).toEqual(mustSee(db, key))
          }
        }
        db.$client.close()
      }),
      { numRuns: 40, examples: [[changedBeforeItWasThere]] },
    )
  })

  it('leaves no shadow behind once nothing is unsent', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), steps => {
        const db = aStore()
        const world = play(db)
        for (const one of steps) world.run(one)
        for (;;) {
          world.run({ do: 'crash' })
          world.run({ do: 'send' })
          world.run({ do: 'answer', as: 'applied' })
          const open = db.$client
            .prepare(`SELECT count(*) FROM outbox WHERE state NOT IN ('acked', 'discarded')`)
            .pluck()
            .get()
          if (open === 0) break
          discardFirst(db)
        }
        expect(db.$client.prepare('SELECT count(*) FROM shadow').pluck().get()).toBe(0)
        for (const key of world.keys) {
          expect(readRecord(db, key)?.fields ?? null).toEqual(world.centre.get(key.id)?.fields ?? null)
        }
        db.$client.close()
      }),
      { numRuns: 30 },
    )
  })
})

describe('a row that this version cannot read', () => {
  it('is set aside whole, and the rest of the page goes on', () => {
    const db = aStore()
    const caseId = anId()
    const good: WireRow = {
      entity: 'case',
      caseId,
      id: caseId,
      version: 2,
      deleted: false,
      fields: aPerson(),
      fieldRev: {},
    }
    const bad: WireRow = { ...good, id: anId(), version: 1, fields: { ...aPerson(), pronoun: 'ze' } }
    const unknown: WireRow = { ...good, entity: 'tattoo', id: anId(), version: 3 }

    inTransaction(db, tx => {
      for (const one of [bad, good, unknown]) applyRow(tx, one)
    })

    expect(readRecord(db, { entity: 'case', caseId, id: caseId })?.version).toBe(2)
    const aside = db.$client.prepare('SELECT reason FROM unreadable_rows ORDER BY version').pluck().all()
    expect(aside).toEqual(['pronoun: invalid_value', 'unknown type of record'])
  })

  it('keeps fields that it does not know', () => {
    const db = aStore()
    const caseId = anId()
    const wire: WireRow = {
      entity: 'case',
      caseId,
      id: caseId,
      version: 2,
      deleted: false,
      fields: { ...aPerson(), shoeSize: 43 },
      fieldRev: {},
    }

    inTransaction(db, tx => {
      applyRow(tx, wire)
    })

    expect(readRecord(db, { entity: 'case', caseId, id: caseId })?.extra).toEqual({ shoeSize: 43 })
  })
})
