import type { DetailField, DetailGroup } from '../../../shared/features/cases/casesContract.ts'
import { valueText } from '../../app/valueText.ts'

type Entity = DetailGroup['entity']

export const groupTitle: Readonly<Record<Entity, string>> = {
  case: 'Person',
  identifier: 'Number',
  alias: 'Alias',
  address: 'Address',
  contact_detail: 'Telephone or email',
  adjustment: 'Adjustment',
}

/** What names one of several groups of a kind: its number, its alias, its town. */
export function groupName({
  entity,
  fields,
}: {
  readonly entity: Entity
  readonly fields: DetailGroup['fields'] | readonly DetailField[]
}): string {
  const kind = fields.find(one => one.field === 'kind')
  if (entity === 'case' || !kind) return groupTitle[entity]
  const word = valueText(kind, kind.value)
  return entity === 'identifier' || entity === 'contact_detail' ? word : `${groupTitle[entity]}: ${word.toLowerCase()}`
}
