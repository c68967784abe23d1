import * as z from 'zod'
import { filledLine } from '../text.ts'

/**
 * What happens when two people change the same field while apart.
 * - `free`: the later at the centre wins, both values stay in the history.
 * - `narrative`: a longer text keeps the changes of both, sentence by sentence; where they meet, a person settles it.
 * - `guarded`: nothing is overwritten; a person settles it.
 */
export type FieldClass = 'free' | 'narrative' | 'guarded'

/** What one field may hold: nothing is nested, so that each field can be compared and merged by itself. */
export const anyValue = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()])

interface ClassedField<Schema extends z.ZodType> {
  readonly fieldClass: FieldClass
  readonly schema: Schema
}
type ClassedFields = Readonly<Record<string, ClassedField<z.ZodType>>>

export const free = <Schema extends z.ZodType>(schema: Schema): ClassedField<Schema> => ({ fieldClass: 'free', schema })
export const narrative = <Schema extends z.ZodType<string>>(schema: Schema): ClassedField<Schema> => ({
  fieldClass: 'narrative',
  schema,
})
export const guarded = <Schema extends z.ZodType>(schema: Schema): ClassedField<Schema> => ({
  fieldClass: 'guarded',
  schema,
})

type Shape<Fields extends ClassedFields> = { [Name in keyof Fields]: Fields[Name]['schema'] }

/** Of a record with these values, the fields that only the centre writes; `centre` where it writes the whole record. */
type CentresFields<Fields> =
  'centre' | ((values: Readonly<Record<string, unknown>>) => readonly (keyof Fields & string)[])

/**
 * A type of record that changes field by field. A field without a class does not compile.
 *
 * @param centresFields is asked for nothing where workstations may write every field.
 */
export function changingRecord<Fields extends ClassedFields>(
  fields: Fields,
  centresFields: CentresFields<Fields> = () => [],
) {
  const names = Object.keys(fields)
  const shape = Object.fromEntries(names.map(name => [name, fields[name]?.schema])) as Shape<Fields> // same keys, each its schema
  const classes = Object.fromEntries(names.map(name => [name, fields[name]?.fieldClass])) as Record<
    keyof Fields & string,
    FieldClass
  > // same keys, each its class
  return { kind: 'changing', schema: z.strictObject(shape), classes, centresFields } as const
}

/**
 * A type of record that is written once. A correction is a new record with `amends`, a withdrawal one with `strikes`,
 * both with a `reason`, so nothing is ever overwritten and nothing can conflict.
 */
export function appendOnlyRecord<Shape extends z.ZodRawShape>(shape: Shape) {
  return { kind: 'append-only', schema: z.strictObject({ ...shape, ...corrections }) } as const
}

const corrections = {
  /** The record whose text this one replaces. */
  amends: z.uuid().nullable(),
  /** The record that this one withdraws. */
  strikes: z.uuid().nullable(),
  /** Why it was amended or struck; null on a first record. */
  reason: filledLine(500).nullable(),
}
