import { countFailures } from '../shared/features/contacts/failures.ts'
import type { EffectiveContact } from '../shared/features/contacts/contactText.ts'
import type { OrderView } from '../shared/features/cases/caseViews.ts'
import type { Reference } from '../shared/features/reference/reference.ts'
import { isActiveOn, type Event } from '../shared/features/sentences/sentence.ts'
import { dayRange, daysBetween, londonDate, type Clock } from '../shared/time.ts'
import type { Database } from '../db/database.ts'
import { listContactsSince, sumCredits } from '../db/features/contacts/contactsRepository.ts'
import { listEvents, listRequirements } from '../db/features/sentences/sentencesRepository.ts'
import type { Stored } from '../db/records/splitRow.ts'

/** The orders of a case with their requirements, progress and failures, all worked out from the record. */
export interface OrdersView {
  /** The order that runs first, then by number. */
  ofCase(caseId: string): readonly OrderView[]
}

interface OrdersDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
}

export function createOrdersView({ db, clock, reference }: OrdersDeps): OrdersView {
  return {
    ofCase(caseId) {
      const today = londonDate(clock.now())
      const events = listEvents(db, caseId)
      const running = events.filter(event => isActiveOn(event.fields, today))
      const contacts = contactsOf(db, caseId, running)
      const credits = sumCredits(db, caseId)
      const requirements = listRequirements(db, caseId)
      const views = events.map((event): OrderView => ({
        ...describe(event, reference, today),
        requirements: requirements
          .filter(one => one.fields.eventId === event.id)
          .map(({ id, fields }) => ({
            requirementId: id,
            label: reference.requirements.get(fields.code)?.label ?? fields.code,
            done: credits.get(id) ?? 0,
            amount: fields.amount,
            unit: fields.unit,
          })),
        failures: running.includes(event) ? { ...countFailures(event, contacts, reference, today) } : null,
      }))
      return views.toSorted((a, b) => Number(b.isActive) - Number(a.isActive) || a.number - b.number)
    },
  }
}

function contactsOf(db: Database, caseId: string, running: readonly Stored<Event>[]): readonly EffectiveContact[] {
  if (running.length === 0) return []
  const [first = ''] = running.map(event => event.fields.startOn).toSorted()
  return listContactsSince(db, caseId, dayRange(first).from)
}

function describe({ id, fields }: Stored<Event>, reference: Reference, today: string) {
  const days = Math.max(1, daysBetween(fields.startOn, fields.endOn))
  const isActive = isActiveOn(fields, today)
  return {
    eventId: id,
    number: fields.number,
    label: reference.sentences.get(fields.sentence)?.label ?? fields.sentence,
    offence: fields.offence,
    court: fields.court,
    startOn: fields.startOn,
    endOn: fields.endOn,
    isActive,
    daysLeft: Math.max(0, daysBetween(today, fields.endOn)),
    passed: Math.min(1, Math.max(0, daysBetween(fields.startOn, today) / days)),
  }
}
