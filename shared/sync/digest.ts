import type { WireRow } from './protocol.ts'

/** A row as far as a digest looks at it. */
export type DigestedRow = Pick<WireRow, 'entity' | 'id' | 'version'>

/** What the rows of a case come to: how many there are, and a number that is another one when any of them is. */
export interface CaseDigest {
  readonly count: number
  /** 16 hexadecimal digits. */
  readonly digest: string
}

/** SHA-256 of a text. */
export type Sha256 = (text: string) => Uint8Array

/**
 * Adds up rows in any order: the first eight bytes of the hash of each, combined by exclusive or. Both sides work it out by
 * themselves, so the same rows in the same versions give the same digest.
 */
export function createDigest(sha256: Sha256): {
  readonly add: (row: DigestedRow) => void
  readonly result: () => CaseDigest
} {
  const bytes = new Uint8Array(8)
  let count = 0
  return {
    add({ entity, id, version }) {
      const hash = sha256(`${entity} ${id} ${version}`)
      for (let place = 0; place < bytes.length; place++) bytes[place] = (bytes[place] ?? 0) ^ (hash[place] ?? 0)
      count++
    },
    result: () => ({ count, digest: [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('') }),
  }
}
