import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { DATABASE_USER } from './cluster.ts'

/** What the keeper writes, one JSON line each. */
export type KeeperMessage =
  { readonly say: string } | { readonly port: number; readonly password: string } | { readonly failed: string }

export interface EmbeddedPostgres {
  /** Address of the cluster's maintenance database, with the password. */
  readonly url: string
  /** Settles when the keeper has ended: after `close`, or because PostgreSQL is gone for the reason that it gives. */
  readonly lost: Promise<string>
  /** Ends our use of it. The last process that uses it stops it. */
  close(): Promise<void>
}

/**
 * A real PostgreSQL of our own under `<dataFolder>/postgres`, shared by all processes that open the same folder. It stops
 * when the last of them is closed or killed.
 *
 * @param say is told in one line of each step that takes a while.
 * @throws with the remedy when PostgreSQL cannot be started.
 */
export function openEmbeddedPostgres(dataFolder: string, say: (line: string) => void): Promise<EmbeddedPostgres> {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('keeper.ts', import.meta.url)), dataFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    windowsHide: true,
  })
  keeper.stdin.on('error', () => undefined) // it has ended already
  const opened = Promise.withResolvers<EmbeddedPostgres>()
  let problem = 'The process that keeps PostgreSQL ended. Start again.'
  const lost = once(keeper, 'close').then(() => problem)
  createInterface(keeper.stdout).on('line', line => {
    const message = JSON.parse(line) as KeeperMessage // our own child, of this version
    if ('say' in message) say(message.say)
    else if ('failed' in message) problem = message.failed
    else opened.resolve({ url: urlOf(message), lost, close })
  })
  void lost.then(reason => {
    opened.reject(new Error(reason))
  })
  return opened.promise

  async function close(): Promise<void> {
    keeper.stdin.end()
    await lost
  }
}

const urlOf = ({ port, password }: { readonly port: number; readonly password: string }): string =>
  `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`
