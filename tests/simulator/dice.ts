import { createHash } from 'node:crypto'
import type { Random } from '../../shared/ids.ts'

/** Chance that comes again with the same seed. */
export interface Dice extends Random {
  /** A whole number from 0, below `end`. */
  below(end: number): number
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  /** True in that share of all throws. */
  happens(share: number): boolean
  /** @throws for an empty list. */
  one<Item>(items: readonly Item[]): Item
  /** Each item is in with that share. */
  some<Item>(items: readonly Item[], share: number): readonly Item[]
  /** Dice of their own, so that one more throw here changes nothing there. */
  apart(name: string): Dice
}

const BLOCK_BYTES = 32

export function aDice(seed: string): Dice {
  let block = Buffer.alloc(0)
  let blocks = 0

  function bytes(count: number): Uint8Array {
    const parts: Buffer[] = []
    let missing = count
    while (missing > 0) {
      if (block.length === 0) {
        blocks++
        block = createHash('sha256').update(`${seed}:${blocks}`).digest()
      }
      const part = block.subarray(0, Math.min(missing, BLOCK_BYTES))
      block = block.subarray(part.length)
      parts.push(part)
      missing -= part.length
    }
    return new Uint8Array(Buffer.concat(parts))
  }

  const share = (): number => Buffer.from(bytes(4)).readUInt32BE() / 2 ** 32
  const below = (end: number): number => Math.floor(share() * end)
  return {
    bytes,
    below,
    between: (from, to) => from + below(to - from + 1),
    happens: wanted => share() < wanted,
    one(items) {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('there is nothing to choose from')
      return item
    },
    some: (items, wanted) => items.filter(() => share() < wanted),
    apart: name => aDice(`${seed}/${name}`),
  }
}
