import { describe, expect, it } from 'vitest'
import * as records from '../../shared/features/cases/case.ts'
import { fieldText } from './fieldText.ts'
import { isDateField, optionsOf, valueText } from './valueText.ts'

describe('the words of the details', () => {
  it.each([
    [{ entity: 'case', field: 'dateOfBirth' }, '1991-05-14', '14 May 1991'],
    [{ entity: 'case', field: 'language' }, 'cy', 'Welsh'],
    [{ entity: 'address', field: 'status' }, 'no-fixed-abode', 'No fixed abode'],
    [{ entity: 'address', field: 'endOn' }, null, 'None'],
    [{ entity: 'contact_detail', field: 'note' }, '', 'None'],
    [{ entity: 'requirement', field: 'amount' }, 20, '20'],
    [{ entity: 'contact_detail', field: 'value' }, '07700 900 461', '07700 900 461'],
  ] as const)('show %o with %s as "%s"', (name, value, text) => {
    expect(valueText(name, value)).toBe(text)
  })

  it.each([
    ['case', records.caseRecord],
    ['identifier', records.identifierRecord],
    ['alias', records.aliasRecord],
    ['address', records.addressRecord],
    ['contact_detail', records.contactDetailRecord],
    ['adjustment', records.adjustmentRecord],
  ] as const)('name every field of %s, and every answer of its closed lists', (entity, { schema }) => {
    for (const [field, shape] of Object.entries(schema.shape)) {
      expect(fieldText(field)).not.toBe(field)
      const { options } = shape as { readonly options?: readonly string[] } // only closed lists have them
      if (options) expect(Object.keys(optionsOf({ entity, field }) ?? {})).toEqual(options)
      expect(isDateField({ field })).toBe(/On$|OfBirth$/.test(field))
    }
  })
})
