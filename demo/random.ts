import { invariant } from '../shared/result.ts'

/** A stream of chance that depends on its seeds alone, so that the same seeds tell the same story. */
export interface Dice {
  /** 0 or more, below 1. */
  next(): number
  /** A whole number, both ends included. */
  between(from: number, to: number): number
  /** True for that share of the throws, 0 to 1. */
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** As `pick`, each item as often as its weight says. */
  pickWeighted<Item>(items: readonly (readonly [item: Item, weight: number])[]): Item
  bytes(count: number): Uint8Array
}

/**
 * Dice for these seeds: xoshiro128** (Blackman and Vigna, 2018), its state filled by splitmix32 from a hash of the seeds.
 * Each subject takes its own dice, so a change in one of them leaves the others as they were.
 */
export function diceOf(...seeds: readonly (string | number)[]): Dice {
  const draw = xoshiro(hash(seeds.join('/')))
  const next = (): number => draw() / 2 ** 32
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    chance: share => next() < share,
    pick: items => at(items, Math.floor(next() * items.length)),
    pickWeighted: items => byShare(items, next()),
    bytes: count => fillBytes(new Uint8Array(count), draw),
  }
}

function fillBytes(bytes: Uint8Array, draw: () => number): Uint8Array {
  for (let place = 0; place < bytes.length; place++) bytes[place] = draw() >>> 24
  return bytes
}

/** The item at a share of the whole weight, 0 or more and below 1. */
export function byShare<Item>(items: readonly (readonly [item: Item, weight: number])[], share: number): Item {
  let left = share * items.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of items) {
    left -= weight
    if (left < 0) return item
  }
  return at(items, items.length - 1)[0]
}

/** The item at that place of a list, counted round and round. */
export function at<Item>(items: readonly Item[], place: number): Item {
  const item = items[((place % items.length) + items.length) % items.length]
  invariant(item !== undefined, 'lists of the demo are never empty')
  return item
}

// Fractional parts of square roots: each fills the unit interval evenly, and no two of them keep step with each other.
const STEPS = [2, 3, 5, 6, 7, 13, 14, 11].map(root => Math.sqrt(root) % 1)

/**
 * A share for the case at `index`, 0 or more and below 1, that is spread evenly as the index grows. Plain dice would give
 * some offices of forty people no high risk at all, and others a dozen.
 */
export function evenShare(seed: number, trait: number, index: number): number {
  const start = xoshiro(hash(`${seed}/trait/${trait}`))() / 2 ** 32
  return (start + index * at(STEPS, trait)) % 1
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let place = 0; place < text.length; place++) value = Math.imul(value ^ text.charCodeAt(place), 0x01000193)
  return value >>> 0
}

function xoshiro(seed: number): () => number {
  let filler = seed
  const fill = (): number => {
    filler = (filler + 0x9e3779b9) | 0
    let mixed = Math.imul(filler ^ (filler >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
  let [a, b, c, d] = [fill(), fill(), fill(), fill()]
  return () => {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
}
