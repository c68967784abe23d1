import { createHash, timingSafeEqual } from 'node:crypto'
import type { Random } from '../../../shared/ids.ts'

const SECRET_BYTES = 32
const BEARER = /^Bearer ([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/

/** What a device shows with every request: who it is, and a secret of which the centre keeps the hash only. */
interface Token {
  readonly deviceId: string
  readonly secret: string
}

export function newSecret(random: Random): string {
  return Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url')
}

export const tokenText = ({ deviceId, secret }: Token): string => `${deviceId}.${secret}`

/** @returns undefined for a header that holds no token of this form. */
export function readBearer(header: string): Token | undefined {
  const [, deviceId, secret] = BEARER.exec(header) ?? []
  return deviceId && secret ? { deviceId, secret } : undefined
}

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares in the same time whatever the difference. */
export const isSecretOf = (secret: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(hash, 'hex'))
