import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { anyValue } from '../../sync/record.ts'
import { filledLine } from '../../text.ts'
import { instant } from '../../time.ts'
import { SETTLE_REASON_MAX } from './conflict.ts'

/** `open`: waits for a person. `being-settled`: this officer has, and the centre has not answered yet. */
const conflictState = z.enum(['open', 'being-settled', 'settled'])

/** A field with two versions, as it is listed: nothing of what it says. */
const conflictLine = z.strictObject({
  conflictId: id,
  caseId,
  /** Whose case it is. */
  name: z.string(),
  entity: z.string(),
  field: z.string(),
  /** Who made the versions, each once. */
  by: z.array(z.string()),
  /** When the first version that does not stand was saved. */
  since: instant,
  state: conflictState,
  /** Who settled it, and when; null while it is open. */
  settledBy: z.string().nullable(),
  settledAt: instant.nullable(),
})
export type ConflictLine = Readonly<Omit<z.infer<typeof conflictLine>, 'by'>> & { readonly by: readonly string[] }

/** One value that somebody gave the field. */
const versionView = z.strictObject({
  value: anyValue,
  /** Null where it was so before the centre kept changes. */
  by: z.string().nullable(),
  at: instant.nullable(),
  isOwn: z.boolean(),
  /** Whether it stands in the record while nothing is settled. */
  stands: z.boolean(),
  reason: z.string().nullable(),
})
export type VersionView = z.infer<typeof versionView>

const conflictView = z.strictObject({
  conflictId: id,
  caseId,
  name: z.string(),
  entity: z.string(),
  field: z.string(),
  /** What the first of them was made from; null also where nobody knows. */
  before: anyValue,
  /** What stands, then the others in the order in which they came. */
  versions: z.array(versionView).min(2),
  state: conflictState,
  /** What it was settled with; null while it is open. */
  settled: z
    .strictObject({ value: anyValue, by: z.string(), at: instant, reason: z.string(), isOwn: z.boolean() })
    .nullable(),
  /** What settling it will be based on. */
  seen: z.strictObject({ baseRev: z.int(), proposals: z.int() }),
  maySettle: z.boolean(),
  /** Whether a text of one's own can be put in the place of all versions. */
  canCombine: z.boolean(),
})

export const conflictsContract = defineContract({
  /** Fields with two versions: of one case, or of all. Beside them what others settled lately in this officer's place. */
  'conflicts.list': {
    input: z.strictObject({ caseId: caseId.nullable() }),
    output: z.strictObject({ open: z.array(conflictLine), settled: z.array(conflictLine) }),
  },
  'conflicts.get': { input: z.strictObject({ caseId, conflictId: id }), output: conflictView },
  /** Chooses what the field shall hold. `seen` is what the officer had before them; ids are made by `forms.ids`. */
  'conflicts.settle': {
    input: z.strictObject({
      actionId: id,
      opId: id,
      caseId,
      conflictId: id,
      value: anyValue,
      seen: conflictView.shape.seen,
      reason: filledLine(SETTLE_REASON_MAX),
    }),
    output: z.strictObject({ actionId: id, undoUntil: instant }),
  },
})
