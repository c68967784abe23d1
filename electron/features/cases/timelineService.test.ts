import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../../db/database.ts'
import { applyItem } from '../../../db/sync/applyPage.ts'
import type { TimelineFilter } from '../../../shared/features/cases/casesContract.ts'
import type { Input, Output } from '../../../shared/ipc/contract.ts'
import { aCase, aContact, anAppointment, anEntry, anId, dev, formIds, morgan } from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'
import type { ConfirmedRow } from '../../../tests/support/store.ts'
import { aFolderInMemory } from '../../../tests/support/temporary.ts'

const HOUR_MS = 3_600_000
const EVERYTHING: TimelineFilter = { words: '', category: null, compliance: null, showSystem: false }
const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00Z`)

function aTimeline(rowsOf: () => readonly Omit<ConfirmedRow, 'caseId'>[]) {
  const { caseId, rows } = aCase(rowsOf)
  const engine = anEngine({ rows, folder: aFolderInMemory() })
  const ask = (query: Partial<Input<'cases.timeline'>> = {}): Input<'cases.timeline'> => ({
    caseId,
    filter: EVERYTHING,
    before: null,
    limit: 50,
    ...query,
  })
  const timeline = (filter: Partial<TimelineFilter> = {}) =>
    engine.value('cases.timeline', ask({ filter: { ...EVERYTHING, ...filter } }))
  const reads = () =>
    engine.db.$client.prepare(`SELECT user_id FROM audit WHERE action = 'case.read' ORDER BY n`).pluck().all()
  return { ...engine, caseId, ask, timeline, reads }
}

const contact = (changes: Parameters<typeof aContact>[0], id = anId()) =>
  ({ entity: 'contact', id, fields: aContact(changes) }) as const
const appointment = (changes: Parameters<typeof anAppointment>[0]) =>
  ({ entity: 'appointment', id: anId(), fields: anAppointment(changes) }) as const
const nameOf = (entry: Output<'cases.timeline'>['entries'][number]): string =>
  entry.is === 'contact' ? entry.contact.note : `${entry.appointment.status} ${entry.appointment.startsOn}`

/** What happened and what was promised, in no order. */
const aStory = () =>
  aTimeline(() => [
    contact({ startedAt: at('2026-02-16'), outcome: 'ATTC', note: 'Café with Zoë.' }),
    contact({ startedAt: at('2026-02-02'), outcome: 'UAAB', note: 'Nobody came.' }),
    contact({ startedAt: at('2026-02-10'), kind: 'CTOA', outcome: null, note: 'Rang him.' }),
    contact({ startedAt: at('2026-01-05'), kind: 'ROC', outcome: null, note: 'Case transferred.' }),
    appointment({ startsOn: '2026-03-16' }),
    appointment({ startsOn: '2026-02-16', status: 'done' }),
    appointment({ startsOn: '2026-02-09', status: 'cancelled', statusReason: 'Office shut for snow' }),
  ])

describe('the timeline', () => {
  it('puts what happened and what was promised into one line, the newest first; a done appointment is shown by its contact', () => {
    const { entries, next } = aStory().timeline()

    expect(entries.map(nameOf)).toEqual([
      'planned 2026-03-16',
      'Café with Zoë.',
      'Rang him.',
      'cancelled 2026-02-09',
      'Nobody came.',
    ])
    expect(next).toBeNull()
  })

  it.each<[string, Partial<TimelineFilter>, readonly string[]]>([
    ['words of a note, without accents', { words: 'CAFE zoe' }, ['Café with Zoë.']],
    ['words of why it was cancelled', { words: 'snow' }, ['cancelled 2026-02-09']],
    ['the kind of a contact by its name', { words: 'office visit cafe' }, ['Café with Zoë.']],
    [
      'a category, of both',
      { category: 'meeting' },
      ['planned 2026-03-16', 'Café with Zoë.', 'cancelled 2026-02-09', 'Nobody came.'],
    ],
    ['complied', { compliance: 'complied' }, ['Café with Zoë.']],
    ['not complied', { compliance: 'not-complied' }, ['Nobody came.']],
    [
      'without an outcome, promises too',
      { compliance: 'no-outcome' },
      ['planned 2026-03-16', 'Rang him.', 'cancelled 2026-02-09'],
    ],
    ['what the system wrote', { category: 'system' }, ['Case transferred.']],
    ['what the system wrote, by its words when it is hidden', { words: 'transferred' }, []],
    [
      'what the system wrote, by its words when it is shown',
      { words: 'transferred', showSystem: true },
      ['Case transferred.'],
    ],
    ['what a pattern would mean', { words: '.*' }, []],
  ])('is filtered by %s', (_what, filter, expected) => {
    const { entries, shown } = aStory().timeline(filter)

    expect(entries.map(nameOf)).toEqual(expected)
    expect(shown).toBe(expected.length)
  })

  it.each<[Partial<TimelineFilter>]>([
    [{}],
    [{ showSystem: true }],
    [{ words: 'snow' }],
    [{ words: 'nothing has this' }],
    [{ category: 'call' }],
    [{ compliance: 'complied' }],
    [{ compliance: 'no-outcome' }],
  ])('says of how many entries in all, whatever is filtered: %j', filter => {
    expect(aStory().timeline(filter).all).toBe(6)
  })

  it('shows a corrected contact once with its latest words, and a struck one with the reason', () => {
    const [corrected, struck] = [anId(), anId()]
    const { timeline } = aTimeline(() => [
      contact({ note: 'First.' }, corrected),
      contact({ note: 'Second.', amends: corrected, reason: 'Wrong day' }),
      contact({ note: 'Third.', amends: corrected, reason: 'Wrong again' }),
      contact({ note: 'Struck.', startedAt: at('2026-02-01') }, struck),
      contact({ note: '', startedAt: at('2026-02-01'), strikes: struck, reason: 'Wrong person' }),
    ])

    const { entries, shown, all } = timeline()

    expect(entries).toMatchObject([
      { contact: { id: corrected, note: 'Third.', earlier: [{ note: 'First.' }, { note: 'Second.' }] } },
      { contact: { id: struck, note: 'Struck.', struckBecause: 'Wrong person' } },
    ])
    expect([shown, all]).toEqual([2, 2])
    expect(timeline({ words: 'first' }).entries).toEqual([])
  })

  it('shows what was just saved, on its way', () => {
    const { value, timeline, caseId } = aStory()
    const rest = { appointmentId: null, appointmentBaseRev: 0, mends: null }
    value('contacts.record', { ids: formIds(), caseId, ...rest, entry: anEntry({ note: 'Just now.' }) })

    expect(timeline({ words: 'just now' }).entries).toMatchObject([{ contact: { note: 'Just now.', state: 'saved' } }])
  })
})

describe('pages of the timeline', () => {
  /** More contacts than are read at a time, several of them at one moment; every seventh is what is looked for. */
  const many = () =>
    aTimeline(() => [
      ...Array.from({ length: 450 }, (_, n) =>
        contact({
          startedAt: at('2025-06-01') + Math.floor(n / 4) * HOUR_MS,
          note: n % 7 === 0 ? `wanted ${n}` : `other ${n}`,
        }),
      ),
      appointment({ startsOn: '2025-06-03', startsTime: '11:00', status: 'cancelled', statusReason: 'wanted' }),
      // Two at one moment, so that a page ends between them.
      ...Array.from({ length: 2 }, () => appointment({ startsOn: '2026-03-09', statusReason: 'wanted 4' })),
    ])

  it.each([
    ['all', EVERYTHING, 453, 100],
    ['what a filter lets through, however far apart', { ...EVERYTHING, words: 'wanted' }, 68, 10],
    ['one entry each', { ...EVERYTHING, words: 'wanted 4' }, 21, 1],
  ])('hold together %s, each entry once and in order', (_what, filter, count, limit) => {
    const { value, ask } = many()
    const seen: { readonly at: number; readonly id: string }[] = []
    let before: Input<'cases.timeline'>['before'] = null

    for (let pages = Math.ceil(count / limit); pages > 0; pages--) {
      const page: Output<'cases.timeline'> = value('cases.timeline', ask({ filter, before, limit }))
      expect([page.entries.length, page.shown]).toEqual([Math.min(limit, count - seen.length), count])
      for (const entry of page.entries) {
        const { id } = entry.is === 'contact' ? entry.contact : entry.appointment
        seen.push({ id, at: entry.is === 'contact' ? entry.contact.startedAt : entry.appointment.startsAt })
      }
      before = page.next
    }

    expect(before).toBeNull()
    expect(new Set(seen.map(one => one.id)).size).toBe(count)
    expect(seen).toEqual(seen.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)))
  })

  it('end where there is nothing older', () => {
    const { value, ask } = many()

    const { entries, next } = value('cases.timeline', ask({ before: { at: at('2025-06-01'), id: anId() }, limit: 3 }))

    expect(entries.map(nameOf)).toEqual(['other 3', 'other 2', 'other 1'])
    expect(value('cases.timeline', ask({ before: next, limit: 3 }))).toMatchObject({
      entries: [{ contact: { note: 'wanted 0' } }],
      next: null,
    })
  })

  it.each([
    ['of no entry', { limit: 0 }, { limit: 'required' }],
    ['of more than 100', { limit: 101 }, { limit: 'too-long' }],
    ['after something that is no place', { before: { at: 0.5, id: anId() } }, { 'before.at': 'not-allowed' }],
    ['of words without end', { filter: { ...EVERYTHING, words: 'x'.repeat(201) } }, { 'filter.words': 'too-long' }],
  ])('are refused %s, and no reading is written down', (_what, query, fields) => {
    const { call, ask, reads } = aStory()

    expect(call('cases.timeline', ask(query))).toEqual({ ok: false, error: { code: 'invalid-input', fields } })
    expect(reads()).toEqual([])
  })
})

describe('reading the timeline', () => {
  const notFound = { ok: false, error: { code: 'not-found' } }

  it('is a reading of the case: one entry for all its pages and filters', () => {
    const { timeline, reads, value, caseId } = aStory()

    timeline()
    timeline({ words: 'snow' })
    value('cases.open', { caseId })

    expect(reads()).toEqual([morgan.userId])
  })

  it('is refused as for a case that does not exist, and leaves no entry, to whoever does not work on it', () => {
    const { engine, ask, reads, call } = aStory()

    expect(engine.call(dev, 'cases.timeline', ask())).toEqual(notFound)
    expect(call('cases.timeline', ask({ caseId: anId() }))).toEqual(notFound)

    expect(reads()).toEqual([])
  })

  it('is refused from the moment the case is taken away', () => {
    const { call, ask, db, caseId, timeline } = aStory()
    timeline()

    inTransaction(db, tx => {
      applyItem(tx, { kind: 'revoke', caseId, epoch: 2 }, 0)
    })

    expect(call('cases.timeline', ask())).toEqual(notFound)
  })
})
