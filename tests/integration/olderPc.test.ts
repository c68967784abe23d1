import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { buildServer } from '../../central/server.ts'
import { aCaseOf } from '../support/centre/builders.ts'
import { aCentre } from '../support/centre/testCentre.ts'
import { useTestServer } from '../support/centre/testServer.ts'

/** What a PC of an earlier protocol asks, one after the other, and what it needs of each answer. */
interface Recorded {
  readonly steps: readonly {
    readonly ask: readonly [method: 'GET' | 'POST', path: string, body: object | null]
    readonly status: number
    readonly answer: object
    /** What it names again later: a name, and the key of the answer. */
    readonly keep?: Readonly<Record<string, string>>
  }[]
}

const recorded = readFileSync(join(import.meta.dirname, '../fixtures/pc-of-protocol-1.json'), 'utf8')
const { steps } = JSON.parse(recorded) as Recorded
const server = useTestServer()

it('that speaks protocol 1 is understood, and finds in each answer what it needs', async () => {
  const centre = await aCentre(server)
  const known = new Map([['case', await aCaseOf(centre, 'morgan.ashby')]])
  const { token } = await centre.addDevice('morgan.ashby')
  const app = await buildServer({ ...centre, centre })
  onTestFinished(() => app.close())
  const filled = <Value>(value: Value) =>
    JSON.parse(JSON.stringify(value), (_, one: unknown) =>
      typeof one === 'string' ? one.replace(/^\{(\w+)\}$/, (text, name: string) => known.get(name) ?? text) : one,
    ) as Value

  for (const { ask, status, answer, keep = {} } of steps) {
    const [method, url, body] = filled(ask)
    const headers = { authorization: `Bearer ${token}` }
    const given = await app.inject({ method, url, headers, ...(body && { payload: body }) })

    expect([url, given.statusCode]).toEqual([url, status])
    expect(given.json()).toMatchObject(filled(answer))
    for (const [name, key] of Object.entries(keep)) known.set(name, String(given.json<Record<string, unknown>>()[key]))
  }
})
