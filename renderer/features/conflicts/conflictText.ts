import type { Answer } from '../../../shared/ipc/contract.ts'
import { fieldText, recordText } from '../../app/fieldText.ts'
import { stampText } from '../../app/words.ts'

export type Conflict = Answer<'conflicts.get'>
export type Version = Conflict['versions'][number]

/** `Settle: Leanne Oddfellow, address, town`. */
export const titleText = ({ name, entity, field, state }: Pick<Conflict, 'name' | 'entity' | 'field' | 'state'>) =>
  `${state === 'open' ? 'Settle' : 'Settled'}: ${name}, ${whichText({ entity, field })}`

/** `address, town`. */
export const whichText = ({ entity, field }: Pick<Conflict, 'entity' | 'field'>): string =>
  `${recordText(entity)}, ${fieldText(field)}`.toLowerCase()

/** Whose version it is, and when they saved it: `Yours, 09:41`, `Dev Larkhill, 09:20, stands in the record`. */
export function byText({ by, at, isOwn, stands, reason }: Version, today: string): string {
  const whose = isOwn ? 'Yours' : (by ?? 'As it was before')
  return [
    whose,
    ...(at === null ? [] : [stampText(at, today)]),
    ...(stands ? ['stands in the record'] : []),
    ...(reason === null ? [] : [`“${reason}”`]),
  ].join(', ')
}

/** One’s own version first, then what stands, then the others as they came. */
export const inOrder = (versions: readonly Version[]): readonly Version[] =>
  versions.toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn))

/** Who settled it, when and why. */
export function settledText(settled: NonNullable<Conflict['settled']>, today: string): string {
  const who = settled.isOwn ? 'You' : settled.by
  return `${who} settled it, ${stampText(settled.at, today)}: “${settled.reason}”`
}
