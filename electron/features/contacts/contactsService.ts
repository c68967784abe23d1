import type { Actor } from '../../../shared/access/actor.ts'
import type { Contact } from '../../../shared/features/contacts/contact.ts'
import type { ContactEntry } from '../../../shared/features/contacts/contactsContract.ts'
import { contactViewOf } from '../../../shared/features/contacts/contactViews.ts'
import type { Outcome, Reference } from '../../../shared/features/reference/reference.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type FieldProblem, type Refusal, type Result } from '../../../shared/result.ts'
import { operationType } from '../../../shared/sync/protocol.ts'
import { instantOf, type Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import { findAppointment, type StoredAppointment } from '../../../db/features/appointments/appointmentsRepository.ts'
import { findContact, findContactOfAppointment } from '../../../db/features/contacts/contactsRepository.ts'
import { removeDraft } from '../../../db/features/forms/draftsRepository.ts'
import { discardOperation, isQueued, type NewOperation } from '../../../db/outbox/outboxRepository.ts'
import { recordStates } from '../../../db/outbox/recordStates.ts'
import type { ReadAudit } from '../../readAudit.ts'
import type { SaveAction, SavedAction } from '../../saveAction.ts'
import type { AppointmentFields } from '../../newAppointment.ts'

interface ContactsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
  readonly readAudit: ReadAudit
  readonly save: SaveAction
  /** Fields of a new appointment, or what is wrong with it. */
  readonly newAppointment: AppointmentFields
}

/** Records what has happened, and corrects it without ever overwriting. */
export function createContactsService(deps: ContactsDeps) {
  const { db, clock, reference, readAudit, save, newAppointment } = deps

  return {
    /** Refuses a contact that starts in the future (that is an appointment) and an outcome that is logged already. */
    record(actor: Actor, input: Input<'contacts.record'>): Result<Answer<'contacts.record'>> {
      const { ids, caseId, appointmentId, appointmentBaseRev, mends, entry } = input
      const checked = checkEntry(entry, appointmentId !== null)
      if (!checked.ok) return checked
      const next = entry.next && newAppointment(actor, entry.next)
      if (next && !next.ok) return aboutNext(next)
      const [contactOp, statusOp, nextOp] = ids.opIds
      const contact = createOperation('contact', contactOp, {
        caseId,
        id: ids.contactId,
        fields: contactFields(actor, entry, { ...checked.value, appointmentId }),
      })
      const isResent = isQueued(db, contact)
      const appointment = appointmentId === null ? undefined : findAppointment(db, appointmentId)
      const logged = isResent ? undefined : findLogged(appointmentId, appointment)
      if (logged) return logged
      const operations: NewOperation[] = [contact]
      if (appointment)
        operations.push(closeAppointment(appointment, statusOp, checked.value.outcome, appointmentBaseRev))
      if (next) operations.push(createOperation('appointment', nextOp, { caseId, id: ids.nextId, fields: next.value }))
      const saved = save(actor, {
        actionId: ids.actionId,
        caseId,
        operations,
        detail: { contactId: ids.contactId },
        also: tx => {
          removeDraft(tx, ids.formId)
          if (mends !== null) discardOperation(tx, mends)
        },
      })
      return saved.ok ? ok({ ...saved.value, contactId: ids.contactId }) : saved
    },

    get(actor: Actor, { caseId, id, startedAt }: Input<'contacts.get'>): Result<Answer<'contacts.get'>> {
      const refused = readAudit.openCase(actor, caseId)
      if (refused) return refused
      const contact = findContact(db, caseId, { at: startedAt, id })
      return contact ? ok(contactViewOf(contact, reference, recordStates(db, caseId))) : refuse({ code: 'not-found' })
    },

    amend(actor: Actor, { contactId, note, reason, ...input }: Input<'contacts.amend'>): Result<SavedAction> {
      return correct(actor, input, {
        contactId,
        reason,
        changes: { amends: contactId, note, requirementId: null, credits: 0 },
      })
    },

    strike(actor: Actor, { contactId, reason, ...input }: Input<'contacts.strike'>): Result<SavedAction> {
      return correct(actor, input, { contactId, reason, changes: { strikes: contactId, note: '' } })
    },
  }

  interface CorrectionIds {
    readonly actionId: string
    readonly opId: string
    readonly id: string
    readonly caseId: string
    readonly startedAt: number
  }

  function correct(
    actor: Actor,
    { actionId, opId, id, caseId, startedAt }: CorrectionIds,
    correction: { readonly contactId: string; readonly reason: string; readonly changes: Partial<Contact> },
  ): Result<SavedAction> {
    const first = findContact(db, caseId, { at: startedAt, id: correction.contactId })
    if (!first) return refuse({ code: 'not-found' })
    if (first.struckBecause !== null) return refuse({ code: 'changed-meanwhile', by: null })
    const verb = correction.changes.amends ? 'amend' : 'strike'
    const fields = {
      ...first.fields,
      // The outcome's appointment has its contact already; a correction is not a second one.
      appointmentId: null,
      ...correction.changes,
      reason: correction.reason,
      recordedById: actor.userId,
      recordedByName: actor.userName,
    }
    const operation: NewOperation = {
      opId,
      type: operationType('contact', verb),
      caseId,
      id,
      body: { create: fields },
      reason: correction.reason,
    }
    return save(actor, { actionId, caseId, operations: [operation], detail: { contactId: correction.contactId } })
  }

  function checkEntry(
    entry: ContactEntry,
    isOfAppointment: boolean,
  ): Result<{ readonly startedAt: number; readonly outcome: Outcome | undefined }> {
    const wrong = (field: string, problem: FieldProblem): Refusal =>
      refuse({ code: 'invalid-input', fields: { [field]: problem } })
    const startedAt = instantOf(entry.startedOn, entry.startedTime)
    const outcome = entry.outcome === null ? undefined : reference.outcomes.get(entry.outcome)
    if (!reference.contactTypes.has(entry.kind)) return wrong('kind', 'required')
    if (startedAt === undefined) return wrong('startedTime', 'time-does-not-exist')
    if (startedAt > clock.now()) return wrong('startedTime', 'in-the-future')
    if (entry.outcome !== null && !outcome) return wrong('outcome', 'not-allowed')
    if (isOfAppointment && !outcome) return wrong('outcome', 'required')
    return ok({ startedAt, outcome })
  }

  /** Why the appointment cannot take an outcome, if it cannot. */
  function findLogged(appointmentId: string | null, appointment: StoredAppointment | undefined): Refusal | undefined {
    if (appointmentId === null) return undefined
    if (!appointment) return refuse({ code: 'not-found' })
    const contact = findContactOfAppointment(db, appointmentId)
    if (contact) return refuse({ code: 'already-recorded', contactId: contact.id })
    return appointment.fields.status === 'planned' ? undefined : refuse({ code: 'changed-meanwhile', by: null })
  }

  function closeAppointment(
    appointment: StoredAppointment,
    opId: string,
    outcome: Outcome | undefined,
    baseRev: number,
  ): NewOperation {
    const status = outcome?.group === 'rescheduled' ? 'rescheduled' : 'done'
    return {
      opId,
      type: operationType('appointment', 'patch'),
      caseId: appointment.caseId,
      id: appointment.id,
      body: { patch: [{ field: 'status', baseRev, baseOp: null, value: status }] },
    }
  }
}

/** On the record screen the fields of the next appointment stand beside those of the contact. */
function aboutNext(refusal: Refusal): Refusal {
  if (refusal.error.code !== 'invalid-input') return refusal
  const fields = Object.entries(refusal.error.fields).map(([field, problem]) => [`next.${field}`, problem])
  return refuse({ code: 'invalid-input', fields: Object.fromEntries(fields) as Record<string, FieldProblem> }) // the same problems under other names
}

function createOperation(
  entity: 'contact' | 'appointment',
  opId: string,
  {
    caseId,
    id,
    fields,
  }: {
    readonly caseId: string
    readonly id: string
    readonly fields: Record<string, string | number | boolean | null>
  },
): NewOperation {
  return { opId, type: operationType(entity, 'create'), caseId, id, body: { create: fields } }
}

function contactFields(
  actor: Actor,
  entry: ContactEntry,
  { startedAt, appointmentId }: { readonly startedAt: number; readonly appointmentId: string | null },
): Record<keyof Contact, string | number | boolean | null> {
  return {
    kind: entry.kind,
    startedAt,
    durationMinutes: entry.durationMinutes,
    outcome: entry.outcome,
    note: entry.note,
    sensitive: entry.sensitive,
    place: entry.place,
    appointmentId,
    eventId: null,
    requirementId: entry.requirementId,
    credits: entry.requirementId === null ? 0 : entry.credits,
    recordedById: actor.userId,
    recordedByName: actor.userName,
    amends: null,
    strikes: null,
    reason: null,
  }
}
