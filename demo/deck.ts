import { at, type Dice } from './random.ts'

/** Deals texts and keeps those that are used apart until all of a list have been: few come twice in one case. */
export interface Deck {
  from<Item>(items: readonly Item[]): Item
}

export function deckOf(dice: Dice): Deck {
  const used = new Set<unknown>()
  return {
    from(items) {
      const start = dice.between(0, items.length - 1)
      for (let step = 0; step < items.length; step++) {
        const item = at(items, start + step)
        if (used.has(item)) continue
        used.add(item)
        return item
      }
      for (const item of items) used.delete(item)
      const first = at(items, start)
      used.add(first)
      return first
    },
  }
}
