import type pg from 'pg'

/** What becomes of a statement: it runs; the connection breaks before it, or when it is done and the answer is on its way. */
export type Fate = 'runs' | 'breaks-before' | 'breaks-after'

interface Watched {
  /** Called before each statement. */
  readonly fateOf: (sql: string) => Fate
  /** Breaks what is to be broken: this connection at least. */
  readonly breakOff: (client: pg.PoolClient) => Promise<void>
}

type Run = (...values: unknown[]) => Promise<unknown>
type Callback = (error: unknown, result?: unknown) => void

/** The connections between the service and its database. */
export interface ServiceLine {
  /** Settles when every connection that there is now has ended. */
  allEnded(): Promise<unknown>
}

/** Watches every statement that goes through this pool. What breaks is met with the driver's own error, as in production. */
export function watchService(pool: pg.Pool, { fateOf, breakOff }: Watched): ServiceLine {
  const open = new Map<pg.PoolClient, Promise<void>>()

  /** Of each connection that breaks: how its statements end from the one on that it broke at. None of them is sent. */
  const breaking = new WeakMap<pg.PoolClient, Promise<never>>()

  async function meet(client: pg.PoolClient, fate: Fate, run: () => Promise<unknown>): Promise<never> {
    if (fate === 'breaks-after') await run().catch(() => undefined)
    const broken = new Promise<Error>(resolve => client.once('error', resolve))
    await breakOff(client)
    throw await broken
  }

  /** Undefined where the statement runs; on a connection that has broken the driver itself refuses it. */
  function breakAt(client: pg.PoolClient, sql: string, run: () => Promise<unknown>): Promise<never> | undefined {
    if (!open.has(client)) return undefined
    const known = breaking.get(client)
    if (known) return known
    const fate = fateOf(sql)
    if (fate === 'runs') return undefined
    const met = meet(client, fate, run)
    breaking.set(client, met)
    return met
  }

  pool.on('connect', client => {
    const ended = Promise.withResolvers<void>()
    open.set(client, ended.promise)
    client.once('end', () => {
      open.delete(client)
      ended.resolve()
    })
    const run = client.query.bind(client) as Run
    const query = (...values: unknown[]): unknown => {
      const last = values.at(-1)
      const tell = typeof last === 'function' ? (last as Callback) : undefined
      const broken = breakAt(client, textOf(values[0]), () => run(...(tell ? values.slice(0, -1) : values)))
      if (!broken) return run(...values)
      return tell ? broken.catch(tell) : broken
    }
    Object.assign(client, { query })
  })
  return { allEnded: () => Promise.all(open.values()) }
}

/** A statement is a text, or has one. */
const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String((statement as { readonly text?: unknown }).text)

/** The socket is gone, as when the process of the service is killed: PostgreSQL takes back what was not committed. */
export function breakSocket(client: pg.PoolClient): Promise<void> {
  const { connection } = client as unknown as { readonly connection: { readonly stream: { destroy(): void } } } // the driver's own, which its types leave out
  connection.stream.destroy()
  return Promise.resolve()
}
