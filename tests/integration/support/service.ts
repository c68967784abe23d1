import { sql } from 'drizzle-orm'
import { readCentre } from '../../../central/db/centre.ts'
import { buildServer } from '../../../central/server.ts'
import type { TestCentre } from '../../support/centre/testCentre.ts'
import type { NetworkAnswer, NetworkRequest } from '../../../electron/engine/ports.ts'

/** The real central service on its real database, asked without a socket. */
export interface Service {
  answer(request: NetworkRequest): Promise<NetworkAnswer>
  /** Breaks every connection to the database, as a crash does, and starts the service anew on what the database holds. */
  restart(): Promise<void>
  /** Goes on with another secret: no cursor that was given out holds any more. */
  forgetCursors(): Promise<void>
  stop(): Promise<void>
}

export async function aService(centre: TestCentre): Promise<Service> {
  let cursorSecret = centre.cursorSecret
  const build = () => buildServer({ ...centre, centre: { cursorSecret } })
  let app = await build()

  async function startAnew(): Promise<void> {
    const old = app
    app = await build()
    await old.close()
  }

  return {
    async answer({ method, url, headers, body }) {
      const payload = body === null ? {} : { payload: Buffer.from(body) }
      const response = await app.inject({
        method,
        url: new URL(url).pathname + new URL(url).search,
        headers,
        ...payload,
      })
      const named = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
      return { status: response.statusCode, headers: Object.fromEntries(named), body: response.rawPayload }
    },
    async restart() {
      await centre.db.execute(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`)
      cursorSecret = (await readCentre(centre.db)).cursorSecret
      await startAnew()
    },
    forgetCursors() {
      cursorSecret = `${cursorSecret}, another`
      return startAnew()
    },
    stop: () => app.close(),
  }
}
