import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { FastifyInstance } from 'fastify'
import type { Command } from './command.ts'
import { goOnFromBackup, readCentre } from './db/centre.ts'
import { type Filled, makeDemoOffice } from './demoOffice.ts'
import { devicesText, listDevices } from './features/auth/devices.ts'
import { enrol, listUsers } from './features/auth/enrol.ts'
import { lateWorkText, listLateWork, readLateWork } from './features/sync/lateWork.ts'
import { confirmHeldPurges, listHeldPurges, listOverduePurges } from './features/sync/purgeStatements.ts'
import { openCentral, type OpenCentral, placeName } from './openCentral.ts'
import { postgresStores } from './postgresStores.ts'
import { buildServer } from './server.ts'

type Asked<Name extends Command['name']> = Extract<Command, { readonly name: Name }>
type Runnable = Asked<'serve' | 'enrol' | 'devices' | 'demo' | 'purges' | 'late' | 'restored'>

/** Called wrongly, as all programs here say it. */
const WRONG = 2
/** A request that is still being answered gets so long when the service stops. */
const LAST_ANSWERS_MS = 5_000

const say = (line: string): void => {
  console.error(line)
}

/** Does what was asked for, on the centre's database. @returns the exit code. */
export async function runCommand(command: Runnable): Promise<number> {
  const central = await openCentral(command.place, say)
  try {
    return await workOn(central, command)
  } finally {
    await central.close()
  }
}

function workOn(central: OpenCentral, command: Runnable): Promise<number> {
  switch (command.name) {
    case 'serve':
      return serve(central, command)
    case 'enrol':
      return printToken(central, command)
    case 'devices':
      return printDevices(central)
    case 'demo':
      return makeDemo(central, command)
    case 'purges':
      return showPurges(central, command)
    case 'late':
      return showLateWork(central, command)
    case 'restored':
      return goOn(central)
  }
}

async function serve(central: OpenCentral, command: Asked<'serve'>): Promise<number> {
  const { host, port, place, stopWithStdin, logLevel, demo } = command
  if (demo) await makeDemoOffice(central, demo, progressLine(demo.people))
  const app = await buildServer({
    ...central,
    ...postgresStores(central.db),
    log: { level: logLevel, stream: process.stderr },
  })
  const problem = await app.listen({ host, port }).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  )
  if (problem) {
    const isTaken = problem.code === 'EADDRINUSE'
    say(isTaken ? `Port ${port} is taken. Give another with --port, or 0 for any free one.` : problem.message)
    return WRONG
  }
  console.log(`Holdfast central ready at ${addressOf(app, host)} - data in ${placeName(place)}`)
  const lost = await Promise.race([central.lost, stopAsked(stopWithStdin).then(() => undefined)])
  if (lost !== undefined) say(`PostgreSQL is gone: ${lost}`)
  await stop(app)
  // A pipe that is still open would keep the process.
  process.stdin.destroy()
  return lost === undefined ? 0 : 1
}

function addressOf(app: FastifyInstance, host: string): string {
  const address = app.server.address()
  const port = typeof address === 'object' ? address?.port : ''
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** A second Ctrl-C ends the process at once. */
function stopAsked(withStdin: boolean): Promise<unknown> {
  const signals = [once(process, 'SIGINT'), once(process, 'SIGTERM')]
  return Promise.race(withStdin ? [...signals, finished(process.stdin.resume()).catch(() => undefined)] : signals)
}

async function stop(app: FastifyInstance): Promise<void> {
  const patience = setTimeout(() => {
    app.server.closeAllConnections()
  }, LAST_ANSWERS_MS)
  await app.close()
  clearTimeout(patience)
}

async function printToken(central: OpenCentral, { user }: Asked<'enrol'>): Promise<number> {
  const token = await enrol(central, user)
  if (token !== undefined) {
    console.log(token)
    return 0
  }
  const users = await listUsers(central.db)
  const known = users.map(({ id, name, role }) => `  ${id} (${name}, ${role})`).join('\n')
  say(
    users.length === 0
      ? 'This centre has no users yet. Make the demo office with: npm run central -- demo'
      : `There is no user '${user}'. There are:\n${known}`,
  )
  return WRONG
}

async function printDevices({ db, clock }: OpenCentral): Promise<number> {
  console.log(devicesText(await listDevices(db), clock.now()))
  return 0
}

async function makeDemo(central: OpenCentral, size: Asked<'demo'>): Promise<number> {
  const started = performance.now()
  const filled = await makeDemoOffice(central, size, progressLine(size.people))
  if (filled) {
    const { officeName } = await readCentre(central.db)
    const seconds = ((performance.now() - started) / 1_000).toFixed(1)
    console.log(`${officeName}: ${size.people} people with ${filled.rows} records, in ${seconds} s`)
    return 0
  }
  say('This centre has users or records already. The demo office is made in an empty one only.')
  return WRONG
}

async function goOn(central: OpenCentral): Promise<number> {
  await goOnFromBackup(central)
  console.log('This centre may serve again. Every workstation will look at all of its cases anew.')
  return 0
}

const HOUR_MS = 60 * 60 * 1000
/** A workstation that was reached says within minutes that a case is gone; one that is switched off for a night is no news. */
const OVERDUE_MS = 24 * HOUR_MS

async function showPurges({ db, clock }: OpenCentral, { confirm }: Asked<'purges'>): Promise<number> {
  if (confirm !== null) console.log(`${await confirmHeldPurges(db, confirm)} purges of ${confirm} confirmed`)
  const held = await listHeldPurges(db)
  const now = clock.now()
  const overdue = await listOverduePurges(db, now - OVERDUE_MS)
  for (const { userId, deviceId, cases } of held) {
    console.log(`held     ${userId} on ${deviceId}: ${cases} cases hidden at once, kept until confirmed`)
  }
  for (const { userId, deviceId, caseId, revokedAt, lastSeen } of overdue) {
    const hours = (at: number) => Math.round((now - at) / HOUR_MS)
    console.log(
      `overdue  ${userId} on ${deviceId}: ${caseId}, taken away ${hours(revokedAt)} h ago, last seen ${hours(lastSeen)} h ago`,
    )
  }
  if (held.length + overdue.length === 0) console.log('No workstation still has a case that was taken away a day ago.')
  return 0
}

async function showLateWork({ db }: OpenCentral, { caseId }: Asked<'late'>): Promise<number> {
  if (caseId !== null) {
    const work = await readLateWork(db, caseId)
    for (const one of work) console.log(lateWorkText(one))
    if (work.length === 0) say(`Nothing came too late for the case '${caseId}'.`)
    return work.length === 0 ? WRONG : 0
  }
  const cases = await listLateWork(db)
  for (const { caseId: id, userId, operations, firstAt } of cases) {
    console.log(`${id}  ${userId}: ${operations} from ${new Date(firstAt).toISOString()}`)
  }
  if (cases.length === 0) console.log('No work came too late to become a record.')
  return 0
}

const BAR_LENGTH = 40

/** One line on a terminal, written over and over; nothing where somebody reads it later. */
function progressLine(people: number): (filled: Filled) => void {
  if (!process.stderr.isTTY) return () => undefined
  return ({ cases, rows }) => {
    const made = Math.max(cases - 1, 0) // one of the cases is that of the templates
    const bar = '#'.repeat(people === 0 ? BAR_LENGTH : Math.floor((BAR_LENGTH * made) / people)).padEnd(BAR_LENGTH)
    process.stderr.write(`\r[${bar}] ${made} of ${people} people, ${rows} records${cases > people ? '\n' : ''}`)
  }
}
