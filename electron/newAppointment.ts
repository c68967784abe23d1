import type { Actor } from '../shared/access/actor.ts'
import type { Appointment } from '../shared/features/appointments/appointment.ts'
import type { NewAppointment } from '../shared/features/appointments/appointmentsContract.ts'
import type { Reference } from '../shared/features/reference/reference.ts'
import { ok, refuse, type FieldProblem, type Result } from '../shared/result.ts'
import { instantOf, type Clock } from '../shared/time.ts'

/** The fields of a new appointment with this officer; refuses a kind that cannot be arranged and a time that has passed or does not exist. */
export type AppointmentFields = (actor: Actor, wanted: NewAppointment) => Result<Appointment>

interface NewAppointmentDeps {
  readonly clock: Clock
  readonly reference: Reference
}

export function createNewAppointment({ clock, reference }: NewAppointmentDeps): AppointmentFields {
  return (actor, wanted) => {
    const at = instantOf(wanted.startsOn, wanted.startsTime)
    const wrong = (field: string, problem: FieldProblem) =>
      refuse({ code: 'invalid-input', fields: { [field]: problem } })
    if (reference.contactTypes.get(wanted.kind)?.use !== 'appointment') return wrong('kind', 'not-allowed')
    if (at === undefined) return wrong('startsTime', 'time-does-not-exist')
    if (at <= clock.now()) return wrong('startsOn', 'in-the-past')
    return ok({
      ...wanted,
      withUserId: actor.userId,
      withUserName: actor.userName,
      status: 'planned',
      statusReason: '',
      eventId: null,
      requirementId: null,
    })
  }
}
