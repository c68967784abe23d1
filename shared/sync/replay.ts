import type { OperationBody } from './protocol.ts'
import type { AnyFields } from './recordTypes.ts'

/**
 * What the officer sees of a row: what the centre last confirmed, with this workstation's unsent operations on top, in order.
 *
 * @param confirmed the fields the centre confirmed; null for a row it has not seen.
 * @returns null when nothing has made the row yet.
 */
export function replay(confirmed: AnyFields | null, operations: readonly OperationBody[]): AnyFields | null {
  return operations.reduce(applyOperation, confirmed)
}

function applyOperation(fields: AnyFields | null, operation: OperationBody): AnyFields | null {
  if ('create' in operation) return operation.create
  if (fields === null) return null
  return { ...fields, ...Object.fromEntries(operation.patch.map(({ field, value }) => [field, value])) }
}
