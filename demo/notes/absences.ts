import { daysBetween } from '../days.ts'
import { at } from '../random.ts'

/** Why somebody was not there, by outcome. `{waited}` is a quarter to half an hour after the time, `{rang}` a little before it. */
export const absenceNotes: Readonly<Record<string, readonly string[]>> = {
  UAAB: [
    'No contact by {waited}. Rang at {rang}: no answer, left a message.',
    'Did not attend and did not ring. Tried the mobile at {rang} and {waited}, straight to voicemail both times.',
    'Not here by {waited}. Rang at {rang}: {he} could not get here in time and gave no reason that I can accept.',
    'No sign by {waited}. Text sent at {rang}, read but not answered.',
    'Did not attend. Rang at {rang}: answered, no good reason. Told {him} that this is a failure and that a letter follows.',
  ],
  AFTA: [
    'Did not attend. Rang at {rang}: at the walk-in centre with chest pain since the night. Asked for proof by {proofBy}.',
    'Not here by {waited}. {His} {sibling} rang at {rang}: stomach bug, cannot leave the house. Proof asked for by {proofBy}.',
    'Rang at {rang} to say {he} had been called to the school about {his} {childOrNephew}. Asked for something from the school by {proofBy}.',
    'Did not attend. Said on the telephone at {rang} that the job centre had moved {him} to the same hour. To bring the letter by {proofBy}.',
  ],
  AAME: [
    'Rang at {early}: vomiting in the night. Fit note for three days seen as a picture, original to follow.',
    'Hospital appointment at the same time, letter seen last week. Acceptable.',
    'Migraine; rang before the time and sent a picture of the prescription.',
    'Emergency dentist. Slip with date and time sent by email.',
  ],
  AAEM: [
    'Job interview at the same hour. Email from the employer seen.',
    'Trial shift offered at short notice. Rang {himself} yesterday and sent the message from the employer.',
    'Induction at work all day. Letter on file.',
    'Called in for an extra shift; rota seen. Reminded {him} to ring first.',
  ],
  AAFC: [
    '{His} {parent} was taken to hospital this morning. Rang from the ward.',
    'Funeral of an uncle. Order of service seen.',
    'Nobody to look after {his} {childOrNephew}; school shut by a burst pipe. Checked on the school page.',
    '{His} {sibling} had a baby in the night and {he} {was} needed with the older one.',
  ],
  AAHO: [
    'Holiday agreed on {since}: four days with family. Back next week.',
    'Away for a family wedding, agreed beforehand. Ticket seen.',
  ],
  AACL: [
    'At court as a witness. Court letter seen.',
    "Solicitor's appointment about the tenancy that could not be moved; email seen.",
  ],
  AARE: ['Religious festival, told us two weeks ago. Acceptable.', 'Funeral prayers for a relative. Acceptable.'],
  AAAA: [
    'No buses after the flood on the Quay road. Checked with the bus company. Acceptable.',
    'Locked out and waiting for the landlord, who confirmed it by telephone.',
  ],
  CO05: [
    'No proof, but the account fits what the GP told us and {he} rang before the time. Treated as acceptable; agreed with the senior.',
  ],
  AFDA: [
    'Recorded as waiting for evidence on the day. Hospital letter seen since: acceptable.',
    'Missed, and proof came within the week: a discharge note with the same date. Acceptable.',
  ],
  RSSR: [
    'Moved by us: officer off sick. Told by telephone at {early}.',
    'Moved by us, training day. {Name} was told the week before.',
  ],
  RSOF: [
    'Rang at {early} to ask for another time because of a shift. Moved; told in the same call.',
    'Asked to move it for a meeting at the school. Agreed, since {he} rang in good time.',
  ],
}

/** What somebody says afterwards of a missed appointment: always the same of the same day. */
export const reasonFor = (missedOn: string): string => at(failureReasons, daysBetween('2020-01-01', missedOn))

const failureReasons: readonly string[] = [
  'overslept',
  'had mixed up the days',
  'had been out late the night before',
  'thought it was the week after',
  'had a row at home and walked about until it was too late to ring',
  'had no credit on the phone and did not think of walking over',
]

/** Somebody came and did not comply. */
export const refusals: Readonly<Record<string, readonly string[]>> = {
  AFTC: [
    'Arrived, but would not put the phone away and left after ten minutes, saying {he} had better things to do. Told that it counts as a failure.',
    'Refused the exercise agreed last time and would not say why. Explained twice what follows. Ended the meeting early.',
  ],
  ATSH: [
    'Arrived smelling of drink and unsteady. Sent home with {his} {sibling}; told that it counts as a failure and a letter follows.',
    'Shouted at the front desk about the wait and would not sit down. Sent home. No threats made.',
  ],
}
