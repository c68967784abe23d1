import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, DATABASE_USER, portInUse, prepareCluster, startCluster, stopCluster } from './cluster.ts'
import type { KeeperMessage } from './embedded.ts'

/**
 * Keeps PostgreSQL running for the process that started this one, and holds its standard input for as long: when that ends,
 * even by `kill -9`, the keeper stops PostgreSQL. It has its own process group, so Ctrl-C reaches its owner first.
 *
 * Several processes may use one cluster. Each has a keeper, and each keeper holds this lock, shared, on a connection of its
 * own: the last one to leave gets it alone and stops the server. A server that was left behind is used like any other.
 */
const IN_USE_LOCK = 8_440

/** How long a server may take to come up or go down for another process: it repairs itself first after a crash. */
const PATIENCE_MS = 120_000
/** A start that fails with no other server about fails for a reason of its own, such as a full disk. */
const FAILED_STARTS_MAX = 5
const PAUSE_MS = 250

interface Use {
  readonly client: pg.Client
  readonly port: number
}

const tell = (message: KeeperMessage): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}
const say = (line: string): void => {
  tell({ say: line })
}

async function keep(dataFolder: string): Promise<void> {
  const ownerEnded = finished(process.stdin.resume()).catch(() => undefined)
  const cluster = await prepareCluster(dataFolder, say)
  const first = await joinOrStart(cluster)
  let use = first
  tell({ port: use.port, password: cluster.password })
  while ((await Promise.race([ownerEnded.then(() => 'owner ended'), lost(use)])) === 'lost') {
    // PostgreSQL restarts its own processes after a crash; if it is gone as a whole it is started again.
    use = await joinOrStart(cluster)
    if (use.port !== first.port) break // its owner would look for it at the old one for ever
  }
  await leave(cluster, use)
  if (use.port !== first.port)
    throw new Error(`Another program has taken PostgreSQL's port ${first.port}. Start again.`)
}

const lost = ({ client }: Use): Promise<'lost'> =>
  new Promise(resolve => {
    client.once('end', () => {
      resolve('lost')
    })
  })

/** Connects to the cluster's server, started if need be. Others may start or stop it at the same time. */
async function joinOrStart(cluster: Cluster): Promise<Use> {
  const deadline = performance.now() + PATIENCE_MS
  let problem: unknown
  for (let failedStarts = 0; failedStarts < FAILED_STARTS_MAX && performance.now() < deadline; await pause(PAUSE_MS)) {
    const use = (await join(cluster)) ?? (await startCluster(cluster).then(() => join(cluster), keepProblem))
    if (use) return use
    if (portInUse(cluster) === undefined) failedStarts++
  }
  throw new Error('PostgreSQL does not start', { cause: problem })

  function keepProblem(error: unknown): undefined {
    problem = error
  }
}

async function join(cluster: Cluster): Promise<Use | undefined> {
  const port = portInUse(cluster)
  if (port === undefined) return undefined
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: DATABASE_USER,
    password: cluster.password,
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined) // `end` follows
  try {
    await client.connect()
    if (await isGiven(client, 'pg_try_advisory_lock_shared')) return { client, port }
    await client.end()
  } catch {
    // Not there, not ready, or stopping: the caller tries again.
  }
  return undefined
}

async function leave(cluster: Cluster, { client }: Use): Promise<void> {
  await client.query('SELECT pg_advisory_unlock_shared($1)', [IN_USE_LOCK])
  if (await isGiven(client, 'pg_try_advisory_lock')) await stopCluster(cluster)
  else await client.end()
}

async function isGiven(
  client: pg.Client,
  lock: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared',
): Promise<boolean> {
  const { rows } = await client.query<{ given: boolean }>(`SELECT ${lock}($1) AS given`, [IN_USE_LOCK])
  return rows[0]?.given === true
}

process.stdout.on('error', () => undefined) // an owner that is gone reads nothing; its end is seen on standard input
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.stdin.destroy())
keep(process.argv[2] ?? '').then(
  () => process.exit(0),
  (error: unknown) => {
    const problems = [error, error instanceof Error ? error.cause : undefined].filter(one => one instanceof Error)
    tell({ failed: problems.map(one => one.message).join(': ') })
    process.exitCode = 1
    process.stdin.destroy()
  },
)
