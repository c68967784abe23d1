import type { Actor } from '../../../shared/access/actor.ts'
import { appointmentViewOf } from '../../../shared/features/appointments/appointmentViews.ts'
import { contactViewOf } from '../../../shared/features/contacts/contactViews.ts'
import type { Contact } from '../../../shared/features/contacts/contact.ts'
import type { ContactFormIds } from '../../../shared/features/contacts/contactsContract.ts'
import {
  contactDraft,
  CONTACT_FORM_VERSION,
  DRAFT_NOTE_LENGTH_MAX,
  type ContactDraft,
} from '../../../shared/features/forms/formsContract.ts'
import type { Reference } from '../../../shared/features/reference/reference.ts'
import { newId, type Random } from '../../../shared/ids.ts'
import type { Answer, Changed, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type Result } from '../../../shared/result.ts'
import { londonDate, londonTime, type Clock } from '../../../shared/time.ts'
import type { AuditChain } from '../../../db/audit/auditChain.ts'
import { inTransaction, type Database } from '../../../db/database.ts'
import {
  findAppointment,
  listAppointmentsOfCase,
  type StoredAppointment,
} from '../../../db/features/appointments/appointmentsRepository.ts'
import { findContactOfAppointment, listContacts, NEWEST } from '../../../db/features/contacts/contactsRepository.ts'
import { forgetAttachedOfForm } from '../../../db/features/documents/documentsRepository.ts'
import { findDraft, keepDraft, removeDraft, type Draft } from '../../../db/features/forms/draftsRepository.ts'
import { listTemplates } from '../../../db/features/templates/templatesRepository.ts'
import { findRefusedContact, listUnsentOfAction, removeAction } from '../../../db/outbox/outboxRepository.ts'
import { recordStates } from '../../../db/outbox/recordStates.ts'
import type { AttachedDocuments } from '../../attachedDocuments.ts'
import type { DiaryView } from '../../diaryView.ts'
import type { OrdersView } from '../../ordersView.ts'
import type { ReadAudit } from '../../readAudit.ts'

interface FormsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
  readonly reference: Reference
  readonly audit: AuditChain
  readonly readAudit: ReadAudit
  readonly diary: DiaryView
  readonly orders: OrdersView
  readonly attached: AttachedDocuments
  readonly changed: (changed: Changed) => void
}

const WEEKS_OFFERED = [1, 2, 4]
const LAST_NOTES = 3
const DEFAULT_MINUTES = 15

/** Opens forms with their ids, keeps their drafts, and takes back what was just saved. */
export function createFormsService(deps: FormsDeps) {
  const { db, clock, random, reference, audit, readAudit, diary, orders, attached, changed } = deps
  const id = (): string => newId(clock.now(), random)

  return {
    openContact(actor: Actor, input: Input<'forms.openContact'>): Result<Answer<'forms.openContact'>> {
      const { caseId } = input
      const notFound = readAudit.openCase(actor, caseId)
      if (notFound) return notFound
      const draft = findDraft(db, input)
      // One that was discarded meanwhile is not mended any more: its draft is saved as a contact of its own.
      const found = input.mends === null ? undefined : findRefusedContact(db, caseId, input.mends)
      const refused = found?.waits ? found : undefined
      const appointmentId = input.appointmentId ?? draft?.appointmentId ?? refused?.fields.appointmentId ?? null
      const appointment = findOfCase(caseId, appointmentId)
      if (input.appointmentId !== null && !appointment) return refuse({ code: 'not-found' })
      const from = slotBase(appointment)
      const stateOf = recordStates(db, caseId)
      const booked = nextBooked(caseId, appointmentId)
      return ok({
        ids: draft?.ids ?? newIds(),
        appointment: appointment ? appointmentViewOf(appointment, reference, stateOf) : null,
        appointmentBaseRev: appointment?.fieldRev['status'] ?? 0,
        recordedContactId: (appointment && findContactOfAppointment(db, appointment.id, refused?.id)?.id) ?? null,
        mends: refused?.opId ?? null,
        initial: draft ? restored(draft, appointment) : refused ? draftOf(refused.fields) : beginning(appointment),
        isDraft: draft !== undefined,
        draftSavedAt: draft?.savedAt ?? null,
        templates: listTemplates(db, actor.userId).map(({ id: templateId, fields }) => ({
          id: templateId,
          name: fields.name,
          kinds: fields.kinds.split(' ').filter(kind => kind !== ''),
          suits: fields.suits,
          body: fields.body,
        })),
        slots: WEEKS_OFFERED.map(weeks => ({ weeks, slot: diary.inWeeks(actor, from, weeks, from.durationMinutes) })),
        booked: booked ? appointmentViewOf(booked, reference, stateOf) : null,
        lastNotes: listContacts(db, caseId, NEWEST, LAST_NOTES * 5)
          .contacts.filter(one => one.fields.note !== '' && one.struckBecause === null)
          .slice(0, LAST_NOTES)
          .map(one => contactViewOf(one, reference, stateOf)),
        progress: orders
          .ofCase(caseId)
          .filter(order => order.isActive)
          .flatMap(order => order.requirements),
      })
    },

    ids: (): Result<Answer<'forms.ids'>> => ok({ actionId: id(), opIds: [id(), id()], id: id() }),

    keepDraft(
      actor: Actor,
      { ids, caseId, appointmentId, mends, body }: Input<'forms.keepDraft'>,
    ): Result<Answer<'forms.keepDraft'>> {
      if (!readAudit.mayRead(actor, caseId)) return refuse({ code: 'not-found' })
      const savedAt = clock.now()
      inTransaction(db, tx => {
        const formVersion = CONTACT_FORM_VERSION
        keepDraft(tx, { formId: ids.formId, caseId, appointmentId, mends, formVersion, ids, body, savedAt })
      })
      return ok({ savedAt })
    },

    discardDraft(_actor: Actor, { formId }: Input<'forms.discardDraft'>): Result<null> {
      inTransaction(db, tx => {
        removeDraft(tx, formId)
        forgetAttachedOfForm(tx, formId)
      })
      changed({ topic: 'diary' })
      return ok(null)
    },

    /** Takes the whole action back; the text of a recorded contact becomes a draft again. */
    undo(actor: Actor, { actionId }: Input<'forms.undo'>): Result<null> {
      const operations = listUnsentOfAction(db, actionId)
      const isInTime = operations.every(one => one.state === 'pending' && one.notBefore > clock.now())
      const [first] = operations
      if (!first || !isInTime) return refuse({ code: 'too-late' })
      const { caseId } = first
      inTransaction(db, tx => {
        const mended = removeAction(tx, actionId)
        const contact = operations.find(one => one.type.startsWith('contact.create'))
        if (contact && 'create' in contact.body) {
          const fields = contact.body.create as unknown as Contact // queued by `contacts.record`, which checked it
          const body = draftOf(fields)
          const ids = newIds()
          attached.giveBack(tx, operations, ids.formId)
          keepDraft(tx, {
            formId: ids.formId,
            caseId,
            appointmentId: fields.appointmentId,
            mends: mended?.opId ?? null,
            formVersion: CONTACT_FORM_VERSION,
            ids,
            body,
            savedAt: clock.now(),
          })
        }
        audit.append(tx, actor, { action: 'action.undone', caseId, detail: { actionId } })
      })
      for (const topic of ['case', 'diary', 'caseload', 'sync'] as const) changed({ topic, caseId })
      return ok(null)
    },
  }

  function newIds(): ContactFormIds {
    return { formId: id(), actionId: id(), contactId: id(), nextId: id(), opIds: [id(), id(), id()] }
  }

  /** What the slots count from: the appointment itself, or now for one that was not planned. */
  function slotBase(appointment: StoredAppointment | undefined) {
    if (appointment) {
      const { startsOn, startsTime, durationMinutes } = appointment.fields
      return { on: startsOn, time: startsTime, durationMinutes }
    }
    const now = clock.now()
    return { on: londonDate(now), time: `${londonTime(now).slice(0, 2)}:00`, durationMinutes: 30 }
  }

  function nextBooked(caseId: string, appointmentId: string | null): StoredAppointment | undefined {
    const now = clock.now()
    return listAppointmentsOfCase(db, caseId)
      .filter(one => one.fields.status === 'planned' && one.startsAt > now && one.id !== appointmentId)
      .toSorted((a, b) => a.startsAt - b.startsAt)[0]
  }

  function findOfCase(caseId: string, appointmentId: string | null): StoredAppointment | undefined {
    const appointment = appointmentId === null ? undefined : findAppointment(db, appointmentId, clock.now())
    return appointment?.caseId === caseId ? appointment : undefined
  }

  /** The screen as it was kept. A draft of another shape is shown as text: all that was typed stands in the note. */
  function restored({ formVersion, body }: Draft, appointment: StoredAppointment | undefined): ContactDraft {
    const read = formVersion === CONTACT_FORM_VERSION ? contactDraft.safeParse(body) : undefined
    return read?.success ? read.data : { ...beginning(appointment), note: textOf(body) }
  }

  function beginning(appointment: StoredAppointment | undefined): ContactDraft {
    const now = clock.now()
    return {
      kind: appointment?.fields.kind ?? '',
      startedOn: appointment?.fields.startsOn ?? londonDate(now),
      startedTime: appointment?.fields.startsTime ?? londonTime(now),
      durationMinutes: String(appointment?.fields.durationMinutes ?? DEFAULT_MINUTES),
      outcome: null,
      note: '',
      sensitive: false,
      place: appointment?.fields.place ?? '',
      creditsRequirementId: null,
      template: null,
      nextChoice: null,
      nextTyped: '',
      toldHow: null,
      caret: 0,
    }
  }
}

/** The note and, under it, every other answer by its name. */
function textOf(body: unknown): string {
  const { note, ...others } = Object(body) as Readonly<Record<string, unknown>> // whatever was kept as JSON
  const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  const lines = Object.entries(others)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${shown(value)}`)
  return [...(note === undefined ? [] : [shown(note)]), ...lines].join('\n').slice(0, DRAFT_NOTE_LENGTH_MAX)
}

/** The record screen as it was before this contact was saved, but for the next appointment. */
function draftOf(fields: Contact): ContactDraft {
  return {
    kind: fields.kind,
    startedOn: londonDate(fields.startedAt),
    startedTime: londonTime(fields.startedAt),
    durationMinutes: String(fields.durationMinutes),
    outcome: fields.outcome,
    note: fields.note,
    sensitive: fields.sensitive,
    place: fields.place,
    creditsRequirementId: fields.requirementId,
    template: null,
    nextChoice: null,
    nextTyped: '',
    toldHow: null,
    caret: fields.note.length,
  }
}
