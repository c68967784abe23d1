import { createHash } from 'node:crypto'
import { SERVICE_HEADER, SERVICE_NAME } from '../../shared/sync/protocol.ts'
import { aSimulatedCentre, operationsOf } from './centre.ts'
import { aDice, type Dice } from './dice.ts'
import { Broken } from './broken.ts'
import { DATABASE_FAULTS, FAULTS, type Fault } from './faults.ts'
import { checkAtRest } from './checkAtRest.ts'
import { aSimulatedLine } from './line.ts'
import { closeDatabase } from './mortalDatabase.ts'
import { aSharedCase, DAY, HOUR, MINUTE, START, type Desk, type Office } from './office.ts'
import { anOfficer, type SimulatedOfficer } from './officer.ts'
import { aPc, type DiskFault, PowerCut } from './pc.ts'
import { aSchedule } from './schedule.ts'
import { onStatement } from './statements.ts'
import { createCentreStrikes, createPcStrikes } from './strikes.ts'
import { checkAnswer, createCentreWatch } from './watchCentre.ts'
import { checkPush, createPcWatch } from './watchPc.ts'
import type { StoreName } from './worldStore.ts'

export interface WorldOptions {
  readonly seed: number
  readonly devices: number
  readonly days: number
  /** What the service rests on; without it the model. */
  readonly store?: StoreName
  /** Which may happen; null for a part of them that the seed picks. */
  readonly faults: readonly Fault[] | null
  /** Called with each line of the trace. */
  readonly onTrace?: (line: string) => void
  /** The disk of the first PC refuses so many statements, from one of those on that stand in a transaction. */
  readonly disk?: { readonly fault: DiskFault; readonly at: number; readonly refusals: number }
}

export interface WorldResult {
  /** SHA-256 over everything that happened. */
  readonly trace: string
  readonly steps: number
  readonly saves: number
  readonly requests: number
  readonly fired: ReadonlyMap<Fault, number>
  /** Statements in transactions at the first PC, where one of them was to fail. */
  readonly written: number
  /** The first promise that was broken, in words. */
  readonly broken: string | undefined
}

/** Most of a day nobody is there. */
const WORKING_DAY = 5 * HOUR
const EVENING = 10 * HOUR
/** Longest time after which a PC looks for news, three times over, and the longest wait that a service asked for. */
const CALM_MS = 45 * MINUTE
const CALM_STEP_MS = 7.5 * MINUTE
const REQUESTS_A_MINUTE_MAX = 120

/** Plays one office through some days, and looks after every step whether its promises hold. */
export async function playWorld(options: WorldOptions): Promise<WorldResult> {
  const world = await aWorld(options)
  process.on('unhandledRejection', world.onRejection)
  try {
    const broken = await world.play().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
    return { ...world.figures(), broken }
  } finally {
    onStatement(() => undefined)
    world.end()
    process.off('unhandledRejection', world.onRejection)
  }
}

/** Ends what all worlds share. */
export const endWorlds = (): Promise<void> => closeDatabase()

async function aWorld({ seed, devices, days, store = 'model', faults, onTrace, disk }: WorldOptions) {
  const dice = aDice(`world ${seed}`)
  const schedule = aSchedule(START)
  const trace = createHash('sha256')
  const fired = new Map<Fault, number>()
  const swarm = new Set(faults ?? pickFaults(dice, store))
  let requests = 0
  let rejection: Error | undefined
  let isCalm = false

  const note = (line: string): void => {
    const full = `${schedule.now() - START} ${line}`
    trace.update(full).update('\n')
    onTrace?.(full)
  }
  const fire = (fault: Fault): void => {
    fired.set(fault, (fired.get(fault) ?? 0) + 1)
    note(`fault ${fault}`)
  }

  const centre = await aSimulatedCentre(dice.apart('centre'), { now: () => schedule.now() }, store)
  const centreWatch = createCentreWatch(centre.store)
  const pcWatch = createPcWatch(centre.store)
  const users = Array.from({ length: Math.max(1, Math.ceil(devices * 0.75)) }, (_, place) => `officer.${place}`)
  const desks: Desk[] = []
  for (let place = 0; place < devices; place++) desks.push(await aDesk(place, users[place % users.length] ?? ''))
  const isOf = (fault: Fault): boolean => {
    const happens = swarm.has(fault) && dice.happens(0.5)
    if (happens) fire(fault)
    return happens
  }
  const isOfMany = isOf('caseload-of-many')
  const casesOfOffice = isOfMany ? dice.between(12, 14) : dice.between(2, 5)
  const extra = isOf('field-of-tomorrow') ? { tomorrow: 'kept for a later version' } : {}
  const cases = Array.from({ length: casesOfOffice }, () => aSharedCase(dice, users, { isOfMany, extra }))
  await centre.write(cases.flatMap(one => one.rows))
  const first = desks[0]?.officer.pc
  const countWritten = disk && first?.countWritten()
  if (disk) first?.failDisk(disk.fault, disk.at, disk.refusals)
  /** Most operations that the service takes in one push. */
  const takes = swarm.has('service-takes-little') ? dice.between(3, 5) : Infinity

  async function aDesk(place: number, userId: string): Promise<Desk> {
    const own = dice.apart(`pc ${place}`)
    const device = await centre.addDevice({ userId, userName: `Name of ${userId}`, role: 'officer' })
    const line = aSimulatedLine({
      schedule,
      dice: own.apart('line'),
      faults: swarm,
      share: own.one([0, 0.05, 0.2, 0.5]),
      fired: fire,
      async service(asked) {
        const operations = operationsOf(asked)
        checkPush(officerOf(place), operations)
        if (operations.length <= takes) return centre.answer(asked)
        fire('service-takes-little')
        return { status: 413, headers: { [SERVICE_HEADER]: SERVICE_NAME }, body: TOO_LARGE }
      },
      seen(what, asked, answer) {
        requests += answer ? 0 : 1
        const { pathname } = new URL(asked.url)
        note(`pc ${place} ${what} ${asked.method} ${pathname} ${answer?.status ?? ''} ${answer?.body.length ?? ''}`)
        if (what === 'was answered' && answer) checkAnswer(device.actor, pathname, answer, centre.store, schedule.now())
        if (!answer && schedule.now() < line.quietUntil()) {
          // Thrown here it would be the engine's, who takes it for a fault of the line.
          rejection ??= new Broken('19 rate', 'a request before Retry-After')
        }
      },
    })
    const clockOffMs = own.one([0, 0, -19 * MINUTE, 2 * HOUR + 7 * MINUTE, -3 * HOUR])
    const pc = aPc({ device, centreId: centre.id, schedule, dice: own.apart('engine'), line, clockOffMs })
    return { officer: anOfficer(pc, own.apart('officer'), schedule), line }
  }

  function officerOf(place: number): SimulatedOfficer {
    const officer = desks[place]?.officer
    if (!officer) throw new Error('a PC asks before there is one')
    return officer
  }

  const isOn = (fault: Fault): boolean => swarm.has(fault)
  const office: Office = {
    ...{ schedule, centre, desks, users, cases, isOfMany, isOn, fire },
    isCalm: () => isCalm,
    forget: pc => {
      pcWatch.forget(pc)
    },
  }
  const onPc = createPcStrikes(office)
  const atCentre = createCentreStrikes(office)

  /** How much of this working day there is: less than all of it only where the play is shorter than a day. */
  const partOf = (day: number): number => Math.min(1, days - day)

  /** One working day at one PC: switched on, worked at, switched off or left on. */
  function planDay(desk: Desk, day: number, own: Dice): void {
    const { pc } = desk.officer
    let at = day * DAY + own.between(60, 180) * MINUTE * partOf(day)
    // Whatever the day has no time for is left undone.
    const plan = (work: () => void | Promise<void>) =>
      schedule.after(START + at - schedule.now(), () => (isCalm ? undefined : work()))
    plan(() => {
      if (own.happens(0.3)) onPc.armDeath(desk, own, own.one([100, 600]))
      pc.start()
      desk.officer.pressAgain()
      if (isOn('store-put-back')) pc.keepCopy()
    })
    for (let piece = Math.ceil(own.between(8, 24) * partOf(day)); piece > 0; piece--) {
      at += own.between(10, 5 * 60) * 1_000
      plan(() => {
        if (!pc.isOn()) {
          pc.start()
          desk.officer.pressAgain()
        }
        if (own.happens(0.2)) onPc.armDeath(desk, own, own.one([45, 120]))
        desk.officer.work()
      })
      if (own.happens(0.2)) plan(() => onPc.strike(desk, own))
    }
    at += own.between(1, 30) * MINUTE
    const isLast = day + 1 >= days
    if (own.happens(isLast ? 0.5 : 0.9)) plan(() => void pc.close())
    // Whoever came back after a fault goes home too; some leave the PC on overnight.
    at = day * DAY + EVENING
    if (!isLast && own.happens(0.9)) plan(() => void pc.close())
  }

  function planDeaths(part: number, own: Dice): void {
    if (!isOn('database-dies')) return
    for (let times = own.between(1, 3); times > 0; times--) {
      schedule.after(own.between(HOUR, WORKING_DAY) * part, () => {
        atCentre.armDatabase(own)
      })
    }
  }

  function lookRound(): void {
    onStatement(() => undefined)
    if (rejection) throw rejection
    centreWatch.watch(
      desks.map(one => one.officer),
      schedule.now(),
    )
    checkJitter(desks.flatMap(one => one.line.firstWaits()))
    for (const { officer, line } of desks) {
      const recent = line.sentAt().filter(at => at > schedule.now() - MINUTE).length
      if (recent > REQUESTS_A_MINUTE_MAX) throw new Broken('19 rate', `${recent} requests in a minute`)
      if (officer.pc.takeChanged()) pcWatch.watch(officer, line.heard(), schedule.now())
    }
  }

  /** All faults are over: everything gets through, and all PCs agree with the centre. */
  async function calm(): Promise<void> {
    isCalm = true
    centre.store.onStatement(() => false)
    await centre.store.mortal?.mend()
    for (const { officer, line } of desks) {
      line.mend()
      officer.pc.mend()
      officer.pc.start()
      officer.pressAgain()
    }
    await rest()
    await centre.store.confirmPurges()
    pcWatch.confirm()
    await rest()
    await centre.store.mortal?.mend()
    checkRest()
  }

  /** Lets time go by until all is at rest, and not longer than that may take. */
  async function rest(): Promise<void> {
    const end = schedule.now() + CALM_MS / 2
    do await schedule.run(schedule.now() + CALM_STEP_MS, lookRound)
    while (schedule.now() < end && !holds(checkRest))
  }

  function checkRest(): void {
    for (const { officer } of desks) checkAtRest(officer, centre.store, schedule.now())
  }

  return {
    onRejection(error: unknown) {
      if (!(error instanceof PowerCut)) rejection ??= error instanceof Error ? error : new Error(String(error))
    },
    async play() {
      for (let day = 0; day < days; day++) {
        for (const [place, desk] of desks.entries()) planDay(desk, day, dice.apart(`day ${day} of pc ${place}`))
        const own = dice.apart(`day ${day} of the centre`)
        for (let times = Math.ceil(own.between(2, 8) * partOf(day)); times > 0; times--) {
          schedule.after(own.between(HOUR, WORKING_DAY) * partOf(day), () => atCentre.strike(own))
        }
        if (isOfMany && isOn('caseload-moves'))
          schedule.after(own.between(HOUR, WORKING_DAY) * partOf(day), () => atCentre.moveCaseload(own))
        planDeaths(partOf(day), dice.apart(`day ${day} of the database`))
        await schedule.run(
          day + 1 < days ? START + (day + 1) * DAY : schedule.now() + WORKING_DAY * partOf(day),
          lookRound,
        )
      }
      await calm()
    },
    figures: () => ({
      trace: trace.copy().digest('hex'),
      steps: schedule.count(),
      saves: new Set(desks.flatMap(({ officer }) => officer.saved().map(one => one.actionId))).size,
      requests,
      fired,
      written: countWritten?.() ?? 0,
    }),
    end() {
      for (const { officer } of desks) officer.pc.end()
    },
  }
}

/** Of its own dice, so that a seed has the same office over the model. */
function pickFaults(dice: Dice, store: StoreName): readonly Fault[] {
  const picked = dice.some(FAULTS, 0.45)
  return store === 'postgres' ? [...picked, ...dice.apart('database').some(DATABASE_FAULTS, 0.6)] : picked
}

function holds(check: () => void): boolean {
  try {
    check()
    return true
  } catch (error) {
    if (error instanceof Broken) return false
    throw error
  }
}

const TOO_LARGE = Buffer.from(JSON.stringify({ code: 'TOO_LARGE', message: 'too large', field: null }))

const JITTER_SAMPLES = 6
const JITTER_MS = 50

/** After an outage the PCs do not come back at one moment (19). */
function checkJitter(waits: readonly number[]): void {
  if (waits.length < JITTER_SAMPLES) return
  if (Math.max(...waits) - Math.min(...waits) < JITTER_MS) throw new Broken('19 rate', 'all waits are the same')
}
