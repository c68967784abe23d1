import type { Actor } from '../../../shared/access/actor.ts'
import type { Appointment } from '../../../shared/features/appointments/appointment.ts'
import type { SlotView } from '../../../shared/features/appointments/appointmentViews.ts'
import type { Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type Result } from '../../../shared/result.ts'
import { operationType } from '../../../shared/sync/protocol.ts'
import type { Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import { findAppointment, type StoredAppointment } from '../../../db/features/appointments/appointmentsRepository.ts'
import { isQueued, type NewOperation } from '../../../db/outbox/outboxRepository.ts'
import type { DiaryView } from '../../diaryView.ts'
import type { AppointmentFields } from '../../newAppointment.ts'
import type { SaveAction, SavedAction } from '../../saveAction.ts'

interface AppointmentsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly save: SaveAction
  readonly newAppointment: AppointmentFields
  readonly diary: DiaryView
}

const CLOSE = operationType('appointment', 'patch')
const ASKED_BY = { person: 'The person asked', service: 'The service asked' } as const

/** Makes, moves and cancels promises to meet. */
export function createAppointmentsService({ db, clock, save, newAppointment, diary }: AppointmentsDeps) {
  /** @param opId of the operation that closes it: sent again it finds it closed by itself. */
  function findPlanned(caseId: string, id: string, opId: string): Result<StoredAppointment> {
    const appointment = findAppointment(db, id, clock.now())
    if (appointment?.caseId !== caseId) return refuse({ code: 'not-found' })
    const isOpen = appointment.fields.status === 'planned' || isQueued(db, { opId, type: CLOSE, caseId, id })
    return isOpen ? ok(appointment) : refuse({ code: 'changed-meanwhile', by: null })
  }

  return {
    book(actor: Actor, { actionId, opId, id, caseId, appointment }: Input<'appointments.book'>): Result<SavedAction> {
      const fields = newAppointment(actor, appointment)
      if (!fields.ok) return fields
      return save(actor, {
        actionId,
        caseId,
        operations: [create(opId, caseId, id, fields.value)],
        detail: { appointmentId: id },
      })
    },

    /** The old appointment stays, marked rescheduled and why; the new one takes its kind, place and length. */
    move(actor: Actor, input: Input<'appointments.move'>): Result<SavedAction> {
      const { actionId, opIds, caseId, appointmentId, baseRev, newId, startsOn, startsTime, toldHow } = input
      const [closeOp, createOp] = opIds
      const old = findPlanned(caseId, appointmentId, closeOp)
      if (!old.ok) return old
      const { kind, durationMinutes, place, eventId, requirementId } = old.value.fields
      const fields = newAppointment(actor, { kind, startsOn, startsTime, durationMinutes, place, toldHow })
      if (!fields.ok) return fields
      const moved: Appointment = {
        ...fields.value,
        eventId,
        requirementId,
        // Moved for a colleague it stays the colleague's.
        withUserId: old.value.fields.withUserId,
        withUserName: old.value.fields.withUserName,
      }
      const operations = [
        close(old.value, { opId: closeOp, baseRev, status: 'rescheduled', reason: reasonOf(input) }),
        create(createOp, caseId, newId, moved),
      ]
      return save(actor, { actionId, caseId, operations, detail: { appointmentId, newAppointmentId: newId } })
    },

    cancel(actor: Actor, input: Input<'appointments.cancel'>): Result<SavedAction> {
      const { actionId, opId, caseId, appointmentId, baseRev } = input
      const old = findPlanned(caseId, appointmentId, opId)
      if (!old.ok) return old
      const operations = [close(old.value, { opId, baseRev, status: 'cancelled', reason: reasonOf(input) })]
      return save(actor, { actionId, caseId, operations, detail: { appointmentId } })
    },

    judge(actor: Actor, { startsOn, startsTime, durationMinutes }: Input<'appointments.judge'>): Result<SlotView> {
      return ok(diary.judge(actor, { on: startsOn, time: startsTime }, durationMinutes))
    },
  }
}

const reasonOf = ({ askedBy, reason }: { readonly askedBy: keyof typeof ASKED_BY; readonly reason: string }): string =>
  [ASKED_BY[askedBy], reason].filter(part => part !== '').join(': ')

const create = (opId: string, caseId: string, id: string, fields: Appointment): NewOperation => ({
  opId,
  type: operationType('appointment', 'create'),
  caseId,
  id,
  body: { create: fields },
})

interface Closing {
  readonly opId: string
  readonly baseRev: number
  readonly status: 'rescheduled' | 'cancelled'
  readonly reason: string
}

function close({ caseId, id, fieldRev }: StoredAppointment, { opId, baseRev, status, reason }: Closing): NewOperation {
  return {
    opId,
    type: CLOSE,
    caseId,
    id,
    body: {
      patch: [
        { field: 'status', baseRev, baseOp: null, value: status },
        { field: 'statusReason', baseRev: fieldRev['statusReason'] ?? 0, baseOp: null, value: reason },
      ],
    },
    reason,
  }
}
