import * as z from 'zod'
import type { Actor } from '../../../shared/access/actor.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type FieldProblem, type Result } from '../../../shared/result.ts'
import { endBeforeStart, isOrderedDate } from '../../../shared/sync/dateOrder.ts'
import type { OperationBody } from '../../../shared/sync/protocol.ts'
import { centresField, recordTypes, type AnyFields, type FieldValue } from '../../../shared/sync/recordTypes.ts'
import type { AuditChain } from '../../../db/audit/auditChain.ts'
import type { Database } from '../../../db/database.ts'
import { findRefused, rowOf } from '../../../db/outbox/outboxRepository.ts'
import { readRecord } from '../../../db/records/recordStore.ts'
import type { ReadAudit } from '../../readAudit.ts'
import type { SaveAction, SavedAction } from '../../saveAction.ts'

interface MendDeps {
  readonly db: Database
  readonly audit: AuditChain
  readonly readAudit: ReadAudit
  readonly save: SaveAction
}

type Refused = NonNullable<ReturnType<typeof findRefused>>

/** What was refused, to be read, put right and sent again. */
export function createMendService({ db, audit, readAudit, save }: MendDeps) {
  return {
    refused(actor: Actor, { opId }: Input<'sync.refused'>): Result<Answer<'sync.refused'>> {
      const operation = findRefused(db, opId)
      if (!operation) return refuse({ code: 'not-found' })
      const { caseId, type, refusedCode, refusedField } = operation
      const closed = readAudit.openCase(actor, caseId)
      if (closed) return closed
      const fields = Object.entries(valuesOf(operation.body)).map(([field, value]) => ({
        field,
        value: value === null ? null : String(value),
        choices: choicesOf(schemaOf(operation, field)),
      }))
      return ok({ opId, caseId, type, code: refusedCode ?? '', field: refusedField, fields })
    },

    /** A new operation in the place of the refused one: what waits behind that goes out after it. */
    resend(actor: Actor, { actionId, opId, mends, values }: Input<'sync.resend'>): Result<SavedAction> {
      const refused = findRefused(db, mends, actionId)
      if (!refused) return refuse({ code: 'changed-meanwhile', by: null })
      const changed = readValues(refused, values)
      if (!changed.ok) return changed
      const { caseId, id, type, reason } = refused
      const fields = changed.value
      const body = withValues(refused.body, fields)
      const wrong = findProblem(refused, body, fields)
      if (wrong) return wrong
      const why = typeof fields['reason'] === 'string' ? fields['reason'] : reason
      return save(actor, {
        actionId,
        caseId,
        operations: [{ opId, type, caseId, id, body, reason: why, inPlaceOf: mends }],
        detail: { mends },
        also: tx => {
          const detail = { opId: mends, type, mendedBy: actionId }
          audit.append(tx, actor, { action: 'operation.discarded', caseId, detail })
        },
      })
    },
  }

  /** Why the record would not be one that may be sent, as far as this PC can tell. */
  function findProblem(refused: Refused, body: OperationBody, fields: AnyFields) {
    const before = readRecord(db, rowOf(refused))?.fields ?? null
    const centres = centresField(refused.entity, before, fields)
    if (centres !== undefined) return refuse({ code: 'not-permitted', action: `${refused.entity}.${centres}` })
    const dates = Object.keys(fields).filter(isOrderedDate)
    const isBackwards = endBeforeStart({ ...before, ...valuesOf(body) }) !== undefined
    const [date] = dates
    if (date === undefined || !isBackwards) return undefined
    return refuse({ code: 'invalid-input', fields: { [date]: 'ends-before-start' } })
  }
}

const valuesOf = (body: OperationBody): AnyFields =>
  'create' in body ? body.create : Object.fromEntries(body.patch.map(({ field, value }) => [field, value]))

function withValues(body: OperationBody, values: AnyFields): OperationBody {
  if ('create' in body) return { create: { ...body.create, ...values } }
  return {
    patch: body.patch.map(one => ({ ...one, value: values[one.field] ?? (one.field in values ? null : one.value) })),
  }
}

function schemaOf({ entity }: Pick<Refused, 'entity'>, field: string): z.ZodType | undefined {
  const shape: Readonly<Record<string, z.ZodType>> = recordTypes[entity].schema.shape
  return Object.hasOwn(shape, field) ? shape[field] : undefined
}

/** What was typed as values of the fields; only fields that the operation has. */
function readValues(refused: Refused, typed: Readonly<Record<string, string>>): Result<AnyFields> {
  const known = valuesOf(refused.body)
  const values: Record<string, FieldValue> = {}
  const problems: Record<string, FieldProblem> = {}
  for (const [field, text] of Object.entries(typed)) {
    const schema = Object.hasOwn(known, field) ? schemaOf(refused, field) : undefined
    const read = schema && readValue(schema, text)
    if (read === undefined) problems[field] = text.trim() === '' ? 'required' : 'not-allowed'
    else values[field] = read.value
  }
  return Object.keys(problems).length > 0 ? refuse({ code: 'invalid-input', fields: problems }) : ok(values)
}

/** Nothing, yes, no and numbers arrive as text: the first reading that the field takes. */
function readValue(schema: z.ZodType, text: string): { readonly value: FieldValue } | undefined {
  const readings: readonly FieldValue[] = [
    ...(text === '' ? [null] : []),
    text,
    ...(text === 'true' || text === 'false' ? [text === 'true'] : []),
    ...(/^-?\d+(\.\d+)?$/.test(text) ? [Number(text)] : []),
  ]
  for (const reading of readings) {
    const checked = schema.safeParse(reading)
    if (checked.success) return { value: checked.data as FieldValue } // fields hold nothing else
  }
  return undefined
}

/** The values of a field that has a closed list of them. */
function choicesOf(schema: z.ZodType | undefined): string[] | null {
  const inner = schema instanceof z.ZodNullable ? schema.unwrap() : schema
  if (inner instanceof z.ZodBoolean) return ['true', 'false']
  return inner instanceof z.ZodEnum ? inner.options.map(String) : null
}
