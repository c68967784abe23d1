import type { OperationBody } from '../../../shared/sync/protocol.ts'
import type { Result } from '../../../shared/result.ts'
import { anEntry, anId, formIds } from '../../support/builders.ts'
import type { Workstation } from './workstation.ts'

/** What an officer may do to a case. */
export const WORK = ['contact', 'outcome', 'amend', 'strike', 'book', 'move', 'edit-guarded', 'edit-free'] as const
export type Work = (typeof WORK)[number]

/** One operation of a save that was acknowledged. */
export interface Saved {
  readonly opId: string
  readonly actionId: string
  readonly caseId: string
  readonly id: string
  readonly body: OperationBody
}

/** Somebody at a workstation, who remembers what was acknowledged. */
export interface Officer {
  readonly desk: Workstation
  /** In the order in which it was saved. */
  readonly saved: () => readonly Saved[]
  /** @param pick which of the records that it may be done to, and what is written. */
  do(work: Work, caseId: string, pick: number): void
  undoLast(): void
}

interface Row {
  readonly id: string
  readonly startedAt: number
  readonly statusRev: number
}

export function anOfficer(desk: Workstation): Officer {
  let saved: readonly Saved[] = []

  const list = (sql: string, caseId: string): readonly Row[] => desk.db().$client.prepare(sql).all(caseId) as Row[] // as each statement says
  const planned = (caseId: string) =>
    list(
      `SELECT id, 0 AS startedAt, coalesce(field_rev ->> 'status', 0) AS statusRev FROM appointments
       WHERE case_id = ? AND status = 'planned' ORDER BY id`,
      caseId,
    )
  const contacts = (caseId: string) =>
    list(
      `SELECT id, started_at AS startedAt, 0 AS statusRev FROM contacts
       WHERE case_id = ? AND amends IS NULL AND strikes IS NULL ORDER BY id`,
      caseId,
    )

  function perform(work: Work, caseId: string, pick: number): Result<{ readonly actionId: string }> | undefined {
    const words = `${work} ${pick}`
    const some = (rows: readonly Row[]) => rows[pick % rows.length]
    const record = (appointment: Row | undefined) =>
      desk.call('contacts.record', {
        ids: formIds(),
        caseId,
        appointmentId: appointment?.id ?? null,
        appointmentBaseRev: appointment?.statusRev ?? 0,
        mends: null,
        entry: anEntry({ startedTime: '08:00', note: words, next: pick % 2 === 0 ? anAppointmentToBook(pick) : null }),
      })
    switch (work) {
      case 'contact':
        return record(undefined)
      case 'outcome': {
        const appointment = some(planned(caseId))
        return appointment && record(appointment)
      }
      case 'amend':
      case 'strike': {
        const contact = some(contacts(caseId))
        const ids = { actionId: anId(), opId: anId(), id: anId(), caseId }
        if (!contact) return undefined
        const input = { ...ids, contactId: contact.id, startedAt: contact.startedAt, reason: words }
        return work === 'strike'
          ? desk.call('contacts.strike', input)
          : desk.call('contacts.amend', { ...input, note: words })
      }
      case 'book':
        return desk.call('appointments.book', {
          actionId: anId(),
          opId: anId(),
          id: anId(),
          caseId,
          appointment: anAppointmentToBook(pick),
        })
      case 'move': {
        const appointment = some(planned(caseId))
        return (
          appointment &&
          desk.call('appointments.move', {
            actionId: anId(),
            opIds: [anId(), anId()],
            caseId,
            appointmentId: appointment.id,
            baseRev: appointment.statusRev,
            newId: anId(),
            startsOn: '2026-03-10',
            startsTime: timeOf(pick),
            toldHow: 'text',
            askedBy: 'person',
            reason: words,
          })
        )
      }
      case 'edit-guarded':
        return edit(caseId, 'town', words)
      case 'edit-free':
        return edit(caseId, 'preferredName', words)
    }
  }

  function edit(caseId: string, field: string, value: string) {
    const details = desk.call('cases.details', { caseId })
    const fields = details.ok ? details.value.groups.flatMap(group => group.fields) : []
    const found = fields.find(one => one.field === field)
    if (!found) return undefined
    const { entity, id, baseRev } = found
    return desk.call('cases.editField', { actionId: anId(), opId: anId(), caseId, entity, id, field, value, baseRev })
  }

  const operationsOf = (actionId: string): readonly Saved[] =>
    desk
      .db()
      .$client.prepare(
        'SELECT op_id AS opId, action_id AS actionId, case_id AS caseId, id, body FROM outbox WHERE action_id = ? ORDER BY place',
      )
      .all(actionId)
      .map(row => {
        const operation = row as Omit<Saved, 'body'> & { readonly body: string } // as the statement says
        return { ...operation, body: JSON.parse(operation.body) as OperationBody }
      })

  return {
    desk,
    saved: () => saved,
    do(work, caseId, pick) {
      const result = perform(work, caseId, pick)
      if (result?.ok) saved = [...saved, ...operationsOf(result.value.actionId)]
    },
    undoLast() {
      const actionId = saved.at(-1)?.actionId
      if (actionId === undefined || !desk.call('forms.undo', { actionId }).ok) return
      saved = saved.filter(one => one.actionId !== actionId)
    },
  }
}

const timeOf = (pick: number): string => `${String(9 + (pick % 8)).padStart(2, '0')}:30`

const anAppointmentToBook = (pick: number) => ({
  kind: 'COAP',
  startsOn: '2026-03-09',
  startsTime: timeOf(pick),
  durationMinutes: 30,
  place: 'Northfold office',
  toldHow: 'in-person' as const,
})
