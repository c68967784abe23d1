import type * as z from 'zod'
import type { Actor } from '../../../shared/access/actor.ts'
import { mayAct } from '../../../shared/access/mayAct.ts'
import type { DetailField, DetailGroup } from '../../../shared/features/cases/casesContract.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type FieldProblem, type Result } from '../../../shared/result.ts'
import { endBeforeStart, isOrderedDate } from '../../../shared/sync/dateOrder.ts'
import { operationType } from '../../../shared/sync/protocol.ts'
import { centresField, recordTypes, type AnyFields } from '../../../shared/sync/recordTypes.ts'
import type { Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import {
  findPerson,
  listAddresses,
  listAdjustments,
  listAliases,
  listAssignments,
  listContactDetails,
  listIdentifiers,
} from '../../../db/features/cases/casesRepository.ts'
import { listBeingSettled } from '../../../db/outbox/settlements.ts'
import { type ConflictRow, listOpenOfCase } from '../../../db/features/conflicts/conflictsRepository.ts'
import { recordStates } from '../../../db/outbox/recordStates.ts'
import { readRecord } from '../../../db/records/recordStore.ts'
import type { Stored } from '../../../db/records/splitRow.ts'
import type { ReadAudit } from '../../readAudit.ts'
import { findCaseFacts, type SaveAction, type SavedAction } from '../../saveAction.ts'

interface DetailsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly readAudit: ReadAudit
  readonly save: SaveAction
}

type DetailEntity = DetailField['entity']

/** Who the person is, field by field, each of which can be changed by itself. */
export function createDetailsService({ db, clock, readAudit, save }: DetailsDeps) {
  return {
    details(actor: Actor, { caseId }: { readonly caseId: string }): Result<Answer<'cases.details'>> {
      const refused = readAudit.openCase(actor, caseId)
      if (refused) return refused
      const person = findPerson(db, caseId)
      const facts = findCaseFacts(db, clock, caseId)
      if (!person || !facts) return refuse({ code: 'not-found' })
      const being = listBeingSettled(db)
      const conflicts = listOpenOfCase(db, caseId).filter(one => !being.has(one.id))
      const stateOf = recordStates(db, caseId)
      const groups = (entity: DetailEntity, rows: readonly Stored<object>[]): readonly DetailGroup[] =>
        rows
          .map(row => groupOf(entity, row as Stored<AnyFields>, { conflicts, stateOf })) // rows of changing records hold plain values
          .filter(group => group.fields.length > 0)
      return ok({
        groups: [
          ...groups('case', [person]),
          ...groups('contact_detail', listContactDetails(db, caseId)),
          ...groups('address', listAddresses(db, caseId)),
          ...groups('adjustment', listAdjustments(db, caseId)),
          ...groups('alias', listAliases(db, caseId)),
          ...groups('identifier', listIdentifiers(db, caseId)),
        ],
        assigned: listAssignments(db, caseId)
          .filter(one => one.fields.endOn === null || one.fields.endOn >= facts.today)
          .map(one => `${one.fields.userName}, ${one.fields.part}`),
        mayEdit: mayAct(actor, 'case.patch', facts),
      })
    },

    editField(actor: Actor, edit: Input<'cases.editField'>): Result<SavedAction> {
      const { actionId, opId, caseId, entity, id, field, baseRev } = edit
      const schema: Readonly<Record<string, z.ZodType>> = recordTypes[entity].schema.shape
      const fieldSchema = Object.hasOwn(schema, field) ? schema[field] : undefined
      if (!fieldSchema) return refuse({ code: 'not-permitted', action: `${entity}.${field}` })
      // An empty control means "not known" where the field can be without a value.
      const wanted = edit.value === '' && fieldSchema.safeParse(null).success ? null : edit.value
      const checked = fieldSchema.safeParse(wanted)
      if (!checked.success)
        return refuse({ code: 'invalid-input', fields: { [field]: problemOf(checked.error, edit.value) } })
      const value = checked.data as string | null // details are text or nothing
      // The centre may have taken the record away since it was shown.
      const row = readRecord(db, { entity, caseId, id })
      if (!row) return refuse({ code: 'not-found' })
      if (centresField(entity, row.fields, { [field]: value }) !== undefined)
        return refuse({ code: 'not-permitted', action: `${entity}.${field}` })
      if (isOrderedDate(field) && endBeforeStart({ ...row.fields, [field]: value }) !== undefined)
        return refuse({ code: 'invalid-input', fields: { [field]: 'ends-before-start' } })
      return save(actor, {
        actionId,
        caseId,
        operations: [
          {
            opId,
            type: operationType(entity, 'patch'),
            caseId,
            id,
            body: { patch: [{ field, baseRev, baseOp: null, value }] },
          },
        ],
        detail: { field },
      })
    },
  }
}

interface GroupFacts {
  readonly conflicts: readonly ConflictRow[]
  readonly stateOf: (id: string) => DetailField['state']
}

/** What may be changed of one record; what only the centre writes, as the CRN, stands at the top of the case. */
function groupOf(entity: DetailEntity, row: Stored<AnyFields>, { conflicts, stateOf }: GroupFacts): DetailGroup {
  const classes: Readonly<Record<string, string>> = recordTypes[entity].classes
  const fields = Object.entries(row.fields)
    .filter(([field, value]) => centresField(entity, row.fields, { [field]: value }) === undefined)
    .map(([field, value]): DetailField => {
      const conflict = conflicts.find(
        ({ fields }) => fields.rowEntity === entity && fields.rowId === row.id && fields.field === field,
      )
      return {
        entity,
        id: row.id,
        field,
        value: value === null ? null : String(value),
        baseRev: row.fieldRev[field] ?? 0,
        isGuarded: classes[field] === 'guarded',
        state: conflict ? 'needs-you' : stateOf(row.id),
        conflictId: conflict?.id ?? null,
      }
    })
  return { entity, id: row.id, fields }
}

function problemOf(error: z.ZodError, value: string | null): FieldProblem {
  const [issue] = error.issues
  if (!value) return 'required'
  if (issue?.code === 'too_big') return 'too-long'
  return issue?.code === 'invalid_format' ? 'not-a-date' : 'not-allowed'
}
