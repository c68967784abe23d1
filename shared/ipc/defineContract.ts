import type * as z from 'zod'

export interface Call {
  readonly input: z.ZodType
  readonly output: z.ZodType
}

/** Keeps the names and schemas of a feature's calls as they are written, so that both sides derive their types from them. */
export const defineContract = <const Calls extends Readonly<Record<string, Call>>>(calls: Calls): Calls => calls
