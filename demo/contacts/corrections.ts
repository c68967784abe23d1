import type { CaseFacts } from '../caseFacts.ts'
import type { Dice } from '../random.ts'
import type { IdMaker } from '../rows.ts'
import { fillIn } from '../words.ts'
import type { WrittenContact } from './contactRows.ts'

/** What went wrong in the record of this case and was put right: how many rows that takes is settled before the rest. */
export interface CorrectionPlan {
  readonly kind: 'amend' | 'strike-wrong' | 'strike-double'
  /** Rows on top of the first record. */
  readonly rows: number
}

/** Cases with fewer contacts than this have no corrections. */
const CONTACTS_MIN = 12

export function planCorrection(contacts: number, dice: Dice): CorrectionPlan | null {
  const share = dice.next()
  if (contacts < CONTACTS_MIN) return null
  if (share < 0.1) return { kind: 'amend', rows: 1 }
  if (share < 0.14) return { kind: 'strike-wrong', rows: 1 }
  return share < 0.17 ? { kind: 'strike-double', rows: 2 } : null
}

export type Correctable = Pick<WrittenContact, 'id' | 'fields'>

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The contacts with their corrections, ids in order of time. */
export function withCorrection(
  contacts: readonly WrittenContact[],
  plan: CorrectionPlan | null,
  { facts, makeId, dice }: { readonly facts: CaseFacts; readonly makeId: IdMaker; readonly dice: Dice },
): readonly Correctable[] {
  if (plan === null) return contacts
  const suited = contacts.filter(one => suits(one, plan, contacts))
  const chosen = dice.pick(suited.length > 0 ? suited : contacts)
  const idLater = (ms: number): string => makeId(chosen.recordedAt + ms)
  const rows =
    suited.length > 0
      ? CORRECTIONS[plan.kind](chosen, idLater, { facts, dice })
      : addedTo(chosen, plan.rows, idLater, facts)
  return [...contacts.filter(one => one !== chosen), ...rows].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

const SUITABLE = {
  amend: new Set(['COAP', 'CHVS', 'COPT', 'C084']),
  'strike-wrong': new Set(['CTOA', 'CTOB', 'CMOA']),
  'strike-double': new Set(['CUPA', 'RARP', 'COAP']),
} as const

/** Not among the last few days, when the correction would lie in the future. */
function suits(
  { fields, recordedAt }: WrittenContact,
  { kind }: CorrectionPlan,
  all: readonly WrittenContact[],
): boolean {
  const newest = all[all.length - 1]?.recordedAt ?? 0
  const isFit = { amend: fields.outcome === 'ATTC', 'strike-wrong': true, 'strike-double': fields.credits > 0 }[kind]
  return SUITABLE[kind].has(fields.kind) && isFit && recordedAt < newest - 3 * DAY_MS
}

type Correct = (
  contact: WrittenContact,
  idLater: (ms: number) => string,
  story: { readonly facts: CaseFacts; readonly dice: Dice },
) => readonly Correctable[]

const CORRECTIONS: Readonly<Record<CorrectionPlan['kind'], Correct>> = {
  amend: (contact, idLater, { facts, dice }) => {
    const { wrong, right, reason } = mended(contact.fields.note, facts, dice)
    const first = { id: contact.id, fields: { ...contact.fields, note: wrong } }
    const later = { ...contact.fields, appointmentId: null, requirementId: null, credits: 0, note: right }
    return [first, { id: idLater(DAY_MS), fields: { ...later, amends: contact.id, reason } }]
  },
  'strike-wrong': (contact, idLater) => [
    contact,
    struck(
      contact,
      idLater(2 * HOUR_MS),
      'Entered on the wrong record. It belongs to another person and is there now.',
    ),
  ],
  'strike-double': (contact, idLater) => {
    const double = { id: idLater(2 * MINUTE_MS), fields: { ...contact.fields, appointmentId: null } }
    return [
      contact,
      double,
      struck(double, idLater(2 * HOUR_MS), 'Entered twice. The first entry stands and counts once.'),
    ]
  },
}

/** For a case without anything that suits: something was left out, once or twice. */
function addedTo(
  contact: WrittenContact,
  count: number,
  idLater: (ms: number) => string,
  facts: CaseFacts,
): readonly Correctable[] {
  const plain = {
    ...contact.fields,
    appointmentId: null,
    requirementId: null,
    credits: 0,
    amends: contact.id,
    reason: LEFT_OUT_REASON,
  }
  const texts = LEFT_OUT.slice(0, count).map(text => fillIn(text, facts.story.words))
  return [
    contact,
    ...texts.map((_, place) => ({
      id: idLater((place + 1) * HOUR_MS),
      fields: { ...plain, note: [contact.fields.note, ...texts.slice(0, place + 1)].join('\n\n') },
    })),
  ]
}

/** A strike carries the credits of what it withdraws, so that they can be taken off. */
const struck = ({ id, fields }: Correctable, strikeId: string, reason: string): Correctable => ({
  id: strikeId,
  fields: { ...fields, appointmentId: null, note: '', strikes: id, reason },
})

const LEFT_OUT_REASON = 'Something was left out of the first note.'
const LEFT_OUT = [
  '{Name} also asked about help with travel. Claim form given.',
  'Address and number checked as well: unchanged.',
  '{He} had a letter from the GP with {him}; copy on file.',
]

/** A wrong figure where the note has one, else something that was left out. */
function mended(
  note: string,
  { story }: CaseFacts,
  dice: Dice,
): { readonly wrong: string; readonly right: string; readonly reason: string } {
  const figure = /£(\d)(\d)(\d)\b/.exec(note)
  const [, a = '', b = '', c = ''] = figure ?? []
  if (figure && b !== c) {
    return {
      wrong: note.replace(figure[0], `£${a}${c}${b}`),
      right: note,
      reason: `Typing error: ${figure[0]}, not £${a}${c}${b}.`,
    }
  }
  return { wrong: note, right: `${note}\n\n${fillIn(dice.pick(LEFT_OUT), story.words)}`, reason: LEFT_OUT_REASON }
}
