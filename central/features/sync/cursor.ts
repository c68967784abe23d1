import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { REGION } from '../../db/region.ts'

const cursor = z.strictObject({
  region: z.literal(REGION),
  /** Everything up to this number of the counter has been given out. */
  seq: z.int().min(0),
  /** A cursor is of use to this device only. */
  device: z.string(),
  /** While the first list of grants is given out: the case it has come to. */
  grantsAfter: z.string().nullable(),
})
export type Cursor = Omit<z.infer<typeof cursor>, 'region'>

/** The cursor as the workstation keeps it: it can neither be read as a promise nor made up. */
export function sealCursor(secret: string, { seq, device, grantsAfter }: Cursor): string {
  const payload = Buffer.from(JSON.stringify({ region: REGION, seq, device, grantsAfter })).toString('base64url')
  return `${payload}.${sign(secret, payload).toString('base64url')}`
}

/** @returns undefined for a cursor that this centre did not give to this device. */
export function openCursor(secret: string, sealed: string, device: string): Cursor | undefined {
  const [payload = '', signature = ''] = sealed.split('.')
  const given = Buffer.from(signature, 'base64url')
  const due = sign(secret, payload)
  if (given.length !== due.length || !timingSafeEqual(given, due)) return undefined
  const opened = cursor.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  return opened.device === device ? opened : undefined
}

const sign = (secret: string, payload: string): Buffer => createHmac('sha256', secret).update(payload).digest()
