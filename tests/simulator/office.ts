import type { AnyFields } from '../../shared/sync/recordTypes.ts'
import { newId } from '../../shared/ids.ts'
import { anAddress, aContact, anAppointment, anAssignment, aPerson } from '../support/builders.ts'
import type { GivenRow, SimulatedCentre } from './centre.ts'
import type { Dice } from './dice.ts'
import type { Fault } from './faults.ts'
import type { SimulatedLine } from './line.ts'
import type { SimulatedOfficer } from './officer.ts'
import type { Pc } from './pc.ts'
import type { Schedule } from './schedule.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const START = Date.UTC(2026, 2, 2, 7, 0)

/** Somebody's PC with its line. */
export interface Desk {
  readonly officer: SimulatedOfficer
  readonly line: SimulatedLine
}

/** Whatever may be struck. */
export interface Office {
  readonly schedule: Schedule
  readonly centre: SimulatedCentre
  readonly desks: readonly Desk[]
  readonly users: readonly string[]
  readonly cases: readonly SharedCase[]
  /** Whether all cases are the first officer's, and many. */
  readonly isOfMany: boolean
  readonly isOn: (fault: Fault) => boolean
  /** Whether nothing may go wrong any more. */
  readonly isCalm: () => boolean
  /** Counts a fault that happens now. */
  readonly fire: (fault: Fault) => void
  /** The store of this PC is another one. */
  readonly forget: (pc: Pc) => void
}

/** A case that several officers may have. */
export interface SharedCase {
  readonly caseId: string
  readonly assignmentOf: ReadonlyMap<string, string>
  readonly rows: readonly GivenRow[]
}

interface CaseOptions {
  /** It is one of many, and all are the first officer's. */
  readonly isOfMany: boolean
  /** Fields that this version does not know. */
  readonly extra: AnyFields
}

export function aSharedCase(dice: Dice, users: readonly string[], { isOfMany, extra }: CaseOptions): SharedCase {
  const id = () => newId(START, dice)
  const caseId = id()
  const assignmentOf = new Map(users.map(user => [user, id()]))
  const first = isOfMany ? users[0] : dice.one(users)
  const rows: readonly GivenRow[] = [
    { entity: 'case', caseId, id: caseId, fields: { ...aPerson() } },
    { entity: 'address', caseId, id: id(), fields: { ...anAddress(), ...extra } },
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
