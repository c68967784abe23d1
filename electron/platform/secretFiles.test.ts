import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { developmentSafeStorage } from '../../tests/browser-shell/safeStorage.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import { createSafeStorage } from './safeStorage.ts'
import { loadStoreKey, readSecret, SecretUnreadableError, writeSecret, type SafeStorage } from './secretFiles.ts'

/** Safe storage of one Windows user; another folder is another user. */
const aUser = (folder = aFolder(), label: SafeStorage['label'] = 'operating-system'): SafeStorage => ({
  ...developmentSafeStorage(() => folder),
  label,
})

function anOfficer() {
  const folder = join(aFolder(), 'officers', 'morgan.ashby')
  const path = join(folder, 'store-key.json')
  const secrets = { safeStorage: aUser(), folder }
  return { folder, path, secrets, stored: () => readFileSync(path, 'utf8') }
}

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe("the store's key", () => {
  it('is made once, of 32 random bytes, and is the same ever after', () => {
    const { secrets } = anOfficer()

    const key = loadStoreKey(secrets, false)

    expect(key).toHaveLength(32)
    expect(new Set(key).size).toBeGreaterThan(8)
    expect(Buffer.from(loadStoreKey(secrets, false) ?? [])).toEqual(Buffer.from(key ?? []))
    expect(Buffer.from(loadStoreKey(secrets, true) ?? [])).toEqual(Buffer.from(key ?? []))
    expect(loadStoreKey(anOfficer().secrets, false)).not.toEqual(key)
  })

  it('lies wrapped in a file that only this user can read, and nothing else is left beside it', () => {
    const { secrets, folder, path, stored } = anOfficer()

    const key = loadStoreKey(secrets, false)

    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder)).toEqual(['store-key.json'])
    const { wrapped } = JSON.parse(stored()) as { readonly wrapped: string }
    expect(Buffer.from(wrapped, 'base64').includes(Buffer.from(key ?? []))).toBe(false)
    expect(stored()).not.toContain(Buffer.from(key ?? []).toString('base64'))
  })

  it('is not made anew where a store is already: a new key would lock it for good', () => {
    const { secrets, folder } = anOfficer()

    const key = loadStoreKey(secrets, true)

    expect(key).toBeUndefined()
    expect(existsSync(folder)).toBe(false)
  })

  it.each<[string, (path: string) => void, boolean]>([
    ['another user wrapped it', path => writeSecret(aUser(), path, 'theirs'), true],
    ['half of it is gone', path => writeFileSync(path, '{ "version": 1, "wra'), true],
    ['it is empty', path => writeFileSync(path, ''), false],
    ['it is of a later version', path => writeFileSync(path, '{"version":2,"protectedBy":"tpm"}'), true],
    [
      'a byte of it has changed',
      path => {
        const file = JSON.parse(readFileSync(path, 'utf8')) as { wrapped: string }
        const bytes = Buffer.from(file.wrapped, 'base64').map((byte, at) => (at === 40 ? byte ^ 1 : byte))
        writeFileSync(path, JSON.stringify({ ...file, wrapped: Buffer.from(bytes).toString('base64') }))
      },
      true,
    ],
  ])('that cannot be read is named and left as it is: %s', (_why, spoil, storeExists) => {
    const { secrets, path, stored } = anOfficer()
    loadStoreKey(secrets, false)
    spoil(path)
    const before = stored()

    const thrown = thrownBy(() => loadStoreKey(secrets, storeExists))

    expect(thrown).toBeInstanceOf(SecretUnreadableError)
    expect((thrown as SecretUnreadableError).path).toBe(path)
    expect(stored()).toBe(before)
  })
})

describe('writing a secret', () => {
  it('takes the place of the one before in one step, whatever a power cut left beside it', () => {
    const { secrets, path, folder } = anOfficer()
    writeSecret(secrets.safeStorage, path, 'first')
    writeFileSync(`${path}.new`, 'half of a sec')

    writeSecret(secrets.safeStorage, path, 'second')

    expect(readSecret(secrets.safeStorage, path)).toBe('second')
    expect(readdirSync(folder)).toEqual(['store-key.json'])
  })

  it('leaves the one before where the wrapping fails', () => {
    const { secrets, path } = anOfficer()
    writeSecret(secrets.safeStorage, path, 'first')
    const broken: SafeStorage = {
      ...secrets.safeStorage,
      encryptString() {
        throw new Error('the keyring is locked')
      },
    }

    expect(() => writeSecret(broken, path, 'second')).toThrow('the keyring is locked')

    expect(readSecret(secrets.safeStorage, path)).toBe('first')
  })

  it.each(['operating-system', 'development'] as const)('says in the file who protects it: %s', label => {
    const { path, stored } = anOfficer()

    writeSecret(aUser(aFolder(), label), path, 'secret')

    expect(JSON.parse(stored())).toMatchObject({ version: 1, protectedBy: label })
  })

  it('finds none where there is no file', () => {
    const { secrets, path } = anOfficer()

    expect(readSecret(secrets.safeStorage, path)).toBeUndefined()
  })
})

describe('the safe storage of this PC', () => {
  it('calls itself a development one where no keyring protects it', () => {
    const { label } = createSafeStorage()

    expect(label).toBe(process.platform === 'linux' ? 'development' : 'operating-system')
  })
})
