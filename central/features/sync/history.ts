import type { FieldPatch } from '../../../shared/sync/protocol.ts'
import type { FieldValue } from '../../../shared/sync/recordTypes.ts'
import type { KnownChange, Result, Row } from './pushState.ts'

/** The revision that the author of a patch knew: where it builds on an operation of their own, what that one led to. */
export const baseOf = ({ field, baseRev, baseOp }: FieldPatch, results: ReadonlyMap<string, Result>): number =>
  (baseOp === null ? undefined : results.get(baseOp)?.revs[field]) ?? baseRev

/**
 * What a field held at a revision, followed back from what it holds now.
 *
 * @returns undefined where that is not known.
 */
export function valueAt(
  { fields, fieldRev }: Row,
  field: string,
  rev: number,
  history: ReadonlyMap<number, KnownChange>,
): { readonly value: FieldValue } | undefined {
  let found: { readonly rev: number; readonly value: FieldValue } | undefined = {
    rev: fieldRev[field] ?? 0,
    value: fields[field] ?? null,
  }
  while (found && found.rev !== rev) found = history.get(found.rev)?.before?.[field]
  return found
}
