import { safeStorage } from 'electron'
import type { SafeStorage } from './secretFiles.ts'

/** Electron's safe storage: DPAPI on Windows. A Linux without a keyring gives no protection, and the files say so. */
export function createSafeStorage(): SafeStorage {
  const isProtected = process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
  return {
    encryptString: plain => safeStorage.encryptString(plain),
    decryptString: wrapped => safeStorage.decryptString(wrapped),
    label: isProtected ? 'operating-system' : 'development',
  }
}
