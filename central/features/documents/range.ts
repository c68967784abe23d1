export interface Range {
  /** First byte, from 0. */
  readonly from: number
  /** Last byte. */
  readonly to: number
}

/**
 * The bytes that a Range header asks for: one stretch, as `bytes=0-99`, `bytes=100-` or `bytes=-10`. What cannot be read as
 * one counts as no header (RFC 9110, 14.2).
 *
 * @returns undefined for the whole; `unsatisfiable` for a stretch behind the end.
 */
export function readRange(header: string | undefined, bytes: number): Range | undefined | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return last === '0' ? 'unsatisfiable' : { from: Math.max(0, bytes - Number(last)), to: bytes - 1 }
  const [from, to] = [Number(first), last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)]
  if (last !== '' && Number(last) < from) return undefined
  return from >= bytes ? 'unsatisfiable' : { from, to }
}
