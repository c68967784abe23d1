/**
 * As many items as fit, at least one: an item larger than a page must still come through.
 *
 * @param limitBytes of their JSON, before compression.
 */
export function takePage<Item>(items: readonly Item[], limitBytes: number): readonly Item[] {
  let bytes = 0
  const end = items.findIndex((item, place) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1
    return place > 0 && bytes > limitBytes
  })
  return end === -1 ? items : items.slice(0, end)
}

// A contact with a short note. Of smaller items a page holds fewer than it could, of larger ones some are read in vain.
const ITEM_BYTES_TYPICAL = 500

/** How many items to read for a page, and one more to see whether there are more. */
export const itemsToRead = (limitBytes: number): number => Math.ceil(limitBytes / ITEM_BYTES_TYPICAL) + 1
