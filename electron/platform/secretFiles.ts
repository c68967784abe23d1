import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'

/** Wraps secrets so that only this Windows user can read them. The product's is Electron's; the shell has its own. */
export interface SafeStorage {
  encryptString(plain: string): Buffer
  decryptString(wrapped: Buffer): string
  /** Said in the file, so that nobody takes a development key for a protected one. */
  readonly label: 'operating-system' | 'development'
}

const secretFile = z.strictObject({
  version: z.literal(1),
  protectedBy: z.enum(['operating-system', 'development']),
  wrapped: z.base64(),
})

const KEY_BYTES = 32

/** A secret that is there but cannot be read by this user on this PC. The file is left as it is. */
export class SecretUnreadableError extends Error {
  readonly path: string

  constructor(path: string, cause: unknown) {
    super('the secret cannot be unwrapped', { cause })
    this.name = 'SecretUnreadableError'
    this.path = path
  }
}

export interface SecretFiles {
  readonly safeStorage: SafeStorage
  readonly folder: string
}

/**
 * The store's key: 32 random bytes, made the first time.
 *
 * @returns undefined when the key is missing although `storeExists`: a new key would make the store unreadable for good.
 * @throws SecretUnreadableError
 */
export function loadStoreKey({ safeStorage, folder }: SecretFiles, storeExists: boolean): Uint8Array | undefined {
  const path = join(folder, 'store-key.json')
  const known = readSecret(safeStorage, path)
  if (known !== undefined) return Buffer.from(known, 'base64')
  if (storeExists) return undefined
  const key = randomBytes(KEY_BYTES)
  writeSecret(safeStorage, path, key.toString('base64'))
  return key
}

/** The secret in the file, or undefined where there is none. */
export function readSecret(safeStorage: SafeStorage, path: string): string | undefined {
  if (!existsSync(path)) return undefined
  try {
    const { wrapped } = secretFile.parse(JSON.parse(readFileSync(path, 'utf8')))
    return safeStorage.decryptString(Buffer.from(wrapped, 'base64'))
  } catch (error) {
    throw new SecretUnreadableError(path, error)
  }
}

/** Writes the secret as a new file that takes the place of the old one in one step. */
export function writeSecret(safeStorage: SafeStorage, path: string, plain: string): void {
  const wrapped = safeStorage.encryptString(plain).toString('base64')
  const content: z.infer<typeof secretFile> = { version: 1, protectedBy: safeStorage.label, wrapped }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const fresh = `${path}.new`
  const file = openSync(fresh, 'w', 0o600)
  writeSync(file, `${JSON.stringify(content, null, 2)}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(fresh, path)
}
