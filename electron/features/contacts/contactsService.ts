import type { Actor } from '../../../shared/access/actor.ts'
import type { Contact } from '../../../shared/features/contacts/contact.ts'
import type { ContactEntry } from '../../../shared/features/contacts/contactsContract.ts'
import { contactViewOf } from '../../../shared/features/contacts/contactViews.ts'
import type { Outcome, Reference } from '../../../shared/features/reference/reference.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type FieldProblem, type Refusal, type Result } from '../../../shared/result.ts'
import { operationType } from '../../../shared/sync/protocol.ts'
import { instantOf, type Clock } from '../../../shared/time.ts'
import type { AuditChain } from '../../../db/audit/auditChain.ts'
import type { Database, Transaction } from '../../../db/database.ts'
import { findAppointment, type StoredAppointment } from '../../../db/features/appointments/appointmentsRepository.ts'
import { findContact, findContactOfAppointment } from '../../../db/features/contacts/contactsRepository.ts'
import { removeDraft } from '../../../db/features/forms/draftsRepository.ts'
import {
  discardOperation,
  findRefusedContact,
  isQueued,
  type NewOperation,
  type RefusedContact,
} from '../../../db/outbox/outboxRepository.ts'
import { recordStates } from '../../../db/outbox/recordStates.ts'
import type { AttachedDocuments } from '../../attachedDocuments.ts'
import type { ReadAudit } from '../../readAudit.ts'
import type { SaveAction, SavedAction } from '../../saveAction.ts'
import type { AppointmentFields } from '../../newAppointment.ts'

interface ContactsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
  readonly audit: AuditChain
  readonly readAudit: ReadAudit
  readonly save: SaveAction
  /** Fields of a new appointment, or what is wrong with it. */
  readonly newAppointment: AppointmentFields
  readonly attached: AttachedDocuments
}

const CREATE = operationType('contact', 'create')

/** What the entry of the record screen rests on. */
interface Basis {
  /** Whether the same form was saved before. */
  readonly isResent: boolean
  /** The refused contact that it mends. */
  readonly refused: RefusedContact | undefined
  /** The appointment whose outcome it logs. */
  readonly appointment: StoredAppointment | undefined
}

/** Records what has happened, and corrects it without ever overwriting. */
export function createContactsService(deps: ContactsDeps) {
  const { db, clock, reference, audit, readAudit, save, newAppointment, attached } = deps

  return {
    /**
     * Refuses a contact that starts in the future (that is an appointment) and an outcome that is logged already. One that
     * mends a refused contact takes its place, with its appointment.
     */
    record(actor: Actor, input: Input<'contacts.record'>): Result<Answer<'contacts.record'>> {
      const { ids, caseId, entry } = input
      const basis = findBasis(input)
      if (!basis.ok) return basis
      const { refused, appointment } = basis.value
      const checked = checkEntry(entry, appointment !== undefined)
      if (!checked.ok) return checked
      const next = entry.next && newAppointment(actor, entry.next)
      if (next && !next.ok) return aboutNext(next)
      const [contactOp, , nextOp] = ids.opIds
      const { startedAt, outcome } = checked.value
      const fields = contactFields(actor, entry, { startedAt, appointmentId: appointment?.id ?? null })
      const operations: NewOperation[] = [
        createOperation('contact', contactOp, { caseId, id: ids.contactId, fields }),
        ...closing(input, basis.value, outcome),
      ]
      const files = attached.take(actor, ids, { caseId, id: ids.contactId, startedAt })
      if (!files.ok) return files
      operations.push(...files.value.operations)
      if (next) operations.push(createOperation('appointment', nextOp, { caseId, id: ids.nextId, fields: next.value }))
      const saved = save(actor, {
        actionId: ids.actionId,
        caseId,
        operations,
        detail: { contactId: ids.contactId },
        also: tx => {
          removeDraft(tx, ids.formId)
          files.value.keep(tx)
          if (refused) discardMended(tx, actor, { caseId, refused, mendedBy: ids.actionId })
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
    const type = operationType('contact', correction.changes.amends ? 'amend' : 'strike')
    // A strike that is sent again finds the contact struck by itself.
    if (first.struckBecause !== null && !isQueued(db, { opId, type, caseId, id }))
      return refuse({ code: 'changed-meanwhile', by: null })
    const fields = {
      ...first.fields,
      // The outcome's appointment has its contact already; a correction is not a second one.
      appointmentId: null,
      ...correction.changes,
      reason: correction.reason,
      recordedById: actor.userId,
      recordedByName: actor.userName,
      cameLate: false,
    }
    const operation: NewOperation = {
      opId,
      type,
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

  /** What an entry rests on. Refuses one that mends what does not wait any more, and one for an appointment that has its contact. */
  function findBasis({ ids, caseId, appointmentId, mends }: Input<'contacts.record'>): Result<Basis> {
    const isResent = isQueued(db, { opId: ids.opIds[0], type: CREATE, caseId, id: ids.contactId })
    const refused = mends === null ? undefined : findRefusedContact(db, caseId, mends)
    if (mends !== null && !refused?.waits && !isResent) return refuse({ code: 'changed-meanwhile', by: null })
    const logs = appointmentId ?? refused?.fields.appointmentId ?? null
    const found = logs === null ? undefined : findAppointment(db, logs, clock.now())
    const appointment = found?.caseId === caseId ? found : undefined
    if (appointmentId !== null && !appointment) return refuse({ code: 'not-found' })
    const logged = appointment && !isResent ? findLogged(appointment, refused) : undefined
    return logged ?? ok({ isResent, refused, appointment })
  }

  /** Why the appointment cannot take an outcome, if it cannot. The refused contact that is mended is no outcome of it. */
  function findLogged({ id, fields }: StoredAppointment, refused: RefusedContact | undefined): Refusal | undefined {
    const contact = findContactOfAppointment(db, id, refused?.id)
    if (contact) return refuse({ code: 'already-recorded', contactId: contact.id })
    const canTakeOne = refused !== undefined || fields.status === 'planned' || fields.status === 'done'
    return canTakeOne ? undefined : refuse({ code: 'changed-meanwhile', by: null })
  }

  /** Closes the appointment, unless it is closed so already. What is sent again says what it said before. */
  function closing(
    { ids, appointmentBaseRev: baseRev }: Input<'contacts.record'>,
    { appointment, isResent }: Basis,
    outcome: Outcome | undefined,
  ): readonly NewOperation[] {
    if (!appointment) return []
    const { caseId, id, fields } = appointment
    const value = outcome?.group === 'rescheduled' ? 'rescheduled' : 'done'
    const type = operationType('appointment', 'patch')
    const body = { patch: [{ field: 'status', baseRev, baseOp: null, value }] }
    const operation = { opId: ids.opIds[1], type, caseId, id, body }
    return (isResent ? isQueued(db, operation) : fields.status !== value) ? [operation] : []
  }

  function discardMended(
    tx: Transaction,
    actor: Actor,
    {
      caseId,
      refused,
      mendedBy,
    }: { readonly caseId: string; readonly refused: RefusedContact; readonly mendedBy: string },
  ): void {
    const { opId, type } = refused
    discardOperation(tx, opId, mendedBy)
    audit.append(tx, actor, { action: 'operation.discarded', caseId, detail: { opId, type, mendedBy } })
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
    cameLate: false,
    amends: null,
    strikes: null,
    reason: null,
  }
}
