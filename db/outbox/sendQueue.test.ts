import { describe, expect, it } from 'vitest'
import { anAppointment, anId } from '../../tests/support/builders.ts'
import { aStore } from '../../tests/support/store.ts'
import { inTransaction } from '../database.ts'
import { storeAnswer } from '../sync/storeAnswers.ts'
import { discardOperation, queueAction } from './outboxRepository.ts'
import { markUnanswered, takeBatch } from './sendQueue.ts'

const limits = { now: 1_000, operationsMax: 200, charactersMax: 100_000, heldMsMax: 0 }

function anOutbox() {
  const db = aStore()
  const caseId = anId()
  const queue = (id: string, room?: string): string => {
    const opId = anId()
    const facts = { actionId: anId(), clientAt: 0, notBefore: 0, serverSeen: null }
    const body =
      room === undefined
        ? { create: anAppointment() }
        : { patch: [{ field: 'place', value: room, baseRev: 0, baseOp: null }] }
    const type = room === undefined ? 'appointment.create@1' : 'appointment.patch@1'
    inTransaction(db, tx => {
      queueAction(tx, facts, [{ opId, type, caseId, id, body }])
    })
    return opId
  }
  const send = (operationsMax = 200) => inTransaction(db, tx => takeBatch(tx, { ...limits, operationsMax }))
  return { db, queue, send }
}

describe('a batch', () => {
  it.each([200, 1])('has its numbers in rising order, whatever was held up before: %d at a time', operationsMax => {
    const { db, queue, send } = anOutbox()
    const [held, free] = [anId(), anId()]
    const refused = queue(held)
    const first = send()
    inTransaction(db, tx => {
      const answer = { opId: refused, status: 'rejected', code: 'invalid-fields', field: null } as const
      storeAnswer(tx, first?.places[0] ?? 0, answer, 1_000)
    })
    queue(held, 'room 2') // waits behind what was refused
    queue(free)
    const lost = send()
    inTransaction(db, tx => {
      markUnanswered(tx, lost?.places ?? [])
      discardOperation(tx, refused)
    })

    const numbers = [send(operationsMax), send(operationsMax)].map(batch => batch?.operations.map(one => one.n))

    expect(lost?.operations.map(one => one.n)).toEqual([2])
    expect(numbers[0]).toEqual([2, 3].slice(0, operationsMax))
  })
})
