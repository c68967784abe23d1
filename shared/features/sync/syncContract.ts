import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { lineCheck } from './lineCheck.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { rejectionCode } from '../../sync/protocol.ts'
import { recordState } from '../../sync/recordState.ts'
import { instant } from '../../time.ts'

/** How it stands with the centre, in a closed list: each has its sentence and its remedy in the window. */
export const lineReason = z.enum([
  'never-tried',
  'up',
  'no-centre',
  'unreachable',
  'timed-out',
  'not-our-service',
  'wrong-token',
  'other-centre',
  'upgrade',
  'busy',
  'paused',
  'service-fault',
  'own-disk',
])
export type LineReason = z.infer<typeof lineReason>

/** Why an operation was given back: the centre refused it, or this PC could not bring it there. */
export const refusalCode = z.enum([...rejectionCode.options, 'not-accepted', 'too-large', 'keeps-failing'])
export type RefusalCode = z.infer<typeof refusalCode>

const countSince = z.strictObject({ count: z.int(), oldestAt: instant.nullable() })

/** The line that one pays for by what goes over it. A setting of this PC. */
export const meteredLine = z.strictObject({
  /** Whether this line is one. */
  isMetered: z.boolean(),
  /** Whether nothing goes out or comes in by itself on such a line. */
  pauses: z.boolean(),
})
export type MeteredLine = z.infer<typeof meteredLine>

export const syncStatus = z.strictObject({
  reason: lineReason,
  /** Since when it has been so. */
  since: instant,
  /** Since when the service has answered, whatever it said; null while it does not. */
  answeringSince: instant.nullable(),
  lastContactAt: instant.nullable(),
  /** When the service is asked again by itself, and why then; null while it is asked and where there is none. */
  nextTryAt: instant.nullable(),
  nextTryWhy: z.enum(['waits-longer', 'service-asked', 'looks-for-news']).nullable(),
  isWorking: z.boolean(),
  saved: countSince,
  sent: countSince,
  /** Of those, what waits behind something refused on the same record. */
  heldBack: countSince,
  needsYou: countSince,
  confirmedToday: z.strictObject({ count: z.int(), lastAt: instant.nullable() }),
  /** Cases whose rows are all here, of those in scope. */
  cases: z.strictObject({ complete: z.int(), all: z.int() }),
  /** This PC's clock minus the centre's, in milliseconds; null before the first contact. */
  clockAheadMs: z.int().nullable(),
  metered: meteredLine,
})
export type SyncStatus = z.infer<typeof syncStatus>

/** Why one part of an action needs the officer. */
export const attention = z.strictObject({
  opId: id,
  kind: z.enum(['refused', 'two-versions']),
  code: z.string(),
  /** Fields with two versions, or the field that was refused. */
  fields: z.array(z.string()),
  /** Whether the record screen mends it; whatever else was refused is mended by itself. */
  mendsOnRecord: z.boolean(),
})

/** One action of the officer, as the sync screen lists it. */
export const workItem = z.strictObject({
  actionId: id,
  at: instant,
  caseId,
  name: z.string(),
  /** Types of its operations, in order. */
  what: z.array(z.string()),
  /** First words of a note, or what was changed. */
  about: z.string(),
  state: recordState,
  attention: z.array(attention),
})
export type WorkItem = z.infer<typeof workItem>

export const syncContract = defineContract({
  'sync.status': { input: z.strictObject({}), output: syncStatus },
  'sync.work': {
    input: z.strictObject({
      words: z.string().max(200),
      only: z.enum(['all', 'needs-you']),
      limit: z.int().min(1).max(100),
      offset: z.int().min(0),
    }),
    output: z.strictObject({ total: z.int(), items: z.array(workItem) }),
  },
  /** Tries at once; nothing is sent before its 10 seconds of Undo are over. */
  'sync.now': { input: z.strictObject({}), output: z.null() },
  'sync.setMetered': { input: meteredLine.partial(), output: meteredLine },
  /** Tests each part of the line; what it finds comes with `sync.checked`. */
  'sync.check': { input: z.strictObject({}), output: z.null() },
  'sync.checked': { input: z.strictObject({}), output: lineCheck },
  /** What was refused, as it was typed. `choices` are the values of a field that has a closed list of them. */
  'sync.refused': {
    input: z.strictObject({ opId: id }),
    output: z.strictObject({
      opId: id,
      caseId,
      type: z.string(),
      code: z.string(),
      field: z.string().nullable(),
      fields: z.array(
        z.strictObject({ field: z.string(), value: z.string().nullable(), choices: z.array(z.string()).nullable() }),
      ),
    }),
  },
  /** Sends a refused operation again as a new one in its place, with these values. */
  'sync.resend': {
    input: z.strictObject({
      actionId: id,
      opId: id,
      mends: id,
      values: z.record(z.string().max(40), z.string().max(20_000)),
    }),
    output: z.strictObject({ actionId: id, undoUntil: instant }),
  },
  /** Takes a refused operation out of the queue. Its text stays in the store, and the reason in the audit. */
  'sync.discard': { input: z.strictObject({ opId: id, reason: z.string().trim().min(1).max(500) }), output: z.null() },
})
