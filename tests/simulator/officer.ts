import type { OperationBody } from '../../shared/sync/protocol.ts'
import type { Entity } from '../../shared/sync/recordTypes.ts'
import type { Result } from '../../shared/result.ts'
import { newId } from '../../shared/ids.ts'
import { londonDate, addDays } from '../../shared/time.ts'
import { anEntry } from '../support/builders.ts'
import type { Dice } from './dice.ts'
import type { Pc } from './pc.ts'
import type { Schedule } from './schedule.ts'

const WORK = ['contact', 'outcome', 'amend', 'strike', 'book', 'move', 'guarded', 'free', 'open', 'undo'] as const
type Work = (typeof WORK)[number]

/** One operation of a save that was acknowledged. */
export interface Saved {
  readonly opId: string
  readonly actionId: string
  readonly caseId: string
  readonly entity: Entity
  readonly id: string
  readonly body: OperationBody
}

/** Somebody at a PC, who remembers what was acknowledged and presses Save again when no answer came. */
export interface SimulatedOfficer {
  readonly pc: Pc
  /** In the order in which it was saved. */
  readonly saved: () => readonly Saved[]
  /** Operations that were taken back in time. */
  readonly undone: () => ReadonlySet<string>
  /** Does one piece of work, whatever comes to hand. */
  work(): void
  /** Presses again what was pressed when the power went. */
  pressAgain(): void
  /** The store was put back: what was saved since and is not at the centre is gone with the disk. */
  forget(isLeft: (saved: Saved) => boolean): void
}

interface Row {
  readonly id: string
  readonly startedAt: number
  readonly statusRev: number
}

type Press = () => Result<{ readonly actionId: string }> | undefined

export function anOfficer(pc: Pc, dice: Dice, schedule: Schedule): SimulatedOfficer {
  let saved: readonly Saved[] = []
  const undone = new Set<string>()
  let unanswered: Press | undefined

  const id = (): string => newId(schedule.now(), dice)
  const today = (): string => londonDate(schedule.now())
  const list = (sql: string, caseId: string): readonly Row[] => pc.db().$client.prepare(sql).all(caseId) as Row[] // as each statement says
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
  const visibleCases = (): readonly string[] =>
    pc
      .db()
      .$client.prepare(
        `SELECT case_id FROM case_scope WHERE state = 'active' AND case_id LIKE '________-%' ORDER BY case_id`,
      )
      .pluck()
      .all() as string[] // one text column

  const someOf = (rows: readonly Row[]): Row | undefined => (rows.length > 0 ? dice.one(rows) : undefined)
  const time = (): string => `${String(dice.between(9, 16)).padStart(2, '0')}:30`
  const anAppointment = () => ({
    kind: 'COAP',
    startsOn: addDays(today(), dice.between(1, 20)),
    startsTime: time(),
    durationMinutes: 30,
    place: 'Northfold office',
    toldHow: 'in-person' as const,
  })

  /** What is pressed: with ids that were made when the form opened, so that it can be pressed again. */
  function pressOf(work: Work, caseId: string): Press | undefined {
    const words = `${work} ${dice.below(1_000)}`
    switch (work) {
      case 'contact':
        return record(caseId, undefined, words)
      case 'outcome': {
        const appointment = someOf(planned(caseId))
        return appointment && record(caseId, appointment, words)
      }
      case 'amend':
      case 'strike': {
        const contact = someOf(contacts(caseId))
        if (!contact) return undefined
        const ids = { actionId: id(), opId: id(), id: id(), caseId }
        const input = { ...ids, contactId: contact.id, startedAt: contact.startedAt, reason: words }
        return work === 'strike'
          ? () => pc.call('contacts.strike', input)
          : () => pc.call('contacts.amend', { ...input, note: words })
      }
      case 'book': {
        const input = { actionId: id(), opId: id(), id: id(), caseId, appointment: anAppointment() }
        return () => pc.call('appointments.book', input)
      }
      case 'move': {
        const appointment = someOf(planned(caseId))
        if (!appointment) return undefined
        const input = {
          actionId: id(),
          opIds: [id(), id()] as [string, string],
          caseId,
          appointmentId: appointment.id,
          baseRev: appointment.statusRev,
          newId: id(),
          startsOn: addDays(today(), dice.between(1, 20)),
          startsTime: time(),
          toldHow: 'text' as const,
          askedBy: 'person' as const,
          reason: words,
        }
        return () => pc.call('appointments.move', input)
      }
      case 'guarded':
        return edit(caseId, 'town', words)
      case 'free':
        return edit(caseId, 'preferredName', words)
      case 'open':
        pc.call('cases.open', { caseId })
        return undefined
      case 'undo':
        return undefined
    }
  }

  function record(caseId: string, appointment: Row | undefined, note: string): Press {
    const input = {
      ids: {
        formId: id(),
        actionId: id(),
        contactId: id(),
        nextId: id(),
        opIds: [id(), id(), id()] as [string, string, string],
      },
      caseId,
      appointmentId: appointment?.id ?? null,
      appointmentBaseRev: appointment?.statusRev ?? 0,
      mends: null,
      entry: anEntry({
        startedOn: addDays(today(), -dice.below(4)),
        startedTime: '07:30',
        note,
        next: dice.happens(0.5) ? anAppointment() : null,
      }),
    }
    return () => pc.call('contacts.record', input)
  }

  function edit(caseId: string, field: string, value: string): Press | undefined {
    const details = pc.call('cases.details', { caseId })
    const fields = details?.ok ? details.value.groups.flatMap(group => group.fields) : []
    const found = fields.find(one => one.field === field)
    if (!found) return undefined
    const { entity, id: rowId, baseRev } = found
    const input = { actionId: id(), opId: id(), caseId, entity, id: rowId, field, value, baseRev }
    return () => pc.call('cases.editField', input)
  }

  function press(one: Press): void {
    const result = one()
    if (!result) {
      // The power went meanwhile, or the PC is off.
      unanswered = one
      return
    }
    unanswered = undefined
    if (result.ok) keep(result.value.actionId)
  }

  function keep(actionId: string): void {
    const known = new Set(saved.map(one => one.opId))
    const rows = pc
      .db()
      .$client.prepare(
        'SELECT op_id AS opId, action_id AS actionId, case_id AS caseId, entity, id, body FROM outbox WHERE action_id = ? ORDER BY place',
      )
      .all(actionId) as readonly (Omit<Saved, 'body'> & { readonly body: string })[] // as the statement says
    saved = [
      ...saved,
      ...rows.filter(row => !known.has(row.opId)).map(row => ({ ...row, body: JSON.parse(row.body) as OperationBody })),
    ]
  }

  function undoLast(): void {
    const actionId = saved.at(-1)?.actionId
    if (actionId === undefined || !pc.call('forms.undo', { actionId })?.ok) return
    for (const one of saved) if (one.actionId === actionId) undone.add(one.opId)
    saved = saved.filter(one => one.actionId !== actionId)
  }

  return {
    pc,
    saved: () => saved,
    undone: () => undone,
    work() {
      const work = dice.one(WORK)
      if (work === 'undo') return undoLast()
      const cases = visibleCases()
      if (cases.length === 0) return
      const one = pressOf(work, dice.one(cases))
      if (one) press(one)
    },
    pressAgain() {
      if (unanswered) press(unanswered)
    },
    forget(isLeft) {
      saved = saved.filter(isLeft)
      unanswered = undefined
    },
  }
}
