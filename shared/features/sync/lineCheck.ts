import * as z from 'zod'
import { instant } from '../../time.ts'

/** The parts of the line in the order in which they carry a request. With a proxy the first two are the way to it. */
export const hopNames = ['name', 'connection', 'proxy', 'tls', 'service', 'sign-in', 'clock'] as const

/** A clock that is further off than this is told of. */
export const FAR_OFF_MS = 5 * 60 * 1000

/** Why a part of the line fails, in a closed list: each has its sentence and its remedy in the window. */
export const hopCode = z.enum([
  'name-not-found',
  'name-server-silent',
  'connection-refused',
  'connection-silent',
  'connection-no-way',
  'proxy-sign-in',
  'proxy-refused',
  'certificate-unknown',
  'certificate-expired',
  'certificate-wrong-name',
  'tls-failed',
  'service-silent',
  'not-our-service',
  'other-centre',
  'service-newer',
  'service-busy',
  'service-fault',
  'wrong-token',
  'clock-fast',
  'clock-slow',
])
export type HopCode = z.infer<typeof hopCode>

const hop = z.strictObject({
  hop: z.enum(hopNames),
  state: z.enum(['passed', 'warned', 'failed', 'not-used', 'not-tried']),
  code: hopCode.nullable(),
  /** How long it took; of a clock how far off it is. Milliseconds. */
  tookMs: z.int().nullable(),
})
export type Hop = z.infer<typeof hop>

export const lineCheck = z.strictObject({
  isRunning: z.boolean(),
  /** The last one that came to its end. */
  last: z.strictObject({ at: instant, hops: z.array(hop) }).nullable(),
})
export type LineCheck = z.infer<typeof lineCheck>
