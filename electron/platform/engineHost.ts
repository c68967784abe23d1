import { diskProblemOf } from '../../db/diskProblem.ts'
import type { StoreProblem } from '../../shared/features/session/sessionContract.ts'
import { ok, refuse } from '../../shared/result.ts'
import type { EngineStart } from '../engine/messages.ts'
import { startEngineWorker, type EngineWorker, type WorkerDeps } from './engineWorker.ts'
import { loadStoreKey, SecretUnreadableError, type SecretFiles } from './secretFiles.ts'

interface EngineHostDeps extends Omit<WorkerDeps, 'script' | 'start'> {
  readonly secrets: SecretFiles
  readonly storeExists: boolean
  readonly start: Omit<EngineStart, 'storeKey'>
}

/**
 * The engine with the store's key; without a key a host that says why and leaves everything as it is. Where the key could
 * not be written that is tried again each time the window asks for the session.
 */
export function openEngine(deps: EngineHostDeps): EngineWorker {
  let { host, canTryAgain } = tryToOpen(deps)
  return {
    started: host.started,
    call(actor, name, input) {
      if (canTryAgain && name === 'session.get') ({ host, canTryAgain } = tryToOpen(deps))
      return host.call(actor, name, input)
    },
    lineChanged() {
      host.lineChanged()
    },
    stop: () => host.stop(),
  }
}

function tryToOpen({ secrets, storeExists, start, ...deps }: EngineHostDeps) {
  const key = findKey(secrets, storeExists)
  if (!(key instanceof Uint8Array)) return { host: closedHost(key), canTryAgain: key.kind === 'not-writable' }
  const script = new URL('./engine.js', import.meta.url)
  const host: EngineWorker = startEngineWorker({ ...deps, script, start: { ...start, storeKey: key } })
  return { host, canTryAgain: false }
}

function findKey(secrets: SecretFiles, storeExists: boolean): Uint8Array | StoreProblem {
  try {
    return loadStoreKey(secrets, storeExists) ?? { kind: 'key-missing', path: secrets.folder }
  } catch (error) {
    if (error instanceof SecretUnreadableError) return { kind: 'key-unreadable', path: error.path }
    const cause = diskProblemOf(error)
    if (cause === undefined) throw error
    return { kind: 'not-writable', cause, path: secrets.folder }
  }
}

const closedHost = (problem: StoreProblem): EngineWorker => ({
  started: Promise.resolve(),
  call: (_actor, name) =>
    Promise.resolve(name === 'session.get' ? ok({ state: 'closed', problem }) : refuse({ code: 'store-closed' })),
  lineChanged: () => undefined,
  stop: () => Promise.resolve(),
})
