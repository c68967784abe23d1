import type { OperationBody } from '../../shared/sync/protocol.ts'
import type { Entity } from '../../shared/sync/recordTypes.ts'
import type { ContactFormIds } from '../../shared/features/contacts/contactsContract.ts'
import type { Result } from '../../shared/result.ts'
import { newId } from '../../shared/ids.ts'
import { londonDate, addDays } from '../../shared/time.ts'
import { anEntry } from '../support/builders.ts'
import { Broken } from './broken.ts'
import type { Dice } from './dice.ts'
import type { Pc } from './pc.ts'
import type { Schedule } from './schedule.ts'

const WORK = ['contact', 'outcome', 'amend', 'strike', 'book', 'move', 'guarded', 'free', 'open', 'draft'] as const
/** A form stays open over about so many other pieces of work. */
const OPEN_PIECES = 3
type Work = (typeof WORK)[number]

/** One operation of a save that was acknowledged. */
export interface Saved {
  readonly opId: string
  readonly actionId: string
  readonly caseId: string
  readonly entity: Entity
  readonly id: string
  readonly body: OperationBody
  /** Counts what this officer saved here. */
  readonly order: number
  /** By the world's clock, UTC milliseconds; infinitely long ago where the PC's own clock jumped since. */
  readonly savedAt: number
  /** It was known here when an old store was put back: the audit of its save may have gone with the disk. */
  readonly isFromBefore: boolean
}

/** Somebody at a PC, who remembers what was acknowledged and presses Save again when no answer came. */
export interface SimulatedOfficer {
  readonly pc: Pc
  /** In the order in which it was saved. */
  readonly saved: () => readonly Saved[]
  /** Operations that were taken back in time. */
  readonly undone: () => ReadonlySet<string>
  /** By operation: the revision that its author saw when the form was opened. */
  readonly seen: () => ReadonlyMap<string, number>
  /** Does one piece of work, whatever comes to hand. */
  work(): void
  /** Saves something in this case, and asks for sync at once. */
  workOn(caseId: string): void
  /** Presses again what was pressed when the power went. */
  pressAgain(): void
  /** Its clock jumped: nobody can say any more how long what was saved could be undone. */
  clockJumped(): void
  /**
   * The store was put back: what was saved since and is not at the centre is gone with the disk, and what was undone since is
   * there again.
   */
  forget(isLeft: (opId: string) => boolean): void
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
  const seen = new Map<string, number>()
  let unanswered: Press | undefined
  /** A form that is open and not saved yet. */
  let open: Press | undefined
  let order = 0

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

  const contactIds = (): ContactFormIds => ({
    formId: id(),
    actionId: id(),
    contactId: id(),
    nextId: id(),
    opIds: [id(), id(), id()],
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
        openCase(caseId)
        return undefined
      case 'draft':
        keepDraft(caseId, words)
        return undefined
    }
  }

  function record(caseId: string, appointment: Row | undefined, note: string): Press {
    const input = {
      ids: contactIds(),
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
    seen.set(input.opId, baseRev)
    return () => pc.call('cases.editField', input)
  }

  /** Nobody sees a case before it is written down that they do. */
  function openCase(caseId: string): void {
    if (!pc.call('cases.open', { caseId })?.ok) return
    const isRead = pc.db().$client.prepare(`SELECT 1 FROM audit WHERE action = 'case.read' AND case_id = ?`).get(caseId)
    if (!isRead) throw new Broken('16 audit', `${caseId} was shown, and no entry says so`)
  }

  function keepDraft(caseId: string, note: string): void {
    const body = { ...aDraft, startedOn: today(), note }
    pc.call('forms.keepDraft', { ids: contactIds(), caseId, appointmentId: null, mends: null, body })
  }

  /** @param pressedAt when it may have been saved: what was pressed before a crash, nobody knows. */
  function press(one: Press, pressedAt = schedule.now()): void {
    const result = one()
    if (!result) {
      // The power went meanwhile, or the PC is off.
      unanswered = one
      return
    }
    unanswered = undefined
    if (!result.ok) return
    keep(result.value.actionId, pressedAt)
    if (dice.happens(0.15)) pc.call('sync.now', {})
    // The window sends a save again when it got no answer.
    const again = dice.happens(0.1) ? one() : undefined
    if (again?.ok === false && again.error.code !== 'not-saved')
      throw new Broken('3 exactly once', `a save that was sent twice is refused: ${again.error.code}`)
  }

  function keep(actionId: string, savedAt: number): void {
    const known = new Set(saved.map(one => one.opId))
    const rows = pc
      .db()
      .$client.prepare(
        'SELECT op_id AS opId, action_id AS actionId, case_id AS caseId, entity, id, body FROM outbox WHERE action_id = ? ORDER BY place',
      )
      .all(actionId) as readonly (Omit<Saved, 'body'> & { readonly body: string })[] // as the statement says
    if (rows.length === 0) throw new Broken('1 no lost write', `${actionId} was acknowledged, and is queued nowhere`)
    const fresh = rows
      .filter(row => !known.has(row.opId))
      .map(row => ({
        ...row,
        body: JSON.parse(row.body) as OperationBody,
        order: order++,
        savedAt,
        isFromBefore: false,
      }))
    saved = [...saved, ...fresh]
    if (fresh.length > 0 && dice.happens(0.3))
      schedule.after(dice.between(2_000, dice.one([12_000, 200_000])), undoLast)
  }

  function undoLast(): void {
    const actionId = saved.at(-1)?.actionId
    if (actionId === undefined || !pc.isOn()) return
    const result = pc.call('forms.undo', { actionId })
    if (result?.ok === false) return
    // Where the power went meanwhile nobody knows whether it is undone.
    if (result) for (const one of saved) if (one.actionId === actionId) undone.add(one.opId)
    saved = saved.filter(one => one.actionId !== actionId)
  }

  return {
    pc,
    saved: () => saved,
    undone: () => undone,
    seen: () => seen,
    work() {
      pc.call('sync.status', {}) // it stands at the top of every screen
      if (open && dice.happens(1 / OPEN_PIECES)) {
        press(open)
        open = undefined
      }
      const cases = visibleCases()
      if (cases.length === 0) return
      // Most of it is about one of them.
      const one = pressOf(dice.one(WORK), dice.happens(0.5) ? (cases[0] ?? '') : dice.one(cases))
      if (one && !open && dice.happens(0.5)) open = one
      else if (one) press(one)
    },
    workOn(caseId) {
      if (!pc.isOn() || !visibleCases().includes(caseId)) return
      const one = pressOf('contact', caseId)
      if (one) press(one)
      pc.call('sync.now', {})
    },
    pressAgain() {
      if (unanswered) press(unanswered, -Infinity)
    },
    clockJumped() {
      saved = saved.map(one => ({ ...one, savedAt: -Infinity }))
    },
    forget(isLeft) {
      saved = saved.filter(one => isLeft(one.opId)).map(one => ({ ...one, isFromBefore: true }))
      for (const opId of undone) if (isLeft(opId)) undone.delete(opId)
      unanswered = undefined
      open = undefined
    },
  }
}

const aDraft = {
  kind: 'CHVS',
  startedOn: '',
  startedTime: '07:30',
  durationMinutes: '15',
  outcome: null,
  note: '',
  sensitive: false,
  place: '',
  creditsRequirementId: null,
  template: null,
  nextChoice: null,
  nextTyped: '',
  toldHow: null,
  caret: 0,
}
