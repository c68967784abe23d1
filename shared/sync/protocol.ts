import * as z from 'zod'
import { caseId, id, userId, userName } from '../ids.ts'
import { line } from '../text.ts'
import { instant } from '../time.ts'
import { anyValue } from './record.ts'
import { type Entity, isEntity } from './recordTypes.ts'

/**
 * Version of everything in this file. The service answers 426 to a version it no longer speaks.
 *
 * A later centre may say more in its answers: a PC reads them without what it does not know, so a new key in an answer needs no new
 * version. A new key in a request does, and a new kind of answer, of item or of refusal.
 */
export const PROTOCOL_VERSION = 1
/** Every answer of the service carries this header; an answer without it came from something in between. */
export const SERVICE_HEADER = 'x-holdfast-service'
export const SERVICE_NAME = 'holdfast-central'

/** Most operations in one push. */
export const PUSH_OPERATIONS_MAX = 200
/** Largest request body, in bytes, before the service answers 413. */
export const REQUEST_BYTES_MAX = 1_048_576
/** Deepest nesting of JSON that the service reads. */
export const JSON_DEPTH_MAX = 8
export const PAGE_BYTES_MIN = 4_096
export const PAGE_BYTES_MAX = 262_144

const fieldName = z.string().regex(/^[a-zA-Z]{1,40}$/)

/** One field of a patch: what it was based on, and what it shall be. */
const fieldPatch = z.strictObject({
  field: fieldName,
  /** `fieldRev` of this field when the form was opened; 0 for one the centre has not seen. */
  baseRev: z.int().min(0),
  /** This device's own earlier operation on the field, where that one was still unsent. */
  baseOp: id.nullable(),
  value: anyValue,
})
export type FieldPatch = z.infer<typeof fieldPatch>

export const operationBody = z.union([
  z.strictObject({ create: z.record(fieldName, anyValue) }),
  z.strictObject({ patch: z.array(fieldPatch).min(1).max(40) }),
  z.strictObject({
    /** The field that had two versions, with the value that was chosen. */
    patch: z.array(fieldPatch).length(1),
    settles: z.strictObject({
      conflictId: id,
      /** How many proposals its author had before them: where there are more by now, it is not settled yet. */
      proposals: z.int().min(1),
    }),
  }),
])
export type OperationBody = z.infer<typeof operationBody>

export type Verb = 'create' | 'patch' | 'settle' | 'amend' | 'strike'
const OPERATION_TYPE = /^([a-z_]+)\.(create|patch|settle|amend|strike)@1$/

/** `contact.create@1`: what is done to which type of record, in which version of its meaning. A meaning never changes. */
export const operationType = (entity: Entity, verb: Verb): string => `${entity}.${verb}@1`

/** The parts of an operation's type, or undefined for one that this version does not know. */
export function readOperationType(type: string): { readonly entity: Entity; readonly verb: Verb } | undefined {
  const [, entity = '', verb] = OPERATION_TYPE.exec(type) ?? []
  return isEntity(entity) ? { entity, verb: verb as Verb } : undefined // the pattern lists the verbs
}

export const operation = z.strictObject({
  /** Made when the form opened, so that a second press, a retry and a crash all save once. */
  opId: id,
  /** Operations with the same `actionId` are one action of the officer and are never split. */
  actionId: id,
  /** 1, 2, 3… for each device and incarnation, given when it is first sent. */
  n: z.int().min(1),
  type: z.string().max(60),
  caseId,
  id,
  body: operationBody,
  /** Why, where the action asks for a reason. */
  reason: line(500).nullable(),
  /** This PC's clock when it was saved; kept as evidence, never used for order. */
  clientAt: instant,
  /** The centre's time when this PC last heard it, and how long before saving that was, in milliseconds. */
  serverSeen: z.strictObject({ at: instant, agoMs: z.int().min(0) }).nullable(),
})
export type Operation = z.infer<typeof operation>

export const wireRow = z.object({
  entity: z.string().max(40),
  caseId,
  id,
  /** Number at the centre of the change that last touched the row. The higher version is the newer. */
  version: z.int().min(1),
  deleted: z.boolean(),
  fields: z.record(z.string(), anyValue),
  /** For each field the version that last changed it. */
  fieldRev: z.record(z.string(), z.int()),
})
export type WireRow = z.infer<typeof wireRow>

export const pushRequest = z.strictObject({
  protocol: z.int(),
  incarnation: z.int().min(1),
  operations: z.array(operation).min(1).max(PUSH_OPERATIONS_MAX),
})
export type PushRequest = z.infer<typeof pushRequest>

/** Why an operation was refused for good. The window has a sentence and a remedy for each. */
export const rejectionCode = z.enum([
  'unknown-type',
  'invalid-fields',
  'not-permitted',
  'case-not-found',
  'row-not-found',
  'row-exists',
  'written-by-centre-only',
])
export type RejectionCode = z.infer<typeof rejectionCode>

/** The centre's answer to one operation. `rows` is the whole truth about every row the operation touched. */
export const operationAnswer = z.discriminatedUnion('status', [
  /** The record it made stands as it was sent, under this version. */
  z.object({ opId: id, status: z.literal('as-sent'), version: z.int().min(1) }),
  z.object({ opId: id, status: z.literal('applied'), rows: z.array(wireRow) }),
  z.object({ opId: id, status: z.literal('merged'), rows: z.array(wireRow) }),
  z.object({
    opId: id,
    status: z.literal('conflict'),
    /**
     * The fields that stay as they are: guarded ones that somebody else had changed, dates that would put an end before its
     * start, and what was to settle a conflict that has changed since. Each has a proposal in its conflict, which is among
     * the rows. The other fields of the operation were applied.
     */
    fields: z.array(z.string()),
    rows: z.array(wireRow),
  }),
  /**
   * The case was taken away from its author before the operation came. A contact is kept as one that came late, anything else
   * as a proposal for whoever has the case now. Its author is shown nothing of the case.
   */
  z.object({ opId: id, status: z.literal('late') }),
  z.object({ opId: id, status: z.literal('rejected'), code: rejectionCode, field: z.string().nullable() }),
])
export type OperationAnswer = z.infer<typeof operationAnswer>

export const pushAnswer = z.object({ answers: z.array(operationAnswer), serverTime: instant })
export type PushAnswer = z.infer<typeof pushAnswer>

/** What a workstation says of itself, so that the centre can list those from which nothing comes. */
export const deviceReport = z.strictObject({
  /** Operations without an answer. */
  unsent: z.int().min(0),
  /** When the oldest of them was saved, by the centre's clock as far as this PC knows it. */
  oldestUnsentAt: instant.nullable(),
  /** Operations that were refused and wait for the officer. */
  refused: z.int().min(0),
  appVersion: line(40),
})
export type DeviceReport = z.infer<typeof deviceReport>

/** Most stretches of versions in one look for news. */
export const KNOWN_MAX = 50
/** Versions from the first to the last, both counted in. */
const stretch = z.tuple([z.int().min(1), z.int().min(1)])
export type Stretch = z.infer<typeof stretch>

export const pullRequest = z.strictObject({
  protocol: z.int(),
  report: deviceReport,
  /** Opaque. Null asks for the grants as they stand now. */
  cursor: z.string().max(500).nullable(),
  /** What this PC has from the answers to its own operations: rows with these versions need not come again. */
  known: z.array(stretch).max(KNOWN_MAX),
  limitBytes: z.int().min(PAGE_BYTES_MIN).max(PAGE_BYTES_MAX),
})
export type PullRequest = z.infer<typeof pullRequest>

export const pullItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('row'), row: wireRow }),
  /** The case is in scope from now on: fetch its rows. */
  z.object({ kind: z.literal('grant'), caseId, epoch: z.int().min(1), until: instant.nullable() }),
  /** The case is out of scope from now on: hide it at once. */
  z.object({ kind: z.literal('revoke'), caseId, epoch: z.int().min(1) }),
])
export type PullItem = z.infer<typeof pullItem>

export const pullAnswer = z.object({
  items: z.array(pullItem),
  cursor: z.string(),
  more: z.boolean(),
  serverTime: instant,
})
export type PullAnswer = z.infer<typeof pullAnswer>

/** Most cases in one request for rows. A page holds few more, and naming them costs the line something each time. */
export const CASES_A_PAGE_MAX = 10

export const caseRowsRequest = z.strictObject({
  protocol: z.int(),
  /** The cases to fetch, in this order. `after`: an opaque position in the case, as an earlier page gave it; null for its start. */
  cases: z
    .array(z.strictObject({ caseId, after: z.string().max(500).nullable() }))
    .min(1)
    .max(CASES_A_PAGE_MAX),
  limitBytes: z.int().min(PAGE_BYTES_MIN).max(PAGE_BYTES_MAX),
})
export type CaseRowsRequest = z.infer<typeof caseRowsRequest>

const caseRows = z.object({
  caseId,
  /** Header first, then contacts from the newest back. */
  rows: z.array(wireRow),
  /** Where to go on; null when the case is complete. */
  after: z.string().nullable(),
})
export type CaseRows = z.infer<typeof caseRows>

export const caseRowsAnswer = z.object({
  /** Of the cases asked for as many as the page holds, at least the first that there is. Only the last may be incomplete. */
  cases: z.array(caseRows),
  /** Of the cases up to there: those that do not exist, or are not in scope. */
  notFound: z.array(caseId),
})
export type CaseRowsAnswer = z.infer<typeof caseRowsAnswer>

/** Most cases in one comparison. */
export const DIGESTS_MAX = 50

export const digestsRequest = z.strictObject({
  protocol: z.int(),
  /** How far this PC has pulled: a case that was changed after it is not compared. */
  cursor: z.string().max(500),
  /** What the rows of each case come to here; see `createDigest`. */
  cases: z
    .array(z.strictObject({ caseId, count: z.int().min(0), digest: z.string().regex(/^[0-9a-f]{16}$/) }))
    .min(1)
    .max(DIGESTS_MAX),
})
export type DigestsRequest = z.infer<typeof digestsRequest>

export const digestsAnswer = z.object({
  /** Of these the centre has other rows: they are to be fetched anew. */
  differ: z.array(caseId),
  serverTime: instant,
})
export type DigestsAnswer = z.infer<typeof digestsAnswer>

/** Most entries of the audit in one request. */
export const AUDIT_ENTRIES_MAX = 200

const chainHash = z.string().regex(/^[0-9a-f]{64}$/)
/** What stands before the first entry of an audit. */
export const AUDIT_START = '0'.repeat(64)

/** One entry of a PC's audit: who read or did what. */
export const auditEntry = z.strictObject({
  /** 1, 2, 3… in each store. */
  n: z.int().min(1),
  at: instant,
  userId,
  action: z.string().max(40),
  caseId: caseId.nullable(),
  detail: z.record(fieldName, z.union([anyValue, z.array(z.string().max(500)).max(1_000).readonly()])),
  /** Made by the PC from the entry and the hash before it, under a key that the centre does not have. */
  hash: chainHash,
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditRequest = z.strictObject({
  protocol: z.int(),
  /** The entry before the first one; of a whole chain 0 and `AUDIT_START`. */
  after: z.strictObject({ n: z.int().min(0), hash: chainHash }),
  entries: z.array(auditEntry).min(1).max(AUDIT_ENTRIES_MAX),
})
export type AuditRequest = z.infer<typeof auditRequest>

export const auditAnswer = z.object({ serverTime: instant })
export type AuditAnswer = z.infer<typeof auditAnswer>
/** Most purges in one report. */
export const PURGES_MAX = 200

const caseEpoch = { caseId, epoch: z.int().min(1) }

/** How far a workstation is with a case that was taken away. */
export const purgeReport = z.strictObject({
  ...caseEpoch,
  /** `held`: hidden, and kept until the centre confirms that so many cases are to go. `purged`: nothing of it is left. */
  state: z.enum(['held', 'purged']),
  /** Rows that were removed. */
  rows: z.int().min(0),
  /** Operations on the case, and files of it, that the centre would not take so far. They stay on the workstation, unseen, until it does. */
  unsent: z.int().min(0),
})
export type PurgeReport = z.infer<typeof purgeReport>

export const purgesRequest = z.strictObject({
  protocol: z.int(),
  purges: z.array(purgeReport).min(1).max(PURGES_MAX),
})
export type PurgesRequest = z.infer<typeof purgesRequest>

export const purgesAnswer = z.object({
  /** Of those that are held: what the centre confirms. */
  confirmed: z.array(z.object(caseEpoch)),
  serverTime: instant,
})
export type PurgesAnswer = z.infer<typeof purgesAnswer>

export const role = z.enum(['officer', 'senior', 'administrator'])
export type Role = z.infer<typeof role>

/** Who works at a device: what is said here goes into the records that they make. */
export const user = z.strictObject({ id: userId, name: userName, role })

export const helloAnswer = z.object({
  service: z.literal(SERVICE_NAME),
  protocol: z.int(),
  /** Made once for each database of the centre: a store belongs to one centre. */
  centreId: id,
  serverTime: instant,
  user: z.object(user.shape),
  device: z.object({ id, incarnation: z.int().min(1) }),
  office: z.object({ name: z.string(), isDemo: z.boolean() }),
})
export type HelloAnswer = z.infer<typeof helloAnswer>

/** Body of every 4xx and 5xx of the service. */
export const serviceError = z.object({
  code: z.enum([
    'INVALID',
    'TOO_DEEP',
    'TOO_LARGE',
    'TOO_SLOW',
    'TOO_MANY',
    'NOT_JSON',
    'NO_TOKEN',
    'WRONG_TOKEN',
    'NOT_FOUND',
    'BAD_CURSOR',
    'INCARNATION',
    'UPGRADE',
    'FAULT',
  ]),
  /** Where in the request, as `operations.0.caseId`; null when it is not about one place. */
  field: z.string().nullable(),
  message: z.string(),
  /** With INCARNATION: the number to go on with. */
  incarnation: z.int().min(1).optional(),
})
export type ServiceError = z.infer<typeof serviceError>
