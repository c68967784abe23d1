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

  async function meet(client: pg.PoolClient, fate: Fate, run: () => Promise<unknown>): Promise<unknown> {
    if (fate === 'breaks-after') await run()
    const broken = new Promise<Error>(resolve => client.once('error', resolve))
    await breakOff(client)
    throw await broken
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
      const fate = fateOf(textOf(values[0]))
      if (fate === 'runs') return run(...values)
      const called = values.at(-1)
      if (typeof called !== 'function') return meet(client, fate, () => run(...values))
      const tell = called as Callback
      return meet(client, fate, () => run(...values.slice(0, -1))).then(result => {
        tell(null, result)
      }, tell)
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
