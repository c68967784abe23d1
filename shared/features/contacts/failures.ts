import { addMonths, londonDate } from '../../time.ts'
import type { Reference, SentenceType } from '../reference/reference.ts'
import type { Event } from '../sentences/sentence.ts'
import { standing, type EffectiveContact } from './contactText.ts'

/** How many failures count today, out of how many, and which they are. */
export interface Failures {
  readonly count: number
  /** The failure at which breach or recall opens; null where the sentence sets none. */
  readonly limit: number | null
  readonly withinMonths: number | null
  readonly afterwards: SentenceType['afterwards']
  /** First day that still counts. */
  readonly since: string
  readonly contacts: { readonly id: string; readonly on: string; readonly outcome: string }[]
  readonly ruleVersion: string
}

/**
 * Counts the failures of one order: contacts of a kind that counts toward national standards, not complied, not struck,
 * and not waiting for evidence. A contact that names another event does not count here, and of one appointment only the first.
 *
 * Simpler than the law: months are counted back from today and not from the warning, and no breach begins the count anew.
 *
 * Source: docs/sources.md#failure-rules
 */
export function countFailures(
  event: { readonly id: string; readonly fields: Event },
  contacts: readonly EffectiveContact[],
  reference: Reference,
  today: string,
): Failures {
  const rule = reference.sentences.get(event.fields.sentence)
  const withinMonths = rule?.failuresWithinMonths ?? null
  const yearAgo = withinMonths === null ? event.fields.startOn : addMonths(today, -withinMonths)
  const since = yearAgo > event.fields.startOn ? yearAgo : event.fields.startOn
  const counted = standing(contacts)
    .filter(contact => isFailure(contact, reference) && belongsTo(contact, event.id))
    .map(contact => ({
      id: contact.id,
      on: londonDate(contact.fields.startedAt),
      outcome: contact.fields.outcome ?? '',
    }))
    .filter(contact => contact.on >= since && contact.on <= today)
  return {
    count: counted.length,
    limit: rule?.failuresMax ?? null,
    withinMonths,
    afterwards: rule?.afterwards ?? 'breach',
    since,
    contacts: counted,
    ruleVersion: `sentences.json ${reference.sentencesVersion}`,
  }
}

/** Whether a contact is a failure to comply. */
export function isFailure({ fields, struckBecause }: EffectiveContact, reference: Reference): boolean {
  const outcome = fields.outcome === null ? undefined : reference.outcomes.get(fields.outcome)
  const counts = reference.contactTypes.get(fields.kind)?.nationalStandards ?? false
  return struckBecause === null && counts && outcome !== undefined && !outcome.complied && outcome.code !== 'AFTA'
}

const belongsTo = ({ fields }: EffectiveContact, eventId: string): boolean =>
  fields.eventId === null || fields.eventId === eventId
