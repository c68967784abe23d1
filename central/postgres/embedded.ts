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
  /** Settles when the keeper has ended: after `close`, or because PostgreSQL is gone and does not start again. */
  readonly lost: Promise<void>
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
export async function openEmbeddedPostgres(dataFolder: string, say: (line: string) => void): Promise<EmbeddedPostgres> {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('keeper.ts', import.meta.url)), dataFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    windowsHide: true,
  })
  keeper.stdin.on('error', () => undefined) // it has ended already
  const lost = once(keeper, 'exit').then(() => undefined)
  for await (const line of createInterface(keeper.stdout)) {
    const message = JSON.parse(line) as KeeperMessage // our own child, of this version
    if ('say' in message) say(message.say)
    else if ('failed' in message) throw new Error(message.failed)
    else return { url: urlOf(message), lost, close }
  }
  throw new Error('The process that keeps PostgreSQL ended. Start again.')

  async function close(): Promise<void> {
    keeper.stdin.end()
    await lost
  }
}

const urlOf = ({ port, password }: { readonly port: number; readonly password: string }): string =>
  `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`
