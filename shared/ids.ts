import { v7 } from 'uuid'
import * as z from 'zod'
import { filledLine } from './text.ts'

/** An id made on a workstation or at the centre: a UUID, version 7 where we make it, so that ids sort by age. */
export const id = z.uuid()

const USER_ID_LENGTH_MAX = 64

/**
 * What a row belongs to: a case (UUID), shared reference data (`ref:templates`) or one user's own settings (`me:<user>`).
 * It is the unit of scope, order, repair and revocation.
 */
export const caseId = z
  .string()
  .max('me:'.length + USER_ID_LENGTH_MAX)
  .regex(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|ref:[a-z-]+|me:[A-Za-z0-9._-]+)$/)

/** A user's name at the identity provider, for example `morgan.ashby`. */
export const userId = z
  .string()
  .max(USER_ID_LENGTH_MAX)
  .regex(/^[a-z][a-z0-9._-]*$/)

/** What a user is called, as it stands in every record that names them. */
export const userName = filledLine(100)

/** Where ids and jitter come from. Injected, so that tests and the simulator can repeat a run. */
export interface Random {
  /** `count` random bytes, 1 to 65,536. */
  bytes(count: number): Uint8Array
}

/** A new UUID, version 7, for `now` in UTC milliseconds. */
export const newId = (now: number, random: Random): string => v7({ msecs: now, random: random.bytes(16) })
