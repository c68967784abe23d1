import { foldText } from '../../text.ts'
import type { Contact } from './contact.ts'

/** A record of a contact: the first one or a correction. */
interface StoredContact {
  readonly id: string
  /** The centre's number of the record; 0 while it has not seen it. */
  readonly version: number
  readonly fields: Contact
}

/** A contact as the case shows it: the first record with the latest of its corrections. */
export interface EffectiveContact extends StoredContact {
  /** Texts that were replaced, oldest first. */
  readonly earlier: readonly { readonly note: string; readonly reason: string | null }[]
  /** Why it was withdrawn; null while it stands. */
  readonly struckBecause: string | null
  /** Ids of its corrections. */
  readonly correctionIds: readonly string[]
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
export const isCorrection = ({ fields }: Pick<StoredContact, 'fields'>): boolean =>
  fields.amends !== null || fields.strikes !== null

/** The order of the centre; what it has not seen comes last, as it was made here. No PC's clock has a say over another's. */
function byCentre(a: StoredContact, b: StoredContact): number {
  return Number(a.version === 0) - Number(b.version === 0) || a.version - b.version || (a.id < b.id ? -1 : 1)
}

/**
 * The contacts that stand, of one appointment only the first: two PCs may have logged its outcome apart.
 *
 * @returns in the order given.
 */
export function standing(contacts: readonly EffectiveContact[]): readonly EffectiveContact[] {
  const stand = contacts.filter(one => one.struckBecause === null)
  const firsts = new Map<string, EffectiveContact>()
  for (const one of stand.toSorted(byCentre)) {
    const appointmentId = one.fields.appointmentId ?? one.id
    if (!firsts.has(appointmentId)) firsts.set(appointmentId, one)
  }
  const counted = new Set(firsts.values())
  return stand.filter(one => counted.has(one))
}

function effective(first: StoredContact, corrections: readonly StoredContact[]): EffectiveContact {
  if (corrections.length === 0) return { ...first, earlier: [], struckBecause: null, correctionIds: [] }
  const inOrder = corrections.toSorted(byCentre)
  const amendments = inOrder.filter(one => one.fields.amends !== null)
  const texts = [first, ...amendments]
  const latest = texts.at(-1) ?? first
  return {
    ...first,
    fields: { ...first.fields, note: latest.fields.note, sensitive: texts.some(one => one.fields.sensitive) },
    earlier: texts.slice(0, -1).map((one, place) => ({
      note: one.fields.note,
      reason: texts[place + 1]?.fields.reason ?? null,
    })),
    struckBecause: inOrder.find(one => one.fields.strikes !== null)?.fields.reason ?? null,
    correctionIds: inOrder.map(one => one.id),
  }
}

/**
 * The words around the first hit, for a list: about `lengthMax` characters on one line. Hits are found as Find finds them,
 * without regard to accents and case.
 */
export function excerpt(note: string, words: readonly string[], lengthMax: number): string {
  const flat = note.replace(/\s+/g, ' ').trim()
  if (flat.length <= lengthMax) return flat
  const hit = firstHit(flat, words)
  const start = hit < lengthMax / 2 ? 0 : startBefore(hit, flat, lengthMax)
  const cut = flat.slice(start, start + lengthMax)
  return `${start > 0 ? '…' : ''}${cut.trimEnd()}${start + lengthMax < flat.length ? '…' : ''}`
}

/** Where the first of the words stands; 0 where none does. */
function firstHit(flat: string, words: readonly string[]): number {
  if (words.length === 0) return 0
  // Notes are stored in normal form C, where a letter folds to one letter: a place in the one is that in the other.
  const folded = foldText(flat)
  const places = words.map(word => folded.indexOf(foldText(word))).filter(place => place >= 0)
  return places.length > 0 ? Math.min(...places) : 0
}

/** The first whole word of the third before the hit; the third itself where no word begins in it. */
function startBefore(hit: number, flat: string, lengthMax: number): number {
  const from = hit - Math.floor(lengthMax / 3)
  const space = flat.indexOf(' ', from)
  return space >= 0 && space < hit ? space + 1 : from
}
