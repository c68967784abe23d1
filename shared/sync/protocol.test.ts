import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { aContact, anAddress, anId } from '../../tests/support/builders.ts'
import { NOTE_LENGTH_MAX } from '../features/contacts/contact.ts'
import { blobAnswer } from './blobs.ts'
import {
  auditAnswer,
  caseRowsAnswer,
  caseRowsRequest,
  digestsAnswer,
  digestsRequest,
  helloAnswer,
  JSON_DEPTH_MAX,
  operation,
  operationAnswer,
  operationBody,
  operationType,
  PAGE_BYTES_MAX,
  PAGE_BYTES_MIN,
  pullAnswer,
  pullItem,
  pullRequest,
  purgesAnswer,
  pushAnswer,
  pushRequest,
  PUSH_OPERATIONS_MAX,
  readOperationType,
  REQUEST_BYTES_MAX,
  serviceError,
  wireRow,
  type Operation,
  type PushRequest,
  type Verb,
  type WireRow,
} from './protocol.ts'
import { entities } from './recordTypes.ts'

const NOW = Date.parse('2026-03-02T10:15:00Z')
const CASE = anId()

const anOperation = (some: Partial<Operation> = {}): Operation => ({
  opId: anId(),
  actionId: anId(),
  n: 1,
  type: 'address.patch@1',
  caseId: CASE,
  id: anId(),
  body: { patch: [{ field: 'town', baseRev: 10, baseOp: anId(), value: 'Leeds' }] },
  reason: null,
  clientAt: NOW,
  serverSeen: { at: NOW, agoMs: 5_000 },
  ...some,
})
const aPush = (operations: readonly Operation[]): PushRequest => ({
  protocol: 1,
  incarnation: 1,
  operations: [...operations],
})
const aRow = (some: Partial<WireRow> = {}): WireRow => ({
  entity: 'address',
  caseId: CASE,
  id: anId(),
  version: 20,
  deleted: false,
  fields: anAddress(),
  fieldRev: { town: 20 },
  ...some,
})
const takes = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success

const aReport = { unsent: 0, oldestUnsentAt: null, refused: 0, appVersion: '0.1.0' }

/** Everything that travels, one of each. */
const messages: readonly (readonly [string, z.ZodType, object])[] = [
  ['a push', pushRequest, aPush([anOperation()])],
  ['an operation', operation, anOperation()],
  ['a create', operationBody, { create: anAddress() }],
  ['a patch', operationBody, anOperation().body],
  ['a row', wireRow, aRow()],
  [
    'a comparison',
    digestsRequest,
    { protocol: 1, cursor: 'abc', cases: [{ caseId: CASE, count: 3, digest: '00112233445566ff' }] },
  ],
  ['the answer to a comparison', digestsAnswer, { differ: [CASE], serverTime: NOW }],
  ['an answer that it stands as it was sent', operationAnswer, { opId: anId(), status: 'as-sent', version: 7 }],
  ['an answer that it was applied', operationAnswer, { opId: anId(), status: 'applied', rows: [aRow()] }],
  ['an answer that it was merged', operationAnswer, { opId: anId(), status: 'merged', rows: [aRow()] }],
  ['a conflict', operationAnswer, { opId: anId(), status: 'conflict', fields: ['town'], rows: [aRow()] }],
  ['a rejection', operationAnswer, { opId: anId(), status: 'rejected', code: 'not-permitted', field: null }],
  ['the answer to an audit', auditAnswer, { serverTime: NOW }],
  ['the answer to a report of purges', purgesAnswer, { confirmed: [{ caseId: CASE, epoch: 2 }], serverTime: NOW }],
  ['the answer to a chunk of a file', blobAnswer, { isComplete: false, missing: [1, 2] }],
  ['the answer to a push', pushAnswer, { answers: [], serverTime: NOW }],
  ['a pull', pullRequest, { protocol: 1, report: aReport, cursor: null, known: [[3, 9]], limitBytes: PAGE_BYTES_MAX }],
  ['a pulled row', pullItem, { kind: 'row', row: aRow() }],
  ['a grant', pullItem, { kind: 'grant', caseId: CASE, epoch: 1, until: NOW }],
  ['a revoke', pullItem, { kind: 'revoke', caseId: CASE, epoch: 2 }],
  ['the answer to a pull', pullAnswer, { items: [], cursor: 'abc', more: false, serverTime: NOW }],
  [
    'a question for rows',
    caseRowsRequest,
    { protocol: 1, cases: [{ caseId: CASE, after: 'abc' }], limitBytes: PAGE_BYTES_MIN },
  ],
  ['the rows of cases', caseRowsAnswer, { cases: [{ caseId: CASE, rows: [aRow()], after: null }], notFound: [anId()] }],
  [
    'a greeting',
    helloAnswer,
    {
      service: 'holdfast-central',
      protocol: 1,
      centreId: anId(),
      serverTime: NOW,
      user: { id: 'morgan.ashby', name: 'Morgan Ashby', role: 'officer' },
      device: { id: anId(), incarnation: 1 },
      office: { name: 'Northfold', isDemo: true },
    },
  ],
  [
    'an error of the service',
    serviceError,
    { code: 'INCARNATION', field: null, message: 'Go on with 2.', incarnation: 2 },
  ],
]

/** What the centre says. */
const ANSWERS = new Set<z.ZodType>([
  ...[
    wireRow,
    operationAnswer,
    pushAnswer,
    pullItem,
    pullAnswer,
    caseRowsAnswer,
    digestsAnswer,
    helloAnswer,
    serviceError,
  ],
  ...[auditAnswer, purgesAnswer, blobAnswer],
])
const isAnswer = (schema: z.ZodType): boolean => ANSWERS.has(schema)

const mayLack = new Map<z.ZodType, string>([[serviceError, 'incarnation']])

/** Every object inside a message, each with the way there. */
function objectsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([key, one]) => objectsIn(one, [...path, key]))
  return Array.isArray(value) ? inside : [path, ...inside]
}

function withSurplus(value: unknown, path: readonly string[]): unknown {
  const copy: unknown = structuredClone(value)
  const target = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy) // the path was read from it
  Object.assign(target as object, { surplus: true })
  return copy
}

/** Objects that hold the fields of a record: which they are, the record types say. */
const isOpen = (path: readonly string[]): boolean => ['fields', 'create', 'fieldRev'].includes(path.at(-1) ?? '')

describe('a message', () => {
  it.each(messages)('%s is taken', (_, schema, message) => {
    expect(schema.safeParse(message).error).toBeUndefined()
  })

  it.each(messages.filter(([, schema]) => !isAnswer(schema)))(
    '%s is refused with a key too many, however deep',
    (_, schema, message) => {
      const closed = objectsIn(message).filter(path => !isOpen(path))

      expect(closed.length).toBeGreaterThan(0)
      for (const path of closed) expect(takes(schema, withSurplus(message, path)), path.join('.')).toBe(false)
    },
  )

  it.each(messages.filter(([, schema]) => isAnswer(schema)))(
    '%s of a later version is read without what this one does not know, however deep',
    (_, schema, message) => {
      const closed = objectsIn(message).filter(path => !isOpen(path))

      expect(closed.length).toBeGreaterThan(0)
      for (const path of closed) expect(schema.parse(withSurplus(message, path)), path.join('.')).toEqual(message)
    },
  )

  it.each(messages)('%s is refused with a key too few', (_, schema, message) => {
    for (const key of Object.keys(message).filter(one => one !== mayLack.get(schema))) {
      expect(takes(schema, { ...message, [key]: undefined }), key).toBe(false)
    }
  })

  it.each(messages)('%s is no deeper than the service reads', (_, _schema, message) => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

    expect(depthOf(message)).toBeLessThanOrEqual(JSON_DEPTH_MAX)
  })
})

describe('the limits of a push', () => {
  const operations = (count: number) => Array.from({ length: count }, () => anOperation())
  const patch = (count: number) => ({
    patch: Array.from({ length: count }, () => ({ field: 'town', baseRev: 0, baseOp: null, value: 'Leeds' })),
  })
  const text = (length: number) => ({ create: { note: 'x'.repeat(length) } })
  const named = (field: string) => ({ create: { [field]: 1 } })

  it.each<[string, z.ZodType, unknown, boolean]>([
    ['no operation', pushRequest, aPush([]), false],
    ['one operation', pushRequest, aPush(operations(1)), true],
    ['as many operations as there may be', pushRequest, aPush(operations(PUSH_OPERATIONS_MAX)), true],
    ['one operation more', pushRequest, aPush(operations(PUSH_OPERATIONS_MAX + 1)), false],
    ['incarnation 0', pushRequest, { ...aPush(operations(1)), incarnation: 0 }, false],
    ['half an incarnation', pushRequest, { ...aPush(operations(1)), incarnation: 1.5 }, false],
    ['number 0', operation, anOperation({ n: 0 }), false],
    ['a negative base', operationBody, { patch: [{ field: 'town', baseRev: -1, baseOp: null, value: '' }] }, false],
    [
      'a base that is no operation',
      operationBody,
      { patch: [{ field: 'town', baseRev: 0, baseOp: '', value: '' }] },
      false,
    ],
    ['a patch of nothing', operationBody, patch(0), false],
    ['a patch of 40 fields', operationBody, patch(40), true],
    ['a patch of 41 fields', operationBody, patch(41), false],
    ['a patch and a create at once', operationBody, { ...patch(1), ...text(1) }, false],
    ['neither a patch nor a create', operationBody, {}, false],
    ['a text of 20,000', operationBody, text(20_000), true],
    ['a text of 20,001', operationBody, text(20_001), false],
    ['a number', operationBody, { create: { amount: 0.5 } }, true],
    ['no number', operationBody, { create: { amount: NaN } }, false],
    ['a number without end', operationBody, { create: { amount: Infinity } }, false],
    ['a list in a field', operationBody, { create: { kinds: ['COAP'] } }, false],
    ['a record in a field', operationBody, { create: { person: { name: 'Jacob' } } }, false],
    ['a field that is left open', operationBody, { create: { amount: undefined } }, false],
    ['a field with a name of 40 letters', operationBody, named('x'.repeat(40)), true],
    ['a field with a name of 41 letters', operationBody, named('x'.repeat(41)), false],
    ['a field with a name of signs', operationBody, named('town;'), false],
    ['a field without a name', operationBody, named(''), false],
    ['a reason of 500', operation, anOperation({ reason: 'x'.repeat(500) }), true],
    ['a reason of 501', operation, anOperation({ reason: 'x'.repeat(501) }), false],
    ['a reason with a zero character', operation, anOperation({ reason: 'a\u0000' }), false],
    ['a clock of before 1900', operation, anOperation({ clientAt: -2_208_988_800_001 }), false],
    ['a time heard in the future', operation, anOperation({ serverSeen: { at: NOW, agoMs: -1 } }), false],
    ['a time never heard', operation, anOperation({ serverSeen: null }), true],
    ['the settings of a user', operation, anOperation({ caseId: 'me:morgan.ashby' }), true],
    ['no case', operation, anOperation({ caseId: '' }), false],
  ])('%s is taken: $3', (_, schema, value, isTaken) => {
    expect(takes(schema, value)).toBe(isTaken)
  })

  it('let the longest note through, whatever its letters are', () => {
    // Three bytes in UTF-8 for one unit is the most; a quotation mark is two in JSON.
    for (const letter of ['語', '"', '👍']) {
      const body = { create: { ...aContact({ note: letter.repeat(NOTE_LENGTH_MAX) }) } }
      const request = aPush([anOperation({ type: 'contact.create@1', body })])

      expect(takes(pushRequest, request)).toBe(true)
      expect(new TextEncoder().encode(JSON.stringify(request)).length).toBeLessThan(REQUEST_BYTES_MAX / 4)
    }
  })
})

describe('the limits of a pull', () => {
  const pull = (some: object) => ({
    protocol: 1,
    report: aReport,
    cursor: null,
    known: [],
    limitBytes: PAGE_BYTES_MAX,
    ...some,
  })

  it.each([
    ['the smallest page', { limitBytes: PAGE_BYTES_MIN }, true],
    ['a smaller page', { limitBytes: PAGE_BYTES_MIN - 1 }, false],
    ['the largest page', { limitBytes: PAGE_BYTES_MAX }, true],
    ['a larger page', { limitBytes: PAGE_BYTES_MAX + 1 }, false],
    ['a page in words', { limitBytes: '65536' }, false],
    ['a cursor of 500', { cursor: 'x'.repeat(500) }, true],
    ['a cursor of 501', { cursor: 'x'.repeat(501) }, false],
    ['a cursor that is a number', { cursor: 7 }, false],
    ['50 stretches', { known: Array.from({ length: 50 }, () => [1, 2]) }, true],
    ['51 stretches', { known: Array.from({ length: 51 }, () => [1, 2]) }, false],
    ['a stretch from nothing', { known: [[0, 2]] }, false],
    ['half a stretch', { known: [[2]] }, false],
  ])('%s is taken: $2', (_, some, isTaken) => {
    expect(takes(pullRequest, pull(some))).toBe(isTaken)
  })

  const rows = (some: object) => ({
    protocol: 1,
    cases: [{ caseId: CASE, after: null }],
    limitBytes: PAGE_BYTES_MAX,
    ...some,
  })
  it.each([
    ['a size in digits', { limitBytes: '65536' }, false],
    ['the smallest page', { limitBytes: PAGE_BYTES_MIN }, true],
    ['a smaller page', { limitBytes: PAGE_BYTES_MIN - 1 }, false],
    ['a larger page', { limitBytes: PAGE_BYTES_MAX + 1 }, false],
    ['half a byte', { limitBytes: 65_536.5 }, false],
    ['no case', { cases: [] }, false],
    ['10 cases', { cases: Array.from({ length: 10 }, () => ({ caseId: CASE, after: null })) }, true],
    ['11 cases', { cases: Array.from({ length: 11 }, () => ({ caseId: CASE, after: null })) }, false],
    ['a place of 500', { cases: [{ caseId: CASE, after: 'x'.repeat(500) }] }, true],
    ['a place of 501', { cases: [{ caseId: CASE, after: 'x'.repeat(501) }] }, false],
  ])('of rows: %s is taken: $2', (_, some, isTaken) => {
    expect(takes(caseRowsRequest, rows(some))).toBe(isTaken)
  })
})

describe('an answer', () => {
  const opId = anId()

  type Trial = [what: string, schema: z.ZodType, message: object, isOne: boolean]
  it.each<Trial>([
    ['of a row without a version', wireRow, aRow({ version: 0 }), false],
    ['of the first version', wireRow, aRow({ version: 1 }), true],
    ['with a field that this version does not know', wireRow, aRow({ fields: { shoeSize: 43 } }), true],
    ['with a type of record that this version does not know', wireRow, aRow({ entity: 'tattoo' }), true],
    ['with a revision that is no number', wireRow, { ...aRow(), fieldRev: { town: '20' } }, false],
    [
      'that was rejected for a reason without a sentence',
      operationAnswer,
      { opId, status: 'rejected', code: 'mood', field: null },
      false,
    ],
    [
      'that something stands as it was sent, in no version',
      operationAnswer,
      { opId, status: 'as-sent', version: 0 },
      false,
    ],
    ['of another kind', operationAnswer, { opId, status: 'lost', rows: [] }, false],
    ['of a conflict that does not say where', operationAnswer, { opId, status: 'conflict', rows: [] }, false],
    [
      'of another service',
      helloAnswer,
      { ...messages.find(([name]) => name === 'a greeting')?.[2], service: 'proxy' },
      false,
    ],
    ...['', ' ', 'x'.repeat(101), 'Morgan\nAshby'].map((name): Trial => [
      `to somebody called ${JSON.stringify(name)}`,
      helloAnswer,
      { ...messages.find(([kind]) => kind === 'a greeting')?.[2], user: { id: 'morgan.ashby', name, role: 'officer' } },
      false,
    ]),
    ['of a grant of epoch 0', pullItem, { kind: 'grant', caseId: CASE, epoch: 0, until: null }, false],
    ['of a grant without end', pullItem, { kind: 'grant', caseId: CASE, epoch: 1, until: null }, true],
    ['of an error without a place', serviceError, { code: 'FAULT', field: null, message: '' }, true],
    ['of an error that nobody knows', serviceError, { code: 'TEAPOT', field: null, message: '' }, false],
  ])('%s is taken: $3', (_, schema, value, isTaken) => {
    expect(takes(schema, value)).toBe(isTaken)
  })

  it('cannot reach into what every object has', () => {
    const text = JSON.stringify(aRow()).replace('"fields":{', '"fields":{"__proto__":"x",')

    const row = wireRow.safeParse(JSON.parse(text)).data

    expect(Object.getPrototypeOf(row?.fields ?? null)).toBe(Object.prototype)
    expect(row?.fields).toEqual(anAddress())
  })
})

describe('the type of an operation', () => {
  const verbs: readonly Verb[] = ['create', 'patch', 'amend', 'strike']

  it('is read as it was written, for every record and verb', () => {
    for (const entity of entities) {
      for (const verb of verbs) expect(readOperationType(operationType(entity, verb))).toEqual({ entity, verb })
    }
  })

  it.each([
    'contact.create@2',
    'contact.create@11',
    'contact.create',
    'contact.delete@1',
    'tattoo.create@1',
    'toString.create@1',
    'constructor.patch@1',
    '.create@1',
    'Contact.create@1',
    ' contact.create@1',
    'contact.create@1 ',
    'contact.create@1\n',
    'contact.create@1.create@1',
    '',
  ])('%j is unknown', type => {
    expect(readOperationType(type)).toBeUndefined()
  })

  it('is known only in the spelling that is written', () => {
    const parts = fc.array(
      fc.constantFrom('contact', 'contact_detail', '_', '.', 'create', 'strike', '@', '1', '2', 'C'),
    )
    fc.assert(
      fc.property(parts, some => {
        const type = some.join('')
        const read = readOperationType(type)
        if (read) expect(operationType(read.entity, read.verb)).toBe(type)
      }),
      { numRuns: 1_000, examples: [[['contact', '.', 'create', '@', '1']]] },
    )
  })
})
