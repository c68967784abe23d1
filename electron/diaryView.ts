import type { Actor } from '../shared/access/actor.ts'
import { judgeSlot, slotInWeeks, type Diary, type Slot } from '../shared/features/appointments/slots.ts'
import { fullName } from '../shared/features/cases/case.ts'
import type { Reference } from '../shared/features/reference/reference.ts'
import { addDays, dayRange, type Clock } from '../shared/time.ts'
import type { Database } from '../db/database.ts'
import { listDiary } from '../db/features/appointments/appointmentsRepository.ts'
import { findPerson } from '../db/features/cases/casesRepository.ts'

interface When {
  readonly on: string
  readonly time: string
}

/** The officer's diary, asked whether a time is free. */
export interface DiaryView {
  /** What speaks against this day and time. */
  judge(actor: Actor, when: When, durationMinutes: number): Slot
  /** The same weekday and time that many weeks on. */
  inWeeks(actor: Actor, from: When, weeks: number, durationMinutes: number): Slot
}

interface DiaryDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
}

/** Days read around a slot: it may be moved up to a fortnight to find a free one. */
const DAYS_AROUND = 15

export function createDiaryView({ db, clock, reference }: DiaryDeps): DiaryView {
  function around(actor: Actor, on: string): Diary {
    const span = { from: dayRange(on).from, until: dayRange(addDays(on, DAYS_AROUND)).until }
    const taken = listDiary(db, { userId: actor.userId, now: clock.now(), ...span })
      .filter(one => one.fields.status === 'planned')
      .map(({ caseId, fields }) => ({
        on: fields.startsOn,
        time: fields.startsTime,
        durationMinutes: fields.durationMinutes,
        by: nameOf(caseId),
      }))
    return { taken, holidays: reference.holidays, holidaysKnownUntil: reference.holidaysKnownUntil }
  }

  function nameOf(caseId: string): string {
    const person = findPerson(db, caseId)
    return person ? fullName(person.fields) : ''
  }

  return {
    judge: (actor, when, durationMinutes) => judgeSlot(when, durationMinutes, around(actor, when.on)),
    inWeeks(actor, from, weeks, durationMinutes) {
      return slotInWeeks(from, weeks, durationMinutes, around(actor, addDays(from.on, weeks * 7)))
    },
  }
}
