import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract, type CallName } from '../../shared/ipc/contract.ts'
import { developmentSafeStorage } from '../../tests/browser-shell/safeStorage.ts'
import { morgan } from '../../tests/support/builders.ts'
import { noNetwork } from '../../tests/support/ports.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import { openEngine } from './engineHost.ts'
import { loadStoreKey, type SafeStorage } from './secretFiles.ts'

/** Main of an officer whose store is there, before it opens the engine. */
function aPc({ storeExists = true } = {}) {
  const folder = aFolder()
  const keys = aFolder()
  const safeStorage: SafeStorage = { ...developmentSafeStorage(() => keys), label: 'development' }
  const open = () =>
    openEngine({
      secrets: { safeStorage, folder },
      storeExists,
      start: {
        folder,
        migrations: '',
        resources: '',
        version: '0.0.0',
        enrolment: { actor: morgan, officeName: 'Northfold', isDemo: false, centre: null },
        demo: null,
      },
      network: noNetwork,
      probe: { probe: () => Promise.resolve([]) },
      onChanged: () => undefined,
      log: () => undefined,
    })
  return { folder, safeStorage, path: join(folder, 'store-key.json'), open }
}

describe('a store without its key', () => {
  it('is left closed: the window hears that the key is missing, and no new one is made', async () => {
    const { open, folder, path } = aPc()

    const host = open()

    await host.started
    expect(await host.call(morgan, 'session.get', {})).toEqual({
      ok: true,
      value: { state: 'closed', problem: { kind: 'key-missing', path: folder } },
    })
    expect(existsSync(path)).toBe(false)
    await host.stop()
  })

  it('is left closed: the window hears which key cannot be read, and the file is as it was', async () => {
    const { open, folder, path, safeStorage } = aPc()
    loadStoreKey({ safeStorage, folder }, false)
    const spoilt = readFileSync(path, 'utf8').replace(/"wrapped": "..../, '"wrapped": "AAAA')
    writeFileSync(path, spoilt)

    const host = open()

    await host.started
    expect(await host.call(morgan, 'session.get', {})).toEqual({
      ok: true,
      value: { state: 'closed', problem: { kind: 'key-unreadable', path } },
    })
    expect(readFileSync(path, 'utf8')).toBe(spoilt)
    await host.stop()
  })

  it('says that the disk is full while a new key cannot be written, and makes it when there is room', async () => {
    const { open, folder, path } = aPc({ storeExists: false })
    symlinkSync('/dev/full', `${path}.new`)

    const host = open()

    expect(await host.call(morgan, 'session.get', {})).toEqual({
      ok: true,
      value: { state: 'closed', problem: { kind: 'not-writable', cause: 'disk-full', path: folder } },
    })
    expect(existsSync(path)).toBe(false)
    rmSync(`${path}.new`)
    await host.call(morgan, 'session.get', {}) // there is no built engine here to answer it
    expect(existsSync(path)).toBe(true)
    await host.stop()
  })

  it('answers in the shape of the contract, and refuses every other call', async () => {
    const host = aPc().open()
    const others = (Object.keys(contract) as CallName[]).filter(name => name !== 'session.get')

    const session = await host.call(morgan, 'session.get', {})
    const refused = await Promise.all(others.map(name => host.call(morgan, name, {})))

    expect(session.ok && contract['session.get'].output.safeParse(session.value).success).toBe(true)
    expect(new Set(refused.map(one => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ ok: false, error: { code: 'store-closed' } })]),
    )
    await host.stop()
  })
})
