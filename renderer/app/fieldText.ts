/** Names of the fields of a person's details and of an appointment, as they are read. */
const FIELD_TEXT: Readonly<Record<string, string>> = {
  givenName: 'Given name',
  familyName: 'Family name',
  preferredName: 'Likes to be called',
  dateOfBirth: 'Date of birth',
  pronoun: 'Pronoun',
  language: 'Language of letters',
  mergedInto: 'Is a copy of',
  note: 'Note',
  kind: 'Kind',
  value: 'Value',
  status: 'Status',
  lines: 'Street',
  town: 'Town',
  postcode: 'Postcode',
  startOn: 'From',
  endOn: 'Until',
  checkedOn: 'Checked',
  what: 'What to do',
  startsOn: 'Day',
  startsTime: 'Time',
  statusReason: 'Reason',
  durationMinutes: 'Length',
  place: 'Place',
  toldHow: 'Told',
  reason: 'Why',
  sensitive: 'Sensitive',
}

export const hasFieldText = (field: string): boolean => Object.hasOwn(FIELD_TEXT, field)

/** The field's name as it is read; the name in the record for one without words. */
export const fieldText = (field: string): string => FIELD_TEXT[field] ?? field
