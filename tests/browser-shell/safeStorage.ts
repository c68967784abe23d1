import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Stands in for the operating system's safe storage: a key in a file that only this user can read. It protects against
 * nobody who can read that file, and every secret that it wraps says "development".
 */
export function developmentSafeStorage(folder: () => string) {
  function key(): Buffer {
    const path = join(folder(), 'development-only.key')
    if (!existsSync(path)) {
      mkdirSync(folder(), { recursive: true, mode: 0o700 })
      writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' })
    }
    return Buffer.from(readFileSync(path, 'utf8'), 'base64')
  }

  return {
    getSelectedStorageBackend: (): string => 'basic_text',
    encryptString(plain: string): Buffer {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key(), nonce)
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    decryptString(wrapped: Buffer): string {
      const decipher = createDecipheriv('aes-256-gcm', key(), wrapped.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
