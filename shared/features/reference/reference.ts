import * as z from 'zod'
import { calendarDate } from '../../time.ts'

/** The data files under `resources/reference/`, as they are checked when loaded. Each names its source in `docs/sources.md`. */
const file = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ version: z.int().min(1), source: z.string().startsWith('docs/sources.md#'), ...shape })

const code = z.string().min(1).max(10)
const label = z.string().min(1).max(140)

/** What the timeline can be filtered by. */
export const contactCategory = z.enum([
  'meeting',
  'home-visit',
  'call',
  'message',
  'letter',
  'programme',
  'unpaid-work',
  'enforcement',
  'custody-and-court',
  'monitoring',
  'information',
  'administrative',
  'system',
  'other',
])
export type ContactCategory = z.infer<typeof contactCategory>

export const contactType = z.strictObject({
  code,
  label,
  /** Whether it counts toward national standards, and so toward failures. */
  nationalStandards: z.boolean(),
  category: contactCategory,
  /** `appointment`: can be arranged. `logged`: an officer records it. `entry`: arrives from elsewhere. */
  use: z.enum(['appointment', 'logged', 'entry']),
  where: z.enum(['office', 'home', 'remote', 'elsewhere']).nullable(),
  /** True of what settles the letter that an absence owes: one that was sent, asked of the administrator, or withdrawn. */
  settlesLetter: z.boolean().optional(),
  /** True where the name could not be checked against a second source. */
  unverified: z.boolean().optional(),
})
export type ContactType = z.infer<typeof contactType>

export const outcome = z.strictObject({
  code,
  label,
  complied: z.boolean(),
  attendance: z.enum(['attended', 'absent', 'neither']),
  /** Whether the officer must decide what happens next. */
  needsDecision: z.boolean(),
  group: z.enum(['attended', 'absence', 'acceptable', 'rescheduled', 'other']),
})
export type Outcome = z.infer<typeof outcome>

export const registerType = z.strictObject({
  code,
  label,
  reviewMonths: z.int().min(1).max(60).nullable(),
  endsWithTheOrder: z.boolean(),
  severity: z.enum(['high', 'medium', 'low']),
  rosh: z.enum(['very-high', 'high', 'medium', 'low']).nullable(),
})
export type RegisterType = z.infer<typeof registerType>
export type Rosh = NonNullable<RegisterType['rosh']>

export const sentenceType = z.strictObject({
  kind: z.enum(['community-order', 'suspended-sentence-order', 'licence', 'post-sentence-supervision']),
  label,
  /** The failure at which `afterwards` opens; null where no number is set. */
  failuresMax: z.int().min(1).max(10).nullable(),
  /** Within how many months failures count together; null for the whole order. */
  failuresWithinMonths: z.int().min(1).max(60).nullable(),
  afterwards: z.enum(['breach', 'recall']),
})
export type SentenceType = z.infer<typeof sentenceType>

/** A kind of file that may be attached, by the end of its name. */
export const documentType = z.strictObject({
  extension: z.string().regex(/^[a-z0-9]{1,10}$/),
  mediaType: z.string().min(1),
  label,
})
export type DocumentType = z.infer<typeof documentType>

const timing = z.strictObject({
  id: z.enum(['evidence', 'warning-letter', 'first-appointment', 'initial-plan', 'breach-to-court']),
  limit: z.int().min(1).max(100),
  unit: z.enum(['days', 'working-days']),
  label,
  confidence: z.string(),
})
export type Timing = z.infer<typeof timing>

/** Every file by its name, without `.json`. */
export const referenceFiles = {
  'contact-types': file({ types: z.array(contactType) }),
  outcomes: file({ outcomes: z.array(outcome) }),
  'enforcement-actions': file({
    actions: z.array(
      z.strictObject({
        code,
        label,
        /** Null where the source does not say. */
        leavesActionOutstanding: z.boolean().nullable(),
        responseDays: z.int().min(1).max(100).nullable(),
      }),
    ),
  }),
  registers: file({ registers: z.array(registerType) }),
  requirements: file({
    requirements: z.array(z.strictObject({ code, label, unit: z.enum(['days', 'hours', 'months', 'none']) })),
  }),
  sentences: file({ sentences: z.array(sentenceType) }),
  timings: file({ timings: z.array(timing) }),
  'bank-holidays': file({ area: z.string(), knownUntil: calendarDate, days: z.array(calendarDate) }),
  'document-types': file({ types: z.array(documentType) }),
  offences: file({ offences: z.array(z.strictObject({ code: z.string().regex(/^\d{5}$/), label })) }),
} as const

export type ReferenceFileName = keyof typeof referenceFiles
export type ReferenceFiles = { readonly [Name in ReferenceFileName]: z.infer<(typeof referenceFiles)[Name]> }

/** What the window needs of the reference data: all but the offences, which are looked up by code where they are shown. */
export const windowReference = z.strictObject({
  contactTypes: z.array(contactType),
  outcomes: z.array(outcome),
  registers: z.array(registerType),
  sentences: z.array(sentenceType),
  documentTypes: z.array(documentType),
  holidays: z.array(calendarDate),
  holidaysKnownUntil: calendarDate,
})
export type WindowReference = z.infer<typeof windowReference>

/** The reference data, ready to ask. */
export interface Reference {
  readonly contactTypes: ReadonlyMap<string, ContactType>
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly registers: ReadonlyMap<string, RegisterType>
  readonly requirements: ReadonlyMap<string, { readonly label: string; readonly unit: string }>
  readonly sentences: ReadonlyMap<string, SentenceType>
  /** Version of the file that `sentences` came from. */
  readonly sentencesVersion: number
  /** By the end of their names. */
  readonly documentTypes: ReadonlyMap<string, DocumentType>
  readonly offences: ReadonlyMap<string, string>
  readonly holidays: ReadonlySet<string>
  /** Last day for which the bank holidays are known. */
  readonly holidaysKnownUntil: string
  /** Days, or working days, of a timing. */
  timing(id: Timing['id']): Timing
}

/**
 * Reads every file through `readJson`, checks it and makes it ready to ask.
 *
 * @throws when a file is missing or not as its schema says, with its name and the place in it: the application is broken,
 * not the user's data.
 */
export function loadReference(readJson: (name: ReferenceFileName) => unknown): Reference {
  const files = readFiles(readJson)
  const timings = new Map(files.timings.timings.map(one => [one.id, one]))
  return {
    contactTypes: byCode(files['contact-types'].types),
    outcomes: byCode(files.outcomes.outcomes),
    registers: byCode(files.registers.registers),
    requirements: byCode(files.requirements.requirements),
    sentences: new Map(files.sentences.sentences.map(one => [one.kind, one])),
    sentencesVersion: files.sentences.version,
    documentTypes: new Map(files['document-types'].types.map(one => [one.extension, one])),
    offences: new Map(files.offences.offences.map(one => [one.code, one.label])),
    holidays: new Set(files['bank-holidays'].days),
    holidaysKnownUntil: files['bank-holidays'].knownUntil,
    timing(id) {
      const found = timings.get(id)
      if (!found) throw new Error(`timings.json has no ${id}`)
      return found
    },
  }
}

function readFiles(readJson: (name: ReferenceFileName) => unknown): ReferenceFiles {
  const names = Object.keys(referenceFiles) as readonly ReferenceFileName[] // the names that it was written with
  return Object.fromEntries(names.map(name => [name, checked(name, readJson(name))])) as ReferenceFiles // each by its schema
}

function checked(name: ReferenceFileName, json: unknown): unknown {
  const { data, error } = referenceFiles[name].safeParse(json)
  if (error) throw new Error(`resources/reference/${name}.json: ${z.prettifyError(error)}`, { cause: error })
  return data
}

const byCode = <Item extends { readonly code: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map(item => [item.code, item]))
