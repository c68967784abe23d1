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
