import type * as z from 'zod'
import type { Actor } from '../../../shared/access/actor.ts'
import { mayAct } from '../../../shared/access/mayAct.ts'
import type { ConflictLine, VersionView } from '../../../shared/features/conflicts/conflictsContract.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type Result } from '../../../shared/result.ts'
import { endBeforeStart } from '../../../shared/sync/dateOrder.ts'
import { operationType } from '../../../shared/sync/protocol.ts'
import { type Entity, type FieldValue, isEntity, recordTypes } from '../../../shared/sync/recordTypes.ts'
import type { Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import {
  type ConflictRow,
  findConflict,
  listOpenConflicts,
  listOpenOfCase,
  listSettledConflicts,
} from '../../../db/features/conflicts/conflictsRepository.ts'
import { listBeingSettled } from '../../../db/outbox/settlements.ts'
import { readRecord, type StoredRow } from '../../../db/records/recordStore.ts'
import type { PeopleView } from '../../peopleView.ts'
import { ONE_DAY_MS, ONE_READING_MS, type ReadAudit } from '../../readAudit.ts'
import { findCaseFacts, type SaveAction, type SavedAction } from '../../saveAction.ts'

interface ConflictsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly readAudit: ReadAudit
  readonly peopleOf: PeopleView
  readonly save: SaveAction
}

/** For so long an officer is told what others settled in their place. */
const TOLD_MS = 7 * ONE_DAY_MS

/** Fields with two versions: which, what each says, and settling them with a reason. */
export function createConflictsService({ db, clock, readAudit, peopleOf, save }: ConflictsDeps) {
  return {
    list(actor: Actor, { caseId }: Input<'conflicts.list'>): Result<Answer<'conflicts.list'>> {
      if (caseId !== null) {
        const refused = readAudit.openCase(actor, caseId)
        if (refused) return refused
      }
      const now = clock.now()
      const isListed = (one: ConflictRow) => readAudit.mayRead(actor, one.caseId)
      const open = (caseId === null ? listOpenConflicts(db, now) : listOpenOfCase(db, caseId)).filter(isListed)
      const settled = listSettledConflicts(db, now, now - TOLD_MS).filter(
        one => (caseId === null || one.caseId === caseId) && isListed(one) && isNewsTo(actor, one),
      )
      const lines = linesOf([...open, ...settled])
      if (caseId === null) {
        readAudit.read(actor, {
          action: 'list.read',
          key: 'conflicts',
          withinMs: ONE_READING_MS,
          detail: { list: 'conflicts', cases: new Set(lines.map(one => one.caseId)).size },
        })
      }
      return ok({ open: lines.slice(0, open.length), settled: lines.slice(open.length) })
    },

    get(actor: Actor, { caseId, conflictId }: Input<'conflicts.get'>): Result<Answer<'conflicts.get'>> {
      const refused = readAudit.openCase(actor, caseId)
      if (refused) return refused
      const found = findWithRow(caseId, conflictId)
      if (!found) return refuse({ code: 'not-found' })
      const { conflict, entity, row } = found
      const facts = findCaseFacts(db, clock, caseId)
      const { fields } = conflict
      return ok({
        conflictId,
        caseId,
        name: nameOf(caseId),
        entity,
        field: fields.field,
        before: fields.before,
        versions: versionsOf(actor, conflict),
        state: stateOf(conflict, listBeingSettled(db)),
        settled: settledOf(actor, conflict),
        seen: { baseRev: row.fieldRev[fields.field] ?? 0, proposals: fields.proposals },
        maySettle: facts !== undefined && mayAct(actor, `${entity}.settle`, facts),
        canCombine: schemaOf(entity, fields.field)?.safeParse('words').success === true,
      })
    },

    settle(actor: Actor, given: Input<'conflicts.settle'>): Result<SavedAction> {
      const { actionId, opId, caseId, conflictId, seen, reason } = given
      if (!readAudit.mayRead(actor, caseId)) return refuse({ code: 'not-found' })
      const found = findWithRow(caseId, conflictId)
      if (!found) return refuse({ code: 'not-found' })
      const { conflict, entity, row } = found
      const { field, rowId, settledByName } = conflict.fields
      if (settledByName !== null) return refuse({ code: 'settled-meanwhile', by: settledByName })
      const checked = schemaOf(entity, field)?.safeParse(given.value)
      if (!checked?.success) return refuse({ code: 'invalid-input', fields: { value: 'not-allowed' } })
      const value = checked.data as FieldValue // no record type has a nested field
      if (endBeforeStart({ ...row.fields, [field]: value }) !== undefined)
        return refuse({ code: 'invalid-input', fields: { value: 'ends-before-start' } })
      const body = {
        patch: [{ field, baseRev: seen.baseRev, baseOp: null, value }],
        settles: { conflictId, proposals: seen.proposals },
      }
      return save(actor, {
        actionId,
        caseId,
        operations: [{ opId, type: operationType(entity, 'settle'), caseId, id: rowId, body, reason }],
        detail: { field, conflictId, reason },
      })
    },
  }

  function findWithRow(
    caseId: string,
    conflictId: string,
  ): { readonly conflict: ConflictRow; readonly entity: Entity; readonly row: StoredRow } | undefined {
    const conflict = findConflict(db, caseId, conflictId)
    const { rowEntity: entity = '', rowId = '' } = conflict?.fields ?? {}
    // The field may be one that only a later version knows.
    if (!conflict || !isEntity(entity)) return undefined
    const row = readRecord(db, { entity, caseId, id: rowId })
    return row && { conflict, entity, row }
  }

  function linesOf(conflicts: readonly ConflictRow[]): readonly ConflictLine[] {
    const people = peopleOf([...new Set(conflicts.map(one => one.caseId))])
    const being = listBeingSettled(db)
    return conflicts.map(one => {
      const { fields, proposed } = one
      return {
        conflictId: one.id,
        caseId: one.caseId,
        name: people.get(one.caseId)?.name ?? '',
        entity: fields.rowEntity,
        field: fields.field,
        by: [...new Set([fields.standingByName, ...proposed.map(by => by.byName)].filter(name => name !== null))],
        since: Math.min(...proposed.map(by => by.at)),
        state: stateOf(one, being),
        settledBy: fields.settledByName,
        settledAt: fields.settledAt,
      }
    })
  }

  function nameOf(caseId: string): string {
    return peopleOf([caseId]).get(caseId)?.name ?? ''
  }
}

const schemaOf = (entity: Entity, field: string): z.ZodType | undefined => {
  const shape: Readonly<Record<string, z.ZodType>> = recordTypes[entity].schema.shape
  return Object.hasOwn(shape, field) ? shape[field] : undefined
}

const stateOf = ({ id, fields }: ConflictRow, being: ReadonlySet<string>): ConflictLine['state'] =>
  fields.state === 'settled' ? 'settled' : being.has(id) ? 'being-settled' : 'open'

/** Somebody else settled what this officer had a version of. */
const isNewsTo = ({ userId }: Actor, { fields, proposed }: ConflictRow): boolean =>
  fields.settledById !== userId && (fields.standingById === userId || proposed.some(one => one.byId === userId))

function versionsOf({ userId }: Actor, { fields, proposed }: ConflictRow): readonly VersionView[] {
  const { standing, standingById, standingByName, standingAt } = fields
  return [
    {
      value: standing,
      by: standingByName,
      at: standingAt,
      isOwn: standingById === userId,
      stands: true,
      reason: null,
    },
    ...proposed.map(({ value, byId, byName, at, reason }) => {
      return { value, by: byName, at, isOwn: byId === userId, stands: false, reason }
    }),
  ]
}

function settledOf({ userId }: Actor, { fields }: ConflictRow): Answer<'conflicts.get'>['settled'] {
  const { settledValue, settledByName, settledById, settledAt, reason } = fields
  if (settledByName === null || settledAt === null || reason === null) return null
  return { value: settledValue, by: settledByName, at: settledAt, reason, isOwn: settledById === userId }
}
