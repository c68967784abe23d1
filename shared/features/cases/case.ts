import * as z from 'zod'
import { userName } from '../../ids.ts'
import { changingRecord, free, guarded, narrative } from '../../sync/record.ts'
import { filledLine, line, prose } from '../../text.ts'
import { calendarDate } from '../../time.ts'

/** One person's record: who they are. Everything else of the case hangs on its `caseId`, which is this record's id too. */
export const caseRecord = changingRecord(
  {
    givenName: guarded(filledLine(60)),
    familyName: guarded(filledLine(60)),
    /** What the person likes to be called; empty when it is the given name. */
    preferredName: free(line(60)),
    dateOfBirth: guarded(calendarDate.nullable()),
    pronoun: free(z.enum(['he', 'she', 'they', 'not-recorded'])),
    /** Language for letters. */
    language: free(z.enum(['en', 'cy'])),
    /** The case that this one was found to be a copy of. Its rows keep their case id; the view follows. */
    mergedInto: guarded(z.uuid().nullable()),
  },
  () => ['mergedInto'],
)
export type Case = z.infer<typeof caseRecord.schema>

export const aliasRecord = changingRecord({
  givenName: free(line(60)),
  familyName: free(filledLine(60)),
  note: free(line(200)),
})
export type Alias = z.infer<typeof aliasRecord.schema>

/** A number that another system knows the person by. The centre gives the CRN. */
export const identifierRecord = changingRecord(
  {
    kind: guarded(z.enum(['crn', 'pnc', 'noms', 'cro'])),
    value: guarded(filledLine(20)),
  },
  ({ kind }) => (kind === 'crn' ? ['kind', 'value'] : []),
)
export type Identifier = z.infer<typeof identifierRecord.schema>

export const addressRecord = changingRecord({
  kind: guarded(z.enum(['main', 'postal', 'other'])),
  status: guarded(z.enum(['settled', 'temporary', 'no-fixed-abode', 'approved-premises', 'custody'])),
  lines: guarded(line(200)),
  town: guarded(line(60)),
  postcode: guarded(line(10)),
  startOn: guarded(calendarDate.nullable()),
  endOn: guarded(calendarDate.nullable()),
  /** When an officer last made sure that it is right. */
  checkedOn: free(calendarDate.nullable()),
})
export type Address = z.infer<typeof addressRecord.schema>

export const contactDetailRecord = changingRecord({
  kind: free(z.enum(['mobile', 'telephone', 'email'])),
  value: free(filledLine(254)),
  note: free(line(200)),
})
export type ContactDetail = z.infer<typeof contactDetailRecord.schema>

/** Something that changes how to act with this person: an interpreter, plain letters, a hearing loop. */
export const adjustmentRecord = changingRecord({
  kind: free(z.enum(['dyslexia', 'interpreter', 'hearing', 'sight', 'mobility', 'learning', 'mental-health', 'other'])),
  /** What to do, in the officer's words. */
  what: narrative(prose(500)),
  endOn: free(calendarDate.nullable()),
})
export type Adjustment = z.infer<typeof adjustmentRecord.schema>

/** Who works on the case. Written by the centre only. */
export const assignmentRecord = changingRecord(
  {
    userId: guarded(filledLine(64)),
    userName: guarded(userName),
    part: guarded(z.enum(['responsible', 'senior', 'administrator', 'cover'])),
    startOn: guarded(calendarDate),
    endOn: guarded(calendarDate.nullable()),
  },
  'centre',
)
export type Assignment = z.infer<typeof assignmentRecord.schema>

export const fullName = (person: Pick<Case, 'givenName' | 'familyName'>): string =>
  `${person.givenName} ${person.familyName}`

/** What to call the person in a sentence. */
export const calledName = (person: Pick<Case, 'givenName' | 'preferredName'>): string =>
  person.preferredName || person.givenName
