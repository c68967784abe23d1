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
  code: 'Kind',
  number: 'Number',
  sentence: 'Sentence',
  offenceCode: 'Code of the offence',
  offence: 'Offence',
  court: 'Court',
  sentencedOn: 'Sentenced',
  terminatedOn: 'Ended early',
  endedOn: 'Ended',
  amount: 'Amount',
  unit: 'Unit',
  eventId: 'Order',
  nextReviewOn: 'Next review',
  reason: 'Why',
  sensitive: 'Sensitive',
}

/** What a record is called in a line about one of its fields. */
const RECORD_TEXT: Readonly<Record<string, string>> = {
  case: 'Person',
  identifier: 'Number',
  alias: 'Alias',
  register: 'Flag',
  adjustment: 'Adjustment',
  contact_detail: 'Telephone or email',
  address: 'Address',
  event: 'Order',
  requirement: 'Requirement',
  appointment: 'Appointment',
}
export const recordText = (entity: string): string => RECORD_TEXT[entity] ?? entity

export const hasFieldText = (field: string): boolean => Object.hasOwn(FIELD_TEXT, field)

/** The field's name as it is read; the name in the record for one without words. */
export const fieldText = (field: string): string => FIELD_TEXT[field] ?? field
