import { createHash } from 'node:crypto'
import { londonDate, addDays } from '../../shared/time.ts'
import { newId } from '../../shared/ids.ts'
import { anAddress, aContact, anAppointment, anAssignment, aPerson } from '../support/builders.ts'
import { aSimulatedCentre, type GivenRow } from './centre.ts'
import { aDice, type Dice } from './dice.ts'
import { CENTRE_FAULTS, FAULTS, PC_FAULTS, type Fault } from './faults.ts'
import { Broken, checkAnswer, checkAtRest, checkPc, createWatch } from './invariants.ts'
import { aSimulatedLine, type SimulatedLine } from './line.ts'
import { anOfficer, type SimulatedOfficer } from './officer.ts'
import { aPc, type DiskFault, PowerCut } from './pc.ts'
import { aSchedule } from './schedule.ts'
import { onStatement } from './statements.ts'

export interface WorldOptions {
  readonly seed: number
  readonly devices: number
  readonly days: number
  /** Which may happen; null for a part of them that the seed picks. */
  readonly faults: readonly Fault[] | null
  /** Called with each line of the trace. */
  readonly onTrace?: (line: string) => void
}

export interface WorldResult {
  /** SHA-256 over everything that happened. */
  readonly trace: string
  readonly steps: number
  readonly saves: number
  readonly requests: number
  readonly fired: ReadonlyMap<Fault, number>
  /** The first promise that was broken, in words. */
  readonly broken: string | undefined
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 2, 7, 0)
/** Longest time after which a PC looks for news, three times over, and the longest wait that a service asked for. */
const CALM_MS = 45 * MINUTE
const REQUESTS_A_MINUTE_MAX = 120

class ServiceDied extends Error {}

/** Somebody's PC with its line. */
interface Desk {
  readonly officer: SimulatedOfficer
  readonly line: SimulatedLine
}

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
    await world.end()
    process.off('unhandledRejection', world.onRejection)
  }
}

async function aWorld({ seed, devices, days, faults, onTrace }: WorldOptions) {
  const dice = aDice(`world ${seed}`)
  const schedule = aSchedule(START)
  const trace = createHash('sha256')
  const fired = new Map<Fault, number>()
  const swarm = new Set(faults ?? dice.some(FAULTS, 0.45))
  let requests = 0
  let rejection: Error | undefined

  const note = (line: string): void => {
    const full = `${schedule.now() - START} ${line}`
    trace.update(full).update('\n')
    onTrace?.(full)
  }
  const fire = (fault: Fault): void => {
    fired.set(fault, (fired.get(fault) ?? 0) + 1)
    note(`fault ${fault}`)
  }

  const centre = await aSimulatedCentre(dice.apart('centre'), { now: () => schedule.now() })
  const watch = createWatch(centre.model)
  const users = Array.from({ length: Math.max(1, Math.ceil(devices * 0.75)) }, (_, place) => `officer.${place}`)
  const desks = Array.from({ length: devices }, (_, place) => aDesk(place, users[place % users.length] ?? ''))
  const cases = Array.from({ length: dice.between(2, 5) }, () => aSharedCase(dice, users))
  await centre.write(cases.flatMap(one => one.rows))

  function aDesk(place: number, userId: string): Desk {
    const own = dice.apart(`pc ${place}`)
    const device = centre.addDevice({ userId, userName: `Name of ${userId}`, role: 'officer' })
    const line = aSimulatedLine({
      schedule,
      dice: own.apart('line'),
      faults: swarm,
      share: own.one([0, 0.05, 0.2, 0.5]),
      fired: fire,
      service: asked => centre.answer(asked),
      seen(what, asked, answer) {
        requests += answer ? 0 : 1
        const { pathname } = new URL(asked.url)
        note(`pc ${place} ${what} ${asked.method} ${pathname} ${answer?.status ?? ''} ${answer?.body.length ?? ''}`)
        if (what === 'was answered' && answer) checkAnswer(device.actor, pathname, answer, centre.model, schedule.now())
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

  const isOn = (fault: Fault): boolean => swarm.has(fault)
  const oneFault = <One extends Fault>(own: Dice, among: readonly One[]): One | undefined => {
    const possible = among.filter(isOn)
    return possible.length > 0 ? own.one(possible) : undefined
  }

  /** One working day at one PC: switched on, worked at, switched off or left on. */
  function planDay(desk: Desk, day: number, own: Dice): void {
    const { pc } = desk.officer
    let at = day * DAY + own.between(60, 180) * MINUTE
    const plan = (work: () => void | Promise<void>) => schedule.after(START + at - schedule.now(), work)
    plan(() => {
      pc.start()
      desk.officer.pressAgain()
    })
    for (let piece = own.between(2, 7); piece > 0; piece--) {
      at += own.between(20, 25 * 60) * 1_000
      plan(() => {
        if (!pc.isOn()) pc.start()
        desk.officer.work()
      })
      if (own.happens(0.3)) plan(() => strike(desk, own))
    }
    at += own.between(1, 30) * MINUTE
    if (own.happens(0.8)) plan(() => pc.close())
  }

  /** Something happens to this PC or its line. */
  function strike(desk: Desk, own: Dice): void {
    const { officer, line } = desk
    const { pc } = officer
    const fault = oneFault(own, PC_FAULTS)
    if (!fault) return
    fire(fault)
    const restart = (afterMs: number) =>
      schedule.after(afterMs, () => {
        pc.start()
        officer.pressAgain()
      })
    switch (fault) {
      case 'line-down-for-a-while':
      case 'answers-lost-for-a-while':
        line.breakFor(fault, own.between(1, 300) * MINUTE)
        return
      case 'pc-dies':
        pc.die()
        restart(own.between(1, 90) * MINUTE)
        return
      case 'pc-dies-at-a-statement':
        pc.dieAtStatement(own.below(60))
        restart(own.between(1, 90) * MINUTE)
        return
      case 'pc-restarts':
        schedule.after(0, () => pc.close())
        restart(own.between(1, 90) * MINUTE)
        return
      case 'clock-jumps-hours':
        pc.moveClock(own.one([-HOUR, HOUR, -25 * HOUR, 30 * HOUR]))
        return
      case 'clock-jumps-years':
        pc.moveClock(own.one([-10, 10]) * 365 * DAY)
        return
      case 'store-put-back':
        if (!pc.putBackCopy()) pc.keepCopy()
        else {
          const db = pc.db()
          const left = new Set(db.$client.prepare('SELECT op_id FROM outbox').pluck().all())
          officer.forget(one => left.has(one.opId) || centre.model.held().results.has(one.opId))
          restart(own.between(1, 90) * MINUTE)
        }
        return
      case 'poison-operation': {
        const unsent = officer.saved().filter(one => !centre.model.held().results.has(one.opId))
        if (unsent.length > 0) centre.model.poison(own.one(unsent).opId)
        return
      }
      case 'disk-full':
      case 'disk-read-only':
      case 'disk-error':
      case 'disk-busy':
        pc.failDisk(fault satisfies DiskFault, own.below(40))
        schedule.after(own.between(1, 40) * MINUTE, () => {
          pc.mendDisk()
        })
        return
      default:
        return
    }
  }

  /** Something happens at the centre. */
  async function strikeCentre(own: Dice): Promise<void> {
    const fault = oneFault(own, CENTRE_FAULTS)
    if (!fault) return
    fire(fault)
    switch (fault) {
      case 'service-dies-at-a-statement': {
        let left = own.between(1, 40)
        centre.model.onStatement(() => {
          if (left-- > 0) return
          centre.model.onStatement(() => undefined)
          throw new ServiceDied()
        })
        return
      }
      case 'case-granted':
      case 'case-taken-away':
        await reassign(own.one(cases), own.one(users), fault === 'case-granted')
        return
      case 'caseload-moves': {
        const [from, to] = [own.one(users), own.one(users)]
        for (const one of cases) {
          await reassign(one, from, false)
          await reassign(one, to, true)
        }
        return
      }
      default:
        return
    }
  }

  async function reassign(one: SharedCase, userId: string, isGranted: boolean): Promise<void> {
    const today = londonDate(schedule.now())
    const id = one.assignmentOf.get(userId)
    if (!id) return
    const endOn = isGranted ? null : addDays(today, -1)
    const fields = anAssignment({ userId, userName: userId, startOn: '2025-01-01', endOn })
    try {
      await centre.write([{ entity: 'assignment', caseId: one.caseId, id, fields: { ...fields } }])
    } catch (error) {
      if (!(error instanceof ServiceDied)) throw error
    }
  }

  function lookRound(): void {
    onStatement(() => undefined)
    if (rejection) throw rejection
    watch.watchCentre(desks.map(one => one.officer))
    for (const { officer, line } of desks) {
      const recent = line.sentAt().filter(at => at > schedule.now() - MINUTE).length
      if (recent > REQUESTS_A_MINUTE_MAX) throw new Broken('19 rate', `${recent} requests in a minute`)
      if (officer.pc.takeChanged()) checkPc(officer, centre.model)
    }
  }

  /** All faults are over: everything gets through, and all PCs agree with the centre. */
  async function calm(): Promise<void> {
    centre.model.onStatement(() => undefined)
    for (const { officer, line } of desks) {
      line.mend()
      officer.pc.mendDisk()
      officer.pc.start()
      officer.pressAgain()
    }
    await schedule.run(schedule.now() + CALM_MS, lookRound)
    for (const { officer } of desks) checkAtRest(officer, centre.model, schedule.now())
  }

  return {
    onRejection(error: unknown) {
      if (!(error instanceof PowerCut)) rejection ??= error instanceof Error ? error : new Error(String(error))
    },
    async play() {
      for (let day = 0; day < days; day++) {
        for (const [place, desk] of desks.entries()) planDay(desk, day, dice.apart(`day ${day} of pc ${place}`))
        const own = dice.apart(`day ${day} of the centre`)
        for (let times = own.below(4); times > 0; times--) {
          schedule.after(own.between(0, DAY), () => strikeCentre(own))
        }
        await schedule.run(START + (day + 1) * DAY, lookRound)
      }
      await calm()
    },
    figures: () => ({
      trace: trace.copy().digest('hex'),
      steps: schedule.count(),
      saves: new Set(desks.flatMap(({ officer }) => officer.saved().map(one => one.actionId))).size,
      requests,
      fired,
    }),
    async end() {
      for (const { officer } of desks) await officer.pc.end()
    },
  }
}

interface SharedCase {
  readonly caseId: string
  readonly assignmentOf: ReadonlyMap<string, string>
  readonly rows: readonly GivenRow[]
}

function aSharedCase(dice: Dice, users: readonly string[]): SharedCase {
  const id = () => newId(START, dice)
  const caseId = id()
  const assignmentOf = new Map(users.map(user => [user, id()]))
  const first = dice.one(users)
  const rows: readonly GivenRow[] = [
    { entity: 'case', caseId, id: caseId, fields: { ...aPerson() } },
    { entity: 'address', caseId, id: id(), fields: { ...anAddress() } },
    { entity: 'appointment', caseId, id: id(), fields: { ...anAppointment({ startsOn: '2026-03-03' }) } },
    { entity: 'contact', caseId, id: id(), fields: { ...aContact() } },
    ...users
      .filter(user => user === first || dice.happens(0.5))
      .map((userId): GivenRow => {
        const fields = anAssignment({ userId, userName: userId, startOn: '2025-01-01' })
        return { entity: 'assignment', caseId, id: assignmentOf.get(userId) ?? '', fields: { ...fields } }
      }),
  ]
  return { caseId, assignmentOf, rows }
}
