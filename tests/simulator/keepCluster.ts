/**
 * Keeps a PostgreSQL of its own in the folder that it is given, for the process that started it: it starts and dies as that
 * process writes, one word a line. It ends, and is removed, with that process, even when that is killed.
 */
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import {
  type Cluster,
  portInUse,
  prepareCluster,
  runProgram,
  startCluster,
  stopCluster,
} from '../../central/postgres/cluster.ts'
import { removeDataFolder } from '../support/centre/dataFolder.ts'

/** What is written for each word that was read, one JSON line each. */
export type ClusterMessage = { readonly port: number; readonly password: string } | { readonly failed: string }

/** It does not end what it was doing, as when the machine fails. */
const dropDead = (cluster: Cluster): Promise<void> =>
  runProgram(cluster, 'pg_ctl', ['stop', '-w', '-s', '-m', 'immediate', '-D', join(cluster.home, 'data')])

async function obey(cluster: Cluster, word: string): Promise<ClusterMessage> {
  try {
    await (word === 'start' ? startCluster(cluster) : dropDead(cluster))
    return { port: portInUse(cluster) ?? 0, password: cluster.password }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

async function keep(folder: string): Promise<void> {
  const words = createInterface(process.stdin)[Symbol.asyncIterator]()
  const cluster = await prepareCluster(folder, () => undefined)
  for (let next = await words.next(); next.done !== true; next = await words.next()) {
    process.stdout.write(`${JSON.stringify(await obey(cluster, next.value))}\n`)
  }
  if (portInUse(cluster) !== undefined) await stopCluster(cluster) // what dies leaves shared memory behind
}

process.stdout.on('error', () => undefined) // whoever would read is gone, and its end is seen on standard input
const [, , folder = ''] = process.argv
await keep(folder).finally(() => {
  removeDataFolder(folder)
})
