import { sql } from 'drizzle-orm'
import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { useTestServer } from '../../tests/support/centre/testServer.ts'
import { inTransaction } from './database.ts'

const server = useTestServer()

describe('a transaction', () => {
  it('that does nothing for a minute is ended: a process that hangs holds up no other', async () => {
    const db = await server.emptyDatabase()

    const { rows } = await db.execute(sql`SHOW idle_in_transaction_session_timeout`)

    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '1min' }])
  })
})

describe('a connection that breaks', () => {
  it('in the middle of a transaction fails that transaction, and the next one has another connection', async () => {
    const db = await server.emptyDatabase()
    const cutOff = () =>
      inTransaction(db, async tx => {
        const { rows } = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`)
        await db.execute(sql`SELECT pg_terminate_backend(${rows[0]?.pid}, 10000)`)
        await tx.execute(sql`SELECT 1`)
      })

    await expect(cutOff()).rejects.toThrow()

    expect(await db.execute(sql`SELECT 1 AS one`)).toMatchObject({ rows: [{ one: 1 }] })
  })

  it('before a transaction begins is given back all the same: the pool does not run empty', async () => {
    const db = await server.emptyDatabase()
    db.$client.once('acquire', connection => {
      // What the pool gives out is a whole client; its type hides how to end it.
      void (connection as unknown as pg.Client).end()
    })

    await expect(inTransaction(db, tx => tx.execute(sql`SELECT 1`))).rejects.toThrow(/^(?!Release called)/)

    const { totalCount, idleCount } = db.$client
    expect(idleCount).toBe(totalCount)
  })
})
