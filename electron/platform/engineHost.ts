import type { StoreProblem } from '../../shared/features/session/sessionContract.ts'
import { ok, refuse } from '../../shared/result.ts'
import type { EngineStart } from '../engine/messages.ts'
import { startEngineWorker, type EngineWorker, type WorkerDeps } from './engineWorker.ts'
import { loadStoreKey, SecretUnreadableError, type SecretFiles } from './secretFiles.ts'

export type EngineHost = Pick<EngineWorker, 'started' | 'call' | 'stop'>

interface EngineHostDeps extends Omit<WorkerDeps, 'script' | 'start'> {
  readonly secrets: SecretFiles
  readonly storeExists: boolean
  readonly start: Omit<EngineStart, 'storeKey'>
}

/** The engine with the store's key; without a key a host that says why and leaves everything as it is. */
export function openEngine({ secrets, storeExists, start, ...deps }: EngineHostDeps): EngineHost {
  const key = findKey(secrets, storeExists)
  if (!(key instanceof Uint8Array)) return closedHost(key)
  const script = new URL('./engine.js', import.meta.url)
  return startEngineWorker({ ...deps, script, start: { ...start, storeKey: key } })
}

function findKey(secrets: SecretFiles, storeExists: boolean): Uint8Array | StoreProblem {
  try {
    return loadStoreKey(secrets, storeExists) ?? { kind: 'key-missing', path: secrets.folder }
  } catch (error) {
    if (error instanceof SecretUnreadableError) return { kind: 'key-unreadable', path: error.path }
    throw error
  }
}

const closedHost = (problem: StoreProblem): EngineHost => ({
  started: Promise.resolve(),
  call: (_actor, name) =>
    Promise.resolve(name === 'session.get' ? ok({ state: 'closed', problem }) : refuse({ code: 'store-closed' })),
  stop: () => Promise.resolve(),
})
