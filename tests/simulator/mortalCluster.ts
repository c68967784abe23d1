import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DATABASE_USER } from '../../central/postgres/cluster.ts'
import type { ClusterMessage } from './keepCluster.ts'

/** A real PostgreSQL that this process alone uses, and that can die. */
export interface MortalCluster {
  /** @returns its address, which stays the same. */
  start(): Promise<string>
  /** `pg_ctl stop -m immediate`. */
  die(): Promise<void>
  /** Removes it. */
  close(): Promise<void>
}

export function aMortalCluster(): MortalCluster {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-simulated-centre-'))
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'keepCluster.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // so that Ctrl-C reaches its owner first
  })
  const ended = once(keeper, 'close')
  const lines = createInterface(keeper.stdout)[Symbol.asyncIterator]()

  async function tell(word: 'start' | 'die'): Promise<Exclude<ClusterMessage, { readonly failed: string }>> {
    keeper.stdin.write(`${word}\n`)
    const { value } = await lines.next()
    if (value === undefined) throw new Error('the process that keeps PostgreSQL has ended')
    const message = JSON.parse(value) as ClusterMessage // our own child, of this version
    if ('failed' in message) throw new Error(message.failed)
    return message
  }

  return {
    async start() {
      const { port, password } = await tell('start')
      return `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`
    },
    async die() {
      await tell('die')
    },
    async close() {
      keeper.stdin.end()
      await ended
    },
  }
}
