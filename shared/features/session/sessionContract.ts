import * as z from 'zod'
import { defineContract } from '../../ipc/defineContract.ts'
import { role } from '../../sync/protocol.ts'
import { instant } from '../../time.ts'
import { windowReference } from '../reference/reference.ts'

/** Settings of this officer on this PC. */
export const settings = z.strictObject({
  /** Whether single letters act in lists and choice groups (WCAG 2.1.4). */
  singleKeys: z.boolean(),
  colourScheme: z.enum(['light', 'dark', 'auto']),
})
export type Settings = z.infer<typeof settings>

/** Why the store did not open. Nothing was deleted in any of these. */
export const storeProblem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('newer'), found: z.int(), known: z.int() }),
  z.strictObject({ kind: z.literal('key-missing'), path: z.string() }),
  z.strictObject({ kind: z.literal('key-unreadable'), path: z.string() }),
  z.strictObject({
    kind: z.literal('not-writable'),
    cause: z.enum(['disk-full', 'read-only', 'locked', 'io', 'corrupt']),
    path: z.string(),
  }),
])
export type StoreProblem = z.infer<typeof storeProblem>

/** What was saved from a damaged store, and where the damaged file is kept. */
export const damagedStore = z.strictObject({
  keptAs: z.string(),
  at: instant,
  entriesSaved: z.int(),
  draftsSaved: z.int(),
})
export type DamagedStore = z.infer<typeof damagedStore>

export const session = z.strictObject({
  userId: z.string(),
  userName: z.string(),
  role,
  officeName: z.string(),
  isDemo: z.boolean(),
  hasCentre: z.boolean(),
  version: z.string(),
  settings,
  /** Set once after a damaged store was replaced, until it is acknowledged. */
  damaged: damagedStore.nullable(),
})
export type Session = z.infer<typeof session>

export const sessionContract = defineContract({
  'session.get': {
    input: z.strictObject({}),
    output: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('open'), session }),
      z.strictObject({ state: z.literal('closed'), problem: storeProblem }),
    ]),
  },
  'session.set': { input: settings.partial(), output: settings },
  'session.acknowledgeDamage': { input: z.strictObject({}), output: z.null() },
  'session.reference': { input: z.strictObject({}), output: windowReference },
})
