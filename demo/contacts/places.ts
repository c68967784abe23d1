import { type CaseFacts, holdsOn } from '../caseFacts.ts'
import { demoOffice, type Staff } from '../office.ts'
import { at } from '../random.ts'

/** Where a planned meeting of this kind takes place; empty for what needs no place. */
export function placeOf(
  kind: string,
  { person, registers, plan }: Pick<CaseFacts, 'person' | 'registers' | 'plan'>,
  officer: Staff,
): string {
  if (kind === 'COPT' || kind === 'COVC') return ''
  if (kind === 'CHVS' || kind === 'CODC') return person.street
  const isStaffRisk = registers.some(flag => flag.code === 'AV2S' && holdsOn(flag, plan.calendar.today))
  return `Northfold office, room ${isStaffRisk ? RISK_ROOM : roomOf(officer)}`
}

/** The room with two doors and an alarm. */
const RISK_ROOM = 2
const ROOMS = [1, 3, 4, 5]

/** Officers have a room of their own, as far as rooms go. */
function roomOf(officer: Staff): number {
  const place = demoOffice.users.findIndex(user => user.id === officer.id)
  return at(ROOMS, place < 0 ? 3 : place)
}
