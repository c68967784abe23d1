/** How large a page may be. */
export interface PageLimit {
  /** Of the items' JSON, before compression. */
  readonly bytes: number
  /** How many are taken at most, so that a page need not read much more than it gives. */
  readonly items: number
}

/** @param typicalBytes of one item: of smaller ones a page holds fewer than it could, of larger ones some are read in vain. */
export const pageLimit = (bytes: number, typicalBytes: number): PageLimit => ({
  bytes,
  items: Math.ceil(bytes / typicalBytes),
})

/** Bytes of a contact with a short note. */
export const ROW_BYTES = 500
/** Bytes of a grant. */
export const GRANT_BYTES = 90

/** How many items to read for a page: one more than it can hold, to see whether there are more. */
export const itemsToRead = (limit: PageLimit): number => limit.items + 1

/** Bytes of these items as JSON. */
export const bytesOf = (items: readonly unknown[]): number =>
  items.reduce<number>((bytes, item) => bytes + Buffer.byteLength(JSON.stringify(item)) + 1, 0)

/** As many items as fit, at least one: an item larger than a page must still come through. */
export function takePage<Item>(items: readonly Item[], limit: PageLimit): readonly Item[] {
  let bytes = 0
  const end = items.findIndex((item, place) => {
    bytes += bytesOf([item])
    return place > 0 && (bytes > limit.bytes || place === limit.items)
  })
  return end === -1 ? items : items.slice(0, end)
}
