import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../../db/database.ts'
import { applyItem } from '../../../db/sync/applyPage.ts'
import type { CaseloadSort } from '../../../shared/features/caseload/caseloadContract.ts'
import type { Input } from '../../../shared/ipc/contract.ts'
import type { PullItem } from '../../../shared/sync/protocol.ts'
import {
  aCase,
  aContact,
  anAppointment,
  anEntry,
  anEvent,
  anId,
  aRegister,
  dev,
  formIds,
  morgan,
} from '../../../tests/support/builders.ts'
import { dayRange } from '../../../shared/time.ts'
import { anEngine } from '../../../tests/support/engine.ts'
import { aFolderInMemory } from '../../../tests/support/temporary.ts'

const at = (day: string) => Date.parse(`${day}T10:00:00Z`)

/** Three people: Amos with everything, Béla with some of it, Cleo with nothing but a name. */
function threePeople() {
  const amos = aCase(
    () => [
      { entity: 'alias', id: anId(), fields: { givenName: 'Ziggy', familyName: 'Wren', note: '' } },
      { entity: 'register', id: anId(), fields: aRegister({ code: 'RMRH', nextReviewOn: null }) },
      { entity: 'event', id: anId(), fields: anEvent({ endOn: '2026-06-30' }) },
      { entity: 'contact', id: anId(), fields: aContact({ startedAt: at('2026-02-20') }) },
      { entity: 'appointment', id: anId(), fields: anAppointment({ startsOn: '2026-03-12' }) },
    ],
    { givenName: 'Amos', familyName: 'Yarrow' },
  )
  const bela = aCase(
    () => [
      { entity: 'register', id: anId(), fields: aRegister({ code: 'RHRH', nextReviewOn: '2026-03-04' }) },
      { entity: 'event', id: anId(), fields: anEvent({ endOn: '2026-04-30' }) },
      { entity: 'contact', id: anId(), fields: aContact({ startedAt: at('2026-01-20') }) },
      { entity: 'appointment', id: anId(), fields: anAppointment({ startsOn: '2026-03-10' }) },
    ],
    { givenName: 'Béla', familyName: 'Larch' },
  )
  const cleo = aCase(() => [], { givenName: 'Cleo', familyName: 'Alder' })
  const engine = anEngine({ rows: [...amos.rows, ...bela.rows, ...cleo.rows], folder: aFolderInMemory() })
  const ask = (query: Partial<Input<'caseload.list'>> = {}) => ({
    ...({ words: '', sort: 'name', limit: 10, offset: 0 } as const),
    ...query,
  })
  const names = (query: Partial<Input<'caseload.list'>> = {}) =>
    engine.value('caseload.list', ask(query)).rows.map(row => row.person.name.split(' ')[0])
  const readings = () =>
    engine.db.$client.prepare(`SELECT user_id AS who, detail FROM audit WHERE action = 'list.read' ORDER BY n`).all()
  return { ...engine, amos, bela, cleo, ask, names, readings }
}

describe('the caseload', () => {
  it.each<[CaseloadSort, readonly string[]]>([
    ['name', ['Cleo', 'Béla', 'Amos']],
    ['owed', ['Béla', 'Cleo', 'Amos']],
    ['next-appointment', ['Béla', 'Amos', 'Cleo']],
    ['last-contact', ['Cleo', 'Béla', 'Amos']],
    ['order-ends', ['Béla', 'Amos', 'Cleo']],
    ['rosh', ['Béla', 'Amos', 'Cleo']],
  ])('is sorted by %s, those without one where they are looked for', (sort, expected) => {
    expect(threePeople().names({ sort })).toEqual(expected)
  })

  it.each([
    ['without accents, in any case, in any order', 'LARCH bela', ['Béla']],
    ['with an alias', 'ziggy', ['Amos']],
    ['with the number of the case', 'z004512', ['Cleo', 'Béla', 'Amos']],
    ['with a flag', 'high rosh', ['Béla']],
    ['with words that only two people have between them', 'amos larch', []],
    ['with what a pattern would mean', '%', []],
    ['with spaces alone', '   ', ['Cleo', 'Béla', 'Amos']],
  ])('is searched %s', (_how, words, expected) => {
    expect(threePeople().names({ words })).toEqual(expected)
  })

  it('comes in pages that together are the whole, and is empty after its end', () => {
    const { names, value, ask } = threePeople()

    const pages = [0, 2, 4].map(offset => names({ limit: 2, offset }))

    expect(pages).toEqual([['Cleo', 'Béla'], ['Amos'], []])
    expect(value('caseload.list', ask({ words: 'larch', limit: 1, offset: 4 }))).toMatchObject({ total: 1, all: 3 })
  })

  it.each([
    ['no row', { limit: 0 }, { limit: 'required' }],
    ['more than a page', { limit: 201 }, { limit: 'too-long' }],
    ['a page before the first', { offset: -1 }, { offset: 'required' }],
    ['half a page', { offset: 0.5 }, { offset: 'not-allowed' }],
    ['words without end', { words: 'x'.repeat(201) }, { words: 'too-long' }],
    ['a column that is not there', { sort: 'crime' as never }, { sort: 'not-allowed' }],
  ])('refuses %s, and writes no reading down', (_what, query, fields) => {
    const { call, ask, readings } = threePeople()

    expect(call('caseload.list', ask(query))).toEqual({ ok: false, error: { code: 'invalid-input', fields } })
    expect(readings()).toEqual([])
  })

  it('shows what is derived from the record, and nothing where there is nothing', () => {
    const { value, ask, amos, cleo } = threePeople()

    const { rows, today } = value('caseload.list', ask())

    expect(today).toBe('2026-03-02')
    expect(rows.find(row => row.person.caseId === amos.caseId)).toMatchObject({
      aliases: 'Ziggy Wren',
      flags: 'RoSH medium',
      orderLabel: 'Community order',
      orderEndsOn: '2026-06-30',
      lastContactAt: at('2026-02-20'),
      nextAppointmentAt: at('2026-03-12'),
    })
    expect(rows.find(row => row.person.caseId === cleo.caseId)).toMatchObject({
      aliases: '',
      flags: '',
      orderLabel: null,
      orderEndsOn: null,
      lastContactAt: null,
      nextAppointmentAt: null,
      owedOn: null,
      owedCount: 0,
    })
  })

  it('loses a case that the centre takes away, in the rows and in the count', () => {
    const { names, value, ask, db, bela } = threePeople()
    expect(names()).toHaveLength(3)

    inTransaction(db, tx => {
      applyItem(tx, { kind: 'revoke', caseId: bela.caseId, epoch: 2 }, 0)
    })

    expect(names()).toEqual(['Cleo', 'Amos'])
    expect(value('caseload.list', ask())).toMatchObject({ total: 2, all: 2 })
    expect(names({ words: 'larch' })).toEqual([])
  })

  it('never shows it again for what is still answered, and shows it whole once the centre gives it back', () => {
    const { names, value, db, bela } = threePeople()
    const ids = formIds()
    const rest = { caseId: bela.caseId, appointmentId: null, appointmentBaseRev: 0, mends: null }
    value('contacts.record', { ids, ...rest, entry: anEntry() })
    const pull = (item: PullItem) => {
      inTransaction(db, tx => {
        applyItem(tx, item, 0)
      })
    }
    const found = () => value('find.people', { text: 'larch', limit: 3, offset: 0 }).total

    pull({ kind: 'revoke', caseId: bela.caseId, epoch: 2 })
    value('forms.undo', { actionId: ids.actionId })
    expect([names(), found()]).toEqual([['Cleo', 'Amos'], 0])

    pull({ kind: 'grant', caseId: bela.caseId, epoch: 3, until: null })
    expect([names(), found()]).toEqual([['Cleo', 'Béla', 'Amos'], 1])
  })
})

describe('a case whose grant has come to its end', () => {
  /** Béla's case is Morgan's until the end of 4 March; no centre is heard. */
  function untilTheFourth() {
    const test = threePeople()
    const { db, bela, value, names, machine, ask } = test
    const grant = (epoch: number, until: number | null) => {
      inTransaction(db, tx => {
        applyItem(tx, { kind: 'grant', caseId: bela.caseId, epoch, until }, 0)
      })
    }
    grant(1, dayRange('2026-03-05').from)
    const page = { limit: 10, offset: 0 }
    const seen = () => ({
      names: names(),
      total: value('caseload.list', ask()).total,
      found: value('find.people', { text: 'larch', ...page }),
      owed: value('today.owed', page),
      diary: value('today.diary', { day: '2026-03-10' }).items.map(one => one.person.name),
      notes: value('find.notes', { text: 'landlord', within: null, without: null, ...page }).notes.map(
        one => one.caseId === bela.caseId,
      ),
      recent: value('today.recent', {}).map(one => one.name),
      work: value('sync.work', { words: '', only: 'all', ...page }).items.map(one => one.name),
    })
    value('cases.open', { caseId: bela.caseId })
    const rest = { appointmentId: null, appointmentBaseRev: 0, mends: null }
    value('contacts.record', { ids: formIds(), caseId: bela.caseId, ...rest, entry: anEntry() })
    return { ...test, grant, seen, machine }
  }

  it('is in every list until then', () => {
    const { seen, machine } = untilTheFourth()
    machine.clock.set('2026-03-04T23:59:59Z')

    expect(seen()).toMatchObject({
      names: ['Cleo', 'Béla', 'Amos'],
      total: 3,
      found: { total: 1, cases: 3 },
      owed: { total: 1, items: [{ name: 'Béla Larch' }] },
      diary: ['Béla Larch'],
      notes: [false, true],
      recent: ['Béla Larch'],
      work: ['Béla Larch'],
    })
  })

  it('is in none from then on, and in all again when the centre grants it for longer', () => {
    const { seen, machine, grant, call, bela } = untilTheFourth()
    machine.clock.set('2026-03-05T00:00:00Z')

    expect(seen()).toEqual({
      names: ['Cleo', 'Amos'],
      total: 2,
      found: { total: 0, cases: 2, people: [] },
      owed: { total: 0, items: [] },
      diary: [],
      notes: [false],
      recent: [],
      work: [''],
    })
    expect(call('cases.open', { caseId: bela.caseId })).toEqual({ ok: false, error: { code: 'not-found' } })

    grant(1, null)
    expect(seen()).toMatchObject({ names: ['Cleo', 'Béla', 'Amos'], found: { total: 1 }, diary: ['Béla Larch'] })
  })

  it('is out of the lists however many lapse at once: the filter stands in the query', () => {
    const rows = Array.from({ length: 30 }, () => aCase().rows).flat()
    const { value, db, machine } = anEngine({ rows, folder: aFolderInMemory() })
    const list = () => value('caseload.list', { words: '', sort: 'name', limit: 100, offset: 0 })
    while (list().total < 30);
    db.$client.prepare('UPDATE case_scope SET until = ?').run(dayRange('2026-03-03').from)
    machine.clock.set('2026-03-03T00:00:00Z')

    expect(list()).toMatchObject({ total: 0, all: 0, rows: [] })
  })
})

describe('a new day', () => {
  it('works out anew which order runs', () => {
    const { value, ask, machine, amos, bela } = threePeople()
    const line = (caseId: string) => value('caseload.list', ask()).rows.find(row => row.person.caseId === caseId)
    expect([line(amos.caseId)?.orderLabel, line(bela.caseId)?.orderLabel]).toEqual([
      'Community order',
      'Community order',
    ])

    machine.clock.set('2026-05-01T08:00:00Z')

    expect([line(amos.caseId)?.orderLabel, line(bela.caseId)?.orderLabel]).toEqual(['Community order', null])
    expect(value('cases.open', { caseId: bela.caseId }).header.order).toBeNull()
  })

  it('shows a review that is to be shown from it on; the window asks again while there is more to work out', () => {
    const soon = aCase(() => [
      { entity: 'register', id: anId(), fields: aRegister({ code: 'RHRH', nextReviewOn: '2026-03-20' }) },
    ])
    const many = Array.from({ length: 30 }, () => aCase().rows).flat()
    const { value, machine, heard } = anEngine({ rows: [...many, ...soon.rows], folder: aFolderInMemory() })
    const owed = () => value('today.owed', { limit: 10, offset: 0 }).total
    while (value('caseload.list', { words: '', sort: 'name', limit: 1, offset: 0 }).total < 31);
    expect(owed()).toBe(0)
    machine.clock.forward(Date.parse('2026-03-05T23:59:59Z') - machine.clock.now())
    machine.timers.run()
    expect(owed()).toBe(0)
    machine.clock.forward(1_000)
    machine.timers.run()
    const before = heard.length

    owed()
    machine.clock.forward(1_000)
    machine.timers.run()

    expect(heard.slice(before)).toContainEqual({ topic: 'diary' })
    expect(owed()).toBe(1)
  })
})

describe('reading the caseload', () => {
  const entry = (who: string) => ({ who, detail: JSON.stringify({ list: 'caseload', cases: 3 }) })

  it('is written down once, with how many people are in it, whatever is sorted, searched and paged', () => {
    const { names, readings } = threePeople()

    names({ words: 'amos' })
    expect(readings()).toHaveLength(1)
    names()
    names({ sort: 'rosh' })
    names({ limit: 1, offset: 1 })

    expect(readings()).toEqual([entry(morgan.userId)])
  })

  it('is written down again after 15 minutes, and for another officer', () => {
    const { names, readings, machine, engine, ask } = threePeople()
    names()
    machine.clock.forward(15 * 60_000 - 1)
    names()
    expect(readings()).toHaveLength(1)

    machine.clock.forward(1)
    names()
    engine.call(dev, 'caseload.list', ask())

    expect(readings()).toEqual([entry(morgan.userId), entry(morgan.userId), entry(dev.userId)])
  })

  it('is not answered while it cannot be written down', () => {
    const { call, ask, db, readings } = threePeople()
    db.$client.exec('BEGIN IMMEDIATE') // another program writes

    expect(call('caseload.list', ask())).toEqual({ ok: false, error: { code: 'not-saved', cause: 'locked' } })

    db.$client.exec('ROLLBACK')
    expect(call('caseload.list', ask()).ok).toBe(true)
    expect(readings()).toHaveLength(1)
  })
})
