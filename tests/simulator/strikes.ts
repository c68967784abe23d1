import { addDays, londonDate } from '../../shared/time.ts'
import { newId } from '../../shared/ids.ts'
import { anAddress, aContact, anAssignment } from '../support/builders.ts'
import type { GivenRow } from './centre.ts'
import type { Dice } from './dice.ts'
import { CENTRE_FAULTS, PC_FAULTS, type Fault } from './faults.ts'
import { DAY, HOUR, MINUTE, START, type Desk, type Office, type SharedCase } from './office.ts'
import type { SimulatedOfficer } from './officer.ts'
import type { DiskFault } from './pc.ts'
import { mayRead } from './watchCentre.ts'

/** One of the faults that this office has. */
function oneFault<One extends Fault>({ isOn }: Office, own: Dice, among: readonly One[]): One | undefined {
  const possible = among.filter(isOn)
  return possible.length > 0 ? own.one(possible) : undefined
}

/** Whether the centre's database runs. */
const isUp = ({ centre }: Office): boolean => centre.store.mortal?.isUp() !== false

/** What may happen to a PC or its line. */
export function createPcStrikes(office: Office) {
  const { schedule, centre, isOn, fire } = office

  /** The power goes at one of the next statements. */
  function armDeath({ officer }: Desk, own: Dice, statements: number): void {
    if (!isOn('pc-dies-at-a-statement')) return
    fire('pc-dies-at-a-statement')
    officer.pc.dieAtStatement(own.below(statements))
    restart(officer, own)
  }

  function restart(officer: SimulatedOfficer, own: Dice): void {
    schedule.after(own.between(1, 90) * MINUTE, () => {
      officer.pc.start()
      officer.pressAgain()
    })
  }

  /** Something happens to this PC or its line. */
  function strike({ officer, line }: Desk, own: Dice): void | Promise<void> {
    const { pc } = officer
    const fault = oneFault(office, own, PC_FAULTS)
    if (!fault) return
    fire(fault)
    switch (fault) {
      case 'line-down-for-a-while':
      case 'answers-lost-for-a-while':
        line.breakFor(fault, own.between(1, 300) * MINUTE)
        return
      case 'pc-dies':
        pc.die()
        restart(officer, own)
        return
      case 'pc-dies-in-a-write':
        pc.die(own.bytes(own.between(1, 9_000)))
        restart(officer, own)
        return
      case 'pc-dies-at-a-statement':
        pc.dieAtStatement(own.below(own.one([60, 400, 3_000])))
        restart(officer, own)
        return
      case 'pc-restarts':
        void pc.close()
        restart(officer, own)
        return
      case 'clock-jumps-hours':
        pc.moveClock(own.one([-HOUR, HOUR, -25 * HOUR, 30 * HOUR]))
        officer.clockJumped()
        return
      case 'clock-jumps-years':
        pc.moveClock(own.one([-10, 10]) * 365 * DAY)
        officer.clockJumped()
        return
      case 'store-put-back':
        putBack(officer, own)
        return
      case 'poison-operation': {
        const unsent = officer.saved().filter(one => !centre.store.held().results.has(one.opId))
        return unsent.length > 0 && isUp(office) ? centre.store.poison(own.one(unsent).opId) : undefined
      }
      case 'disk-full':
      case 'disk-read-only':
      case 'disk-error':
      case 'disk-busy':
        pc.failDisk(fault satisfies DiskFault, own.below(40))
        schedule.after(own.between(1, 40) * MINUTE, () => {
          pc.mend()
        })
        return
      default:
        return
    }
  }

  function putBack(officer: SimulatedOfficer, own: Dice): void {
    const { pc } = officer
    if (!pc.putBackCopy()) {
      pc.keepCopy()
      return
    }
    const left = new Set(pc.db().$client.prepare('SELECT op_id FROM outbox').pluck().all())
    officer.forget(opId => left.has(opId) || centre.store.held().results.has(opId))
    office.forget(pc)
    restart(officer, own)
  }

  return { armDeath, strike }
}

/** What may happen at the centre. */
export function createCentreStrikes(office: Office) {
  const { schedule, centre, users, cases, isOn, isCalm, fire } = office
  /** How often the service or its database has died. */
  let deaths = 0

  /** Something happens at the centre. */
  async function strike(own: Dice): Promise<void> {
    const fault = oneFault(office, own, CENTRE_FAULTS)
    if (!fault || isCalm()) return
    fire(fault)
    switch (fault) {
      case 'service-dies-at-a-statement':
        dieAtStatement(own.between(1, 40))
        return
      case 'case-granted':
      case 'case-taken-away':
        return reassignOne(own, fault === 'case-granted')
      case 'caseload-moves':
        return moveCaseload(own)
      case 'rows-imported': {
        const { caseId } = own.one(cases)
        const contacts = Array.from({ length: own.between(60, 150) }, (_, at): GivenRow => {
          const fields = aContact({ startedAt: START - at * HOUR, note: `imported ${at}` })
          return { entity: 'contact', caseId, id: newId(START, own), fields: { ...fields } }
        })
        return write(contacts)
      }
      case 'row-deleted': {
        const { caseId } = own.one(cases)
        const rows = [...centre.store.held().rows.values()].filter(row => row.caseId === caseId && !row.deleted)
        const possible = rows.filter(row => row.entity === 'contact' || row.entity === 'address')
        if (possible.length > 0) await write([{ ...own.one(possible), deleted: true }])
        return
      }
      case 'row-unreadable': {
        const { caseId } = own.one(cases)
        return write([{ entity: 'address', caseId, id: newId(START, own), fields: { ...anAddress(), town: 7 } }])
      }
      default:
        return
    }
  }

  function dieAtStatement(count: number): void {
    let left = count
    centre.store.onStatement(() => {
      if (left-- > 0) return false
      centre.store.onStatement(() => false)
      deaths++
      return true
    })
  }

  /** The database dies at one of the next statements, and runs again some time later. */
  function armDatabase(own: Dice): void {
    const { mortal } = centre.store
    if (!mortal || isCalm()) return
    const statement = own.one(['any', 'commit'] as const)
    const after = own.below(statement === 'any' ? 40 : 4)
    const downMs = own.one([0, own.between(1, 30) * MINUTE])
    mortal.dieAt({ statement, after, isDone: own.happens(0.5) }, () => {
      deaths++
      fire('database-dies')
      schedule.after(downMs, () => mortal.mend())
    })
  }

  async function reassignOne(own: Dice, isGranted: boolean): Promise<void> {
    const pairs = cases.flatMap(one => users.map(userId => ({ one, userId })))
    const possible = pairs.filter(({ one, userId }) => has(userId, one) !== isGranted)
    if (possible.length === 0) return
    const { one, userId } = own.one(possible)
    await reassign(one, userId, isGranted)
    if (!isGranted) workAt(userId, one, own)
    if (isGranted || !isOn('case-granted') || own.happens(0.3)) return
    schedule.after(own.between(5, 60) * MINUTE, () => {
      if (isCalm()) return
      fire('case-granted')
      return reassign(one, userId, true)
    })
  }

  const has = (userId: string, { caseId }: SharedCase): boolean =>
    mayRead({ userId, userName: userId, role: 'officer', deviceId: '' }, caseId, centre.store, schedule.now())

  /** Whoever has the case open does not know yet that it is somebody else's. */
  function workAt(userId: string, { caseId }: SharedCase, own: Dice): void {
    for (const { officer } of office.desks.filter(one => one.officer.pc.device.actor.userId === userId)) {
      schedule.after(own.between(1, 60) * 1_000, () => {
        officer.workOn(caseId)
      })
    }
  }

  async function moveCaseload(own: Dice): Promise<void> {
    const [from = '', to] = [office.isOfMany ? users[0] : own.one(users), own.one(users)]
    for (const one of cases) {
      await reassign(one, from, false)
      await reassign(one, to, true)
    }
  }

  async function reassign(one: SharedCase, userId: string, isGranted: boolean): Promise<void> {
    const today = londonDate(schedule.now())
    const id = one.assignmentOf.get(userId)
    if (!id) return
    const endOn = isGranted ? null : addDays(today, -1)
    const fields = anAssignment({ userId, userName: userId, startOn: '2025-01-01', endOn })
    await write([{ entity: 'assignment', caseId: one.caseId, id, fields: { ...fields } }])
  }

  /** Nobody can while the database is down; and the service or the database may die in it. */
  async function write(rows: readonly GivenRow[]): Promise<void> {
    if (!isUp(office)) return
    const before = deaths
    try {
      await centre.write(rows)
    } catch (error) {
      if (deaths === before) throw error
    }
  }

  return { strike, armDatabase, moveCaseload }
}
