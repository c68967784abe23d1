import type { Input } from '../../shared/ipc/contract.ts'
import { newId } from '../../shared/ids.ts'
import { londonDate, londonTime } from '../../shared/time.ts'
import { benchPorts } from './engine.ts'

const id = (): string => newId(Date.now(), benchPorts.random)

/** A contact of a minute ago, as the record screen saves it. */
export function aNewContact(caseId: string, note: string): Input<'contacts.record'> {
  const at = Date.now() - 60_000
  const entry = {
    kind: 'CTOA',
    startedOn: londonDate(at),
    startedTime: londonTime(at),
    durationMinutes: 15,
    outcome: null,
    note,
    sensitive: false,
    place: '',
    requirementId: null,
    credits: 0,
    next: null,
  }
  const opIds: [string, string, string] = [id(), id(), id()]
  const ids = { formId: id(), actionId: id(), contactId: id(), nextId: id(), opIds }
  return { ids, caseId, appointmentId: null, appointmentBaseRev: 0, mends: null, entry }
}
