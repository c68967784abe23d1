import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Appointment } from '../shared/features/appointments/appointment.ts'
import type { Contact } from '../shared/features/contacts/contact.ts'
import { withCorrections } from '../shared/features/contacts/contactText.ts'
import { isFailure } from '../shared/features/contacts/failures.ts'
import { endBeforeStart } from '../shared/sync/dateOrder.ts'
import { type Entity, type Fields, recordTypes } from '../shared/sync/recordTypes.ts'
import { addWorkingDays, ageOn, isWorkingDay, londonDate, londonTime, weekday } from '../shared/time.ts'
import { calendarOf } from './calendar.ts'
import { dayName } from './days.ts'
import { type DemoCase, type DemoOptions, type DemoRow, generateDemo } from './generate.ts'
import { demoOffice } from './office.ts'
import { reference } from '../tests/support/reference.ts'

const TODAY = '2026-03-02'
const office = (options: Partial<DemoOptions> = {}): DemoOptions => ({
  people: 40,
  contactsPerPerson: 60,
  seed: 1,
  today: TODAY,
  ...options,
})
const generate = (options: Partial<DemoOptions> = {}): readonly DemoCase[] => [...generateDemo(office(options))]
const peopleOf = (cases: readonly DemoCase[]): readonly DemoCase[] => cases.slice(1)
const hashOf = (cases: readonly DemoCase[]): string => createHash('sha256').update(JSON.stringify(cases)).digest('hex')

/** The rows of one type, with their fields as that type has them. */
function rowsOf<E extends Entity>(one: DemoCase, entity: E) {
  return one.rows
    .filter(row => row.entity === entity)
    .map(row => ({ id: row.id, fields: row.fields as unknown as Fields<E> })) // the entity says which
}
const firsts = (one: DemoCase) =>
  rowsOf(one, 'contact').filter(({ fields }) => fields.amends === null && fields.strikes === null)
const dayOf = (contact: Contact): string => londonDate(contact.startedAt)

const demo = generate()
const people = peopleOf(demo)
/** As the first forty, and more of what is rare. */
const large = peopleOf(generate({ people: 160 }))
const contacts = people.flatMap(one => rowsOf(one, 'contact').map(({ fields }) => fields))

describe('the same options', () => {
  it('give the same bytes', () => {
    expect(hashOf(generate())).toBe(hashOf(demo))
  })

  it('but another seed or another day give others', () => {
    expect(hashOf(generate({ seed: 2 }))).not.toBe(hashOf(demo))
    expect(hashOf(generate({ today: '2026-03-03' }))).not.toBe(hashOf(demo))
  })

  it('keep every earlier case as it was when people are added', () => {
    expect(hashOf(generate({ people: 60 }).slice(0, demo.length))).toBe(hashOf(demo))
  })
})

describe('every row', () => {
  it.each([1, 2, 3])('is as its schema wants it, field by field in its order (seed %i)', seed => {
    const rows: readonly DemoRow[] = generate({ seed }).flatMap(one => one.rows)

    const wrong = rows.filter(row => {
      const { schema } = recordTypes[row.entity]
      // Parsing must change nothing, or the centre would store something else than was sent.
      const parsed = JSON.stringify(schema.parse(row.fields))
      const inOrder = Object.keys(row.fields).join() === Object.keys(schema.shape).join()
      return parsed !== JSON.stringify(row.fields) || !inOrder
    })

    expect(wrong).toEqual([])
  })

  it('ends on or after the day it starts', () => {
    const rows = [...people, ...large].flatMap(one => one.rows)

    expect(rows.filter(row => endBeforeStart(row.fields) !== undefined)).toEqual([])
  })

  it('belongs to its case and has an id of its own', () => {
    expect(demo.filter(one => one.rows.some(row => row.caseId !== one.caseId))).toEqual([])
    const ids = people.flatMap(one => one.rows.map(row => row.id))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has an id of version 7 whose time is that of the record', () => {
    const MINUTE = 60_000
    const delays = people.flatMap(firsts).map(({ id, fields }) => {
      expect(id.charAt(14)).toBe('7')
      return (
        Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) - fields.startedAt - fields.durationMinutes * MINUTE
      )
    })

    expect(Math.min(...delays)).toBeGreaterThan(0)
    expect(Math.max(...delays)).toBeLessThan(40 * MINUTE)
  })

  it('has no word in it that was left to be filled in', () => {
    const values = people.flatMap(one => one.rows.flatMap(row => Object.values(row.fields).map(String)))

    expect(values.filter(value => /[{}]|undefined|TASK|£0\b|NaN| {2}/.test(value))).toEqual([])
  })

  it('uses codes that the reference data has', () => {
    for (const one of people) {
      for (const { fields } of rowsOf(one, 'contact')) {
        expect(reference.contactTypes.has(fields.kind), fields.kind).toBe(true)
        if (fields.outcome !== null) expect(reference.outcomes.has(fields.outcome), fields.outcome).toBe(true)
      }
      for (const { fields } of rowsOf(one, 'appointment')) {
        expect(reference.contactTypes.get(fields.kind)?.use, fields.kind).toBe('appointment')
      }
      for (const { fields } of rowsOf(one, 'register'))
        expect(reference.registers.has(fields.code), fields.code).toBe(true)
      for (const { fields } of rowsOf(one, 'requirement')) {
        expect(reference.requirements.get(fields.code)?.unit, fields.code).toBe(fields.unit)
      }
      for (const { fields } of rowsOf(one, 'event'))
        expect(reference.offences.get(fields.offenceCode)).toBe(fields.offence)
    }
  })
})

describe('the people', () => {
  it('have numbers, addresses and mail that nobody else can have', () => {
    for (const one of people) {
      for (const { fields } of rowsOf(one, 'contact_detail')) {
        if (fields.kind === 'mobile') expect(fields.value).toMatch(/^07700 900\d{3}$/)
        if (fields.kind === 'telephone') expect(fields.value).toMatch(/^01632 960\d{3}$/)
        if (fields.kind === 'email') expect(fields.value).toMatch(/^[a-z.-]+@example\.org$/)
      }
      for (const { fields } of rowsOf(one, 'identifier')) {
        const shape = { crn: /^Z\d{6}$/, pnc: /^(19|20)\d\d\/\d{7}Z$/, noms: /^Z\d{4}ZZ$/, cro: /^$/ }
        expect(fields.value).toMatch(shape[fields.kind])
      }
      for (const { fields } of rowsOf(one, 'address')) expect(fields.postcode).toMatch(/^(ZZ[1-9] [1-9][A-Z]{2})?$/)
    }
  })

  it('have a CRN each, however many there are', () => {
    const crns = generate({ people: 400, contactsPerPerson: 2 })
      .flatMap(one => rowsOf(one, 'identifier'))
      .filter(({ fields }) => fields.kind === 'crn')
      .map(({ fields }) => fields.value)

    expect(new Set(crns).size).toBe(400)
  })

  it('were between 18 and 75 when the order began', () => {
    for (const one of people) {
      const born = rowsOf(one, 'case')[0]?.fields.dateOfBirth ?? ''
      const began = rowsOf(one, 'event').at(-1)?.fields.startOn ?? ''
      expect(ageOn(born, began)).toBeGreaterThanOrEqual(18)
      expect(ageOn(born, began)).toBeLessThanOrEqual(75)
    }
  })

  it('are three to two with the two officers, each with a senior and an administrator', () => {
    const officers = people.map(one => {
      const open = rowsOf(one, 'assignment').filter(({ fields }) => fields.endOn === null)
      expect(open.map(({ fields }) => fields.part)).toEqual(['responsible', 'senior', 'administrator'])
      return open[0]?.fields.userId
    })

    expect(officers[0]).toBe('morgan.ashby')
    expect(officers.filter(id => id === 'morgan.ashby').length).toBe(24)
    expect(officers.filter(id => id === 'dev.larkhill').length).toBe(16)
    expect(demoOffice.users.map(user => user.role)).toEqual(['officer', 'officer', 'senior', 'administrator'])
  })

  it('have one level of serious harm each, in believable shares', () => {
    const levels = peopleOf(generate({ people: 400, contactsPerPerson: 2 })).map(one => {
      const held = rowsOf(one, 'register')
        .map(({ fields }) => reference.registers.get(fields.code)?.rosh ?? null)
        .filter(level => level !== null)
      return held.at(-1)
    })

    const share = (level: string): number => levels.filter(one => one === level).length / levels.length
    expect(share('medium')).toBeCloseTo(0.45, 1)
    expect(share('low')).toBeCloseTo(0.44, 1)
    expect(share('high')).toBeCloseTo(0.1, 1)
    expect(share('very-high')).toBeGreaterThan(0)
    expect(share('very-high')).toBeLessThan(0.03)
  })

  it('carry a risk to staff that says what to do, some of them', () => {
    const flags = peopleOf(generate({ people: 400, contactsPerPerson: 2 }))
      .flatMap(one => rowsOf(one, 'register'))
      .filter(({ fields }) => fields.code === 'AV2S')

    expect(flags.length / 400).toBeGreaterThan(0.03)
    expect(flags.length / 400).toBeLessThan(0.1)
    for (const { fields } of flags) expect(fields.note).toMatch(/officer|room 2/i)
  })
})

describe('the contacts', () => {
  it.each([0, 1, 12, 60, 200])('are %i a person on average, exactly', contactsPerPerson => {
    const cases = peopleOf(generate({ people: 30, contactsPerPerson }))

    expect(cases.reduce((sum, one) => sum + rowsOf(one, 'contact').length, 0)).toBe(30 * contactsPerPerson)
  })

  it('come in the order in which they happened', () => {
    for (const one of people) {
      const started = firsts(one).map(({ fields }) => fields.startedAt)
      const ids = rowsOf(one, 'contact').map(({ id }) => id)
      expect(started).toEqual(started.toSorted((a, b) => a - b))
      expect(ids).toEqual(ids.toSorted())
    }
  })

  it('have notes of the length that officers write', () => {
    const mean = (some: readonly Contact[]): number => some.reduce((sum, one) => sum + one.note.length, 0) / some.length
    const attended = contacts.filter(one => one.outcome === 'ATTC' && ['COAP', 'CHVS', 'C084'].includes(one.kind))
    const calls = contacts.filter(one => ['CTOA', 'CTOB'].includes(one.kind))

    expect(mean(contacts)).toBeGreaterThan(400)
    expect(mean(contacts)).toBeLessThan(460)
    expect(mean(attended)).toBeGreaterThan(550)
    expect(Math.max(...attended.map(one => one.note.length))).toBeLessThan(1_700)
    expect(mean(calls)).toBeGreaterThan(60)
    expect(mean(calls)).toBeLessThan(150)
  })

  it('seldom have the same note twice', () => {
    expect(new Set(contacts.map(one => one.note)).size / contacts.length).toBeGreaterThan(0.94)
  })

  it('keep most appointments and miss some', () => {
    const withOutcome = contacts.filter(one => one.outcome !== null)
    const share = (...codes: string[]): number =>
      withOutcome.filter(one => codes.includes(one.outcome ?? '')).length / withOutcome.length

    expect(share('ATTC')).toBeGreaterThan(0.82)
    expect(share('UAAB')).toBeGreaterThan(0.01)
    expect(share('UAAB')).toBeLessThan(0.06)
    expect(share('AFTA')).toBeGreaterThan(0)
    expect(share('AAME', 'AAEM', 'AAFC', 'AAHO', 'AACL', 'AARE', 'AAAA', 'CO05', 'AFDA')).toBeGreaterThan(0.02)
  })

  it('lie on working days, within the order, and none in the future', () => {
    for (const one of people) {
      const order = rowsOf(one, 'event').at(-1)?.fields
      const ended = order?.terminatedOn ?? order?.endOn ?? ''
      for (const { fields } of rowsOf(one, 'contact')) {
        const on = dayOf(fields)
        expect(isWorkingDay(on, calendarOf(TODAY).holidays), on).toBe(true)
        expect(on >= (order?.startOn ?? '')).toBe(true)
        expect(on <= TODAY && on <= addWorkingDays(ended, 1, reference.holidays)).toBe(true)
      }
    }
  })

  it('serve no more of a requirement than was ordered, and something of most', () => {
    const served = (one: DemoCase, requirementId: string): number =>
      rowsOf(one, 'contact')
        .filter(({ fields }) => fields.requirementId === requirementId)
        // A strike takes off what it withdraws.
        .reduce((sum, { fields }) => sum + (fields.strikes === null ? fields.credits : -fields.credits), 0)
    const shares = large.map(one => rowsOf(one, 'requirement').map(({ id, fields }) => served(one, id) / fields.amount))

    for (const share of shares.flat()) expect(share).toBeLessThanOrEqual(1)
    for (const share of shares.flat()) expect(share).toBeGreaterThanOrEqual(0)
    expect(shares.flat().filter(share => share > 0.2).length / shares.flat().length).toBeGreaterThan(0.6)
  })

  it('are corrected in a few cases by rows that name the first', () => {
    const corrections = large.flatMap(one => {
      const byId = new Map(rowsOf(one, 'contact').map(({ id, fields }) => [id, fields]))
      return rowsOf(one, 'contact').flatMap(({ id, fields }) => {
        const firstId = fields.amends ?? fields.strikes
        return firstId === null ? [] : [{ id, fields, firstId, first: byId.get(firstId) }]
      })
    })

    expect(corrections.filter(({ fields }) => fields.amends !== null).length).toBeGreaterThanOrEqual(5)
    expect(corrections.filter(({ fields }) => fields.strikes !== null && fields.credits > 0).length).toBeGreaterThan(0)
    expect(corrections.filter(({ fields }) => fields.strikes !== null && fields.credits === 0).length).toBeGreaterThan(
      0,
    )
    for (const { id, fields, first, firstId } of corrections) {
      expect(id > firstId).toBe(true)
      expect([fields.startedAt, fields.kind, fields.appointmentId]).toEqual([first?.startedAt, first?.kind, null])
      expect(fields.reason).toBeTruthy()
      if (fields.amends !== null) {
        expect([fields.credits, fields.requirementId]).toEqual([0, null])
        expect(fields.note).not.toBe(first?.note)
      } else {
        expect([fields.credits, fields.requirementId, fields.note]).toEqual([first?.credits, first?.requirementId, ''])
      }
    }
  })
})

describe('the story', () => {
  it('answers every failure with a letter within two working days, but for the few that are owed', () => {
    const owed = people.flatMap(one => {
      const effective = withCorrections(rowsOf(one, 'contact').map(row => ({ ...row, version: 0 })))
      const letters = effective
        .filter(({ fields }) => reference.contactTypes.get(fields.kind)?.settlesLetter)
        .map(({ fields }) => dayOf(fields))
      return effective
        .filter(contact => isFailure(contact, reference))
        .map(({ fields }) => dayOf(fields))
        .filter(on => !letters.some(day => day >= on && day <= addWorkingDays(on, 2, reference.holidays)))
    })

    for (const on of owed) expect(addWorkingDays(on, 5, reference.holidays) >= TODAY, on).toBe(true)
    expect(owed.length).toBeGreaterThanOrEqual(3)
    expect(owed.length).toBeLessThanOrEqual(6)
  })

  it('waits for evidence in the last days only', () => {
    const waiting = contacts.filter(one => one.outcome === 'AFTA').map(dayOf)

    expect(waiting.length).toBeGreaterThanOrEqual(3)
    for (const on of waiting) expect(on >= '2026-02-20').toBe(true)
  })

  it('begins with a first appointment within five working days', () => {
    for (const one of [...people, ...peopleOf(generate({ people: 80, today: '2026-06-12' }))]) {
      const order = rowsOf(one, 'event').at(-1)?.fields
      const first = firsts(one).find(({ fields }) => fields.kind === 'COAI')?.fields
      expect(first && dayOf(first) <= addWorkingDays(order?.startOn ?? '', 5, reference.holidays)).toBe(true)
    }
  })

  it('tells no meeting a next one that the record does not have', () => {
    for (const one of people) {
      const planned = rowsOf(one, 'appointment').map(
        ({ fields }) => `${dayName(fields.startsOn)} at ${fields.startsTime}`,
      )
      const held = firsts(one).map(({ fields }) => `${dayName(dayOf(fields))} at ${londonTime(fields.startedAt)}`)
      const known = new Set([...planned, ...held])
      for (const { fields } of firsts(one)) {
        const [, next] = /Next: (\w+ \d+ \w+ at \d\d:\d\d)\./.exec(fields.note) ?? []
        if (next !== undefined) expect(known.has(next), next).toBe(true)
      }
    }
  })

  it('speaks of nobody by another name or pronoun', () => {
    const OTHERS = { he: /\b(she|herself)\b/i, she: /\b(he|his|himself)\b/i, they: /\b(he|she|his|himself|herself)\b/i }
    for (const one of people) {
      const person = rowsOf(one, 'case')[0]?.fields
      const wrong = OTHERS[person?.pronoun === 'he' || person?.pronoun === 'she' ? person.pronoun : 'they']
      for (const { fields } of rowsOf(one, 'contact')) expect(fields.note).not.toMatch(wrong)
    }
  })

  it('offers no home visit to somebody without a home, and none to whom staff should not go', () => {
    for (const one of people) {
      const isHomeless = rowsOf(one, 'address').some(({ fields }) => fields.status === 'no-fixed-abode')
      const isRisk = rowsOf(one, 'register').some(({ fields }) => fields.code === 'AV2S')
      const kinds = rowsOf(one, 'appointment').map(({ fields }) => fields.kind)
      const held = rowsOf(one, 'contact').map(({ fields }) => fields.kind)
      if (isHomeless || isRisk) expect([...kinds, ...held]).not.toContain('CHVS')
    }
  })
})

describe('the diaries', () => {
  type Planned = Appointment & { readonly id: string }
  const appointmentsOf = (cases: readonly DemoCase[]): readonly Planned[] =>
    cases.flatMap(one => rowsOf(one, 'appointment').map(({ id, fields }) => ({ id, ...fields })))
  const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  /** Partners have groups; only the diary of one officer can clash. */
  const isOfOfficer = (userId: string): boolean => /^(duty\.|morgan|dev)/.test(userId)

  function clashes(all: readonly Planned[]): readonly string[] {
    const days = Map.groupBy(
      all.filter(one => isOfOfficer(one.withUserId)),
      one => `${one.withUserId} ${one.startsOn}`,
    )
    return [...days].flatMap(([day, ones]) => {
      const inOrder = ones.toSorted((a, b) => minute(a.startsTime) - minute(b.startsTime))
      return inOrder
        .filter((one, place) => {
          const before = inOrder[place - 1]
          return before !== undefined && minute(before.startsTime) + before.durationMinutes > minute(one.startsTime)
        })
        .map(one => `${day} ${one.startsTime}`)
    })
  }

  const all = appointmentsOf(people)
  const OFFICERS = ['morgan.ashby', 'dev.larkhill']

  it.each(OFFICERS)('of %s has six to nine people today, none recorded yet', officer => {
    const today = all.filter(one => one.withUserId === officer && one.startsOn === TODAY)
    const states = today
      .toSorted((a, b) => (a.startsTime < b.startsTime ? -1 : 1))
      .map(one => `${one.startsTime} ${one.status}`)

    expect(states.length).toBeGreaterThanOrEqual(6)
    expect(states.length).toBeLessThanOrEqual(9)
    expect(states.slice(0, 3)).toEqual(['09:00 planned', '09:30 planned', '10:00 planned'])
    expect(states.every(state => state.endsWith('planned'))).toBe(true)
  })

  it.each(OFFICERS)('of %s has four to nine outcomes to log, all of the last week', officer => {
    const toLog = all.filter(one => one.withUserId === officer && one.status === 'planned' && one.startsOn < TODAY)

    expect(toLog.length).toBeGreaterThanOrEqual(4)
    expect(toLog.length).toBeLessThanOrEqual(9)
    for (const one of toLog) expect(one.startsOn >= '2026-02-23').toBe(true)
  })

  it.each([
    ['a Saturday', '2026-03-07', '2026-03-09'],
    ['a bank holiday', '2026-04-06', '2026-04-07'],
  ])('are empty on %s and full on the next working day', (_, today, next) => {
    const later = appointmentsOf(generate({ today }))

    expect(later.filter(one => one.startsOn === today)).toEqual([])
    for (const officer of OFFICERS) {
      const full = later.filter(one => one.withUserId === officer && one.startsOn === next)
      expect(full.length).toBeGreaterThanOrEqual(6)
      expect(full.every(one => one.status === 'planned')).toBe(true)
    }
  })

  it('never clash, never fall on a weekend or holiday, and lie between nine and four', () => {
    const many = appointmentsOf(large)

    expect(clashes(many)).toEqual([])
    for (const one of many) {
      expect(isWorkingDay(one.startsOn, reference.holidays), one.startsOn).toBe(true)
      expect(weekday(one.startsOn)).toBeLessThanOrEqual(5)
      expect(one.startsTime >= '09:00' && minute(one.startsTime) + one.durationMinutes <= 16 * 60).toBe(true)
    }
  })

  it('stay possible when there are thousands of people', () => {
    const many = appointmentsOf(generate({ people: 1_000, contactsPerPerson: 4 }))

    for (const officer of OFFICERS) {
      const days = Map.groupBy(
        many.filter(one => one.withUserId === officer),
        one => one.startsOn,
      )
      expect(days.get(TODAY)?.length).toBeLessThanOrEqual(9)
      expect(Math.max(...[...days.values()].map(ones => ones.length))).toBeLessThanOrEqual(9)
    }
  })

  it('give most people a next appointment, which a few have yet to be told of', () => {
    const ahead = people.map(one =>
      rowsOf(one, 'appointment').filter(({ fields }) => fields.startsOn >= TODAY && fields.status === 'planned'),
    )
    const told = large.flatMap(one => rowsOf(one, 'appointment')).filter(({ fields }) => fields.startsOn > TODAY)
    const untold = told.filter(({ fields }) => fields.toldHow === 'not-told').length / told.length

    expect(ahead.filter(ones => ones.length > 0).length / people.length).toBeGreaterThan(0.75)
    expect(untold).toBeGreaterThan(0.01)
    expect(untold).toBeLessThan(0.15)
  })

  it('agree with the contacts: an outcome for each that is done, none for what is planned', () => {
    for (const one of people) {
      const logged = new Set(firsts(one).map(({ fields }) => fields.appointmentId))
      for (const { id, fields } of rowsOf(one, 'appointment')) expect(logged.has(id)).toBe(fields.status !== 'planned')
      for (const { fields } of firsts(one)) {
        if (fields.appointmentId === null) continue
        const appointment = rowsOf(one, 'appointment').find(({ id }) => id === fields.appointmentId)?.fields
        expect([appointment?.startsOn, appointment?.startsTime]).toEqual([dayOf(fields), londonTime(fields.startedAt)])
      }
    }
  })

  it('shrink with the office: four people have a little of each', () => {
    const few = appointmentsOf(generate({ people: 4 }))

    for (const officer of OFFICERS) {
      const today = few.filter(one => one.withUserId === officer && one.startsOn === TODAY)
      expect(today.map(one => one.startsTime).toSorted()).toEqual(['09:30', '10:00'])
    }
  })
})

describe('any office on any day', () => {
  const options = fc.record({
    people: fc.integer({ min: 0, max: 12 }),
    contactsPerPerson: fc.integer({ min: 0, max: 90 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    today: fc
      .date({ min: new Date('2025-06-01'), max: new Date('2027-10-31'), noInvalidDate: true })
      .map(date => date.toISOString().slice(0, 10)),
  })

  it('is valid, has ids of its own and the contacts that were asked for', () => {
    fc.assert(
      fc.property(options, chosen => {
        const cases = generate(chosen)
        const rows = cases.flatMap(one => one.rows)

        for (const row of rows) recordTypes[row.entity].schema.parse(row.fields)
        expect(cases.length).toBe(chosen.people + 1)
        expect(new Set(rows.map(row => row.id)).size).toBe(rows.length)
        const wanted = chosen.people * chosen.contactsPerPerson
        const made = rows.filter(row => row.entity === 'contact').length
        // The last of an odd number of people has no partner to make up for it.
        expect(Math.abs(made - wanted)).toBeLessThanOrEqual(
          chosen.people % 2 === 0 ? 0 : chosen.contactsPerPerson * 0.35,
        )
      }),
      { numRuns: 40 },
    )
  })

  it('has no appointment on a day off and no row of the future but appointments', () => {
    fc.assert(
      fc.property(options, chosen => {
        for (const one of peopleOf(generate(chosen))) {
          for (const { fields } of rowsOf(one, 'appointment')) {
            expect(isWorkingDay(fields.startsOn, calendarOf(chosen.today).holidays), fields.startsOn).toBe(true)
            if (fields.startsOn > chosen.today) expect(fields.status).toBe('planned')
          }
          for (const { fields } of rowsOf(one, 'contact')) expect(dayOf(fields) <= chosen.today).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('the templates', () => {
  const [shared] = demo
  const templates = shared ? rowsOf(shared, 'template') : []

  it('are eight to twelve, in order, for kinds that exist', () => {
    expect(shared?.caseId).toBe('ref:templates')
    expect(templates.length).toBeGreaterThanOrEqual(8)
    expect(templates.length).toBeLessThanOrEqual(12)
    expect(templates.map(({ fields }) => fields.position)).toEqual(templates.map((_, place) => place))
    for (const { fields } of templates) {
      for (const kind of fields.kinds.split(' ').filter(Boolean))
        expect(reference.contactTypes.has(kind), kind).toBe(true)
    }
  })

  it('fit every kind of planned meeting that the office has', () => {
    const kinds = new Set(people.flatMap(one => rowsOf(one, 'appointment').map(({ fields }) => fields.kind)))
    kinds.delete('CUPA')

    for (const kind of kinds)
      expect(
        templates.some(({ fields }) => fields.kinds.split(' ').includes(kind)),
        kind,
      ).toBe(true)
  })
})
