import type { FieldValue } from '../../shared/sync/recordTypes.ts'
import { dayMonthYear } from '../../shared/time.ts'

/** Fields that have a closed list of answers, with their words. */
const OPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'case.pronoun': { he: 'He', she: 'She', they: 'They', 'not-recorded': 'Not recorded' },
  'case.language': { en: 'English', cy: 'Welsh' },
  'identifier.kind': { crn: 'CRN', pnc: 'PNC', noms: 'NOMS number', cro: 'CRO' },
  'address.kind': { main: 'Main', postal: 'Postal', other: 'Other' },
  'address.status': {
    settled: 'Settled',
    temporary: 'Temporary',
    'no-fixed-abode': 'No fixed abode',
    'approved-premises': 'Approved premises',
    custody: 'Custody',
  },
  'contact_detail.kind': { mobile: 'Mobile', telephone: 'Telephone', email: 'Email' },
  'adjustment.kind': {
    dyslexia: 'Dyslexia',
    interpreter: 'Interpreter',
    hearing: 'Hearing',
    sight: 'Sight',
    mobility: 'Mobility',
    learning: 'Learning',
    'mental-health': 'Mental health',
    other: 'Other',
  },
}

/** Which field of which type of record. */
interface FieldName {
  readonly entity: string
  readonly field: string
}

/** The answers of a field with a closed list; undefined for one that is typed freely. */
export const optionsOf = ({ entity, field }: FieldName): Readonly<Record<string, string>> | undefined =>
  OPTIONS[`${entity}.${field}`]

export const isDateField = ({ field }: Pick<FieldName, 'field'>): boolean =>
  field.endsWith('On') || field === 'dateOfBirth'
export const isLongField = ({ entity, field }: FieldName): boolean => entity === 'adjustment' && field === 'what'

/** A value as it is read. */
export function valueText(name: FieldName, value: FieldValue): string {
  if (value === null || value === '') return 'None'
  if (typeof value !== 'string') return String(value)
  if (isDateField(name) && /^\d{4}-\d{2}-\d{2}$/.test(value)) return dayMonthYear(value)
  return optionsOf(name)?.[value] ?? value
}
