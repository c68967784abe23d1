import type { Contact } from './contact.ts'

/** A contact as the case shows it: the first record with the latest of its corrections. */
export interface EffectiveContact {
  readonly id: string
  readonly fields: Contact
  /** Texts that were replaced, oldest first. */
  readonly earlier: readonly { readonly note: string; readonly reason: string | null }[]
  /** Why it was withdrawn; null while it stands. */
  readonly struckBecause: string | null
  /** Ids of its corrections. */
  readonly correctionIds: readonly string[]
}

interface StoredContact {
  readonly id: string
  readonly fields: Contact
}

/**
 * Puts each first record together with its amendments and its withdrawal.
 *
 * @param contacts first records and corrections in any order; a correction whose first record is not among them is left out.
 * @returns in the order of the first records.
 */
export function withCorrections(contacts: readonly StoredContact[]): readonly EffectiveContact[] {
  const corrections = Map.groupBy(contacts.filter(isCorrection), one => one.fields.amends ?? one.fields.strikes ?? '')
  return contacts.filter(one => !isCorrection(one)).map(first => effective(first, corrections.get(first.id) ?? []))
}

/** Whether the record amends or withdraws another. */
export const isCorrection = ({ fields }: StoredContact): boolean => fields.amends !== null || fields.strikes !== null

function effective(first: StoredContact, corrections: readonly StoredContact[]): EffectiveContact {
  if (corrections.length === 0) return { ...first, earlier: [], struckBecause: null, correctionIds: [] }
  // Ids are made in order of time, so the last id is the latest correction.
  const inOrder = corrections.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const amendments = inOrder.filter(one => one.fields.amends !== null)
  const texts = [first, ...amendments]
  const latest = texts.at(-1) ?? first
  return {
    id: first.id,
    fields: { ...first.fields, note: latest.fields.note, sensitive: texts.some(one => one.fields.sensitive) },
    earlier: texts.slice(0, -1).map((one, place) => ({
      note: one.fields.note,
      reason: texts[place + 1]?.fields.reason ?? null,
    })),
    struckBecause: inOrder.find(one => one.fields.strikes !== null)?.fields.reason ?? null,
    correctionIds: inOrder.map(one => one.id),
  }
}

/** The words around the first hit, for a list: about `lengthMax` characters on one line. */
export function excerpt(note: string, words: readonly string[], lengthMax: number): string {
  const flat = note.replace(/\s+/g, ' ').trim()
  if (flat.length <= lengthMax) return flat
  const places = words.map(word => flat.toLowerCase().indexOf(word.toLowerCase())).filter(place => place >= 0)
  const hit = places.length > 0 ? Math.min(...places) : 0
  const start = hit < lengthMax / 2 ? 0 : flat.indexOf(' ', hit - Math.floor(lengthMax / 3)) + 1
  const cut = flat.slice(start, start + lengthMax)
  return `${start > 0 ? '…' : ''}${cut.trimEnd()}${start + lengthMax < flat.length ? '…' : ''}`
}
