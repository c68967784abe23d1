import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../../db/database.ts'
import { forgetFilesOfCase } from '../../../db/features/documents/documentsRepository.ts'
import { DOCUMENT_BYTES_MAX, DOCUMENTS_MAX } from '../../../shared/features/documents/document.ts'
import { PIECE_BYTES } from '../../../shared/features/documents/documentsContract.ts'
import { CHUNK_BYTES, PLAIN_CHUNK_BYTES } from '../../../shared/sync/blobs.ts'
import { aCase, aDocument, anEntry, anId, dev, formIds } from '../../../tests/support/builders.ts'
import { anEngine, type TestEngine } from '../../../tests/support/engine.ts'
import { attach, readWhole } from '../../../tests/support/files.ts'

const WORDS = 'Notice to quit, signed by the landlord.'
const CONTENT = Buffer.concat([Buffer.from(WORDS), randomBytes(PIECE_BYTES + 1_000), Buffer.from(WORDS)])

/** The record screen of a walk-in is open. */
function anOpenForm(more: readonly object[] = []) {
  const { caseId, rows } = aCase(() => more as never)
  const test = anEngine({ rows })
  const ids = formIds()
  return { ...test, ...onForm(test, caseId, ids), caseId, ids }
}

function onForm({ call, folder }: TestEngine, caseId: string, ids = formIds()) {
  return {
    form: { caseId, formId: ids.formId },
    save: () =>
      call('contacts.record', {
        ids,
        caseId,
        appointmentId: null,
        appointmentBaseRev: 0,
        mends: null,
        entry: anEntry(),
      }),
    files: () => readdirSync(join(folder, 'files')),
  }
}

describe('attaching a file', () => {
  it('keeps it sealed, and saves it with its contact in one action', () => {
    const test = anOpenForm()
    const { form, save, value, caseId, db, files, folder } = test

    attach(test, form, CONTENT, 'Notice to quit.PDF')
    expect(value('documents.ofForm', form).files).toMatchObject([{ name: 'Notice to quit.pdf', isWhole: true }])
    expect(save()).toMatchObject({ ok: true })

    const { documents } = value('documents.list', { caseId })
    expect(documents).toMatchObject([
      { name: 'Notice to quit.pdf', bytes: CONTENT.length, state: 'saved', file: { state: 'sending', percent: 0 } },
    ])
    expect(readWhole(test, caseId, documents[0]?.id ?? '')).toEqual(CONTENT)
    expect(value('documents.ofForm', form).files).toEqual([])
    const actions = db.$client.prepare('SELECT DISTINCT action_id FROM outbox').all()
    expect(actions).toHaveLength(1)
    expect(files()).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
    for (const name of files()) expect(readFileSync(join(folder, 'files', name)).includes(WORDS)).toBe(false)
  })

  it.each([
    ['virus.exe', 10, 'file', 'not-allowed'],
    ['no end', 10, 'file', 'not-allowed'],
    ['empty.pdf', 0, 'file', 'required'],
    ['large.pdf', DOCUMENT_BYTES_MAX + 1, 'file', 'too-long'],
  ])('refuses %s of %i bytes', (name, bytes, field, problem) => {
    const { call, form } = anOpenForm()

    const begun = call('documents.begin', { ...form, name, bytes })

    expect(begun).toEqual({ ok: false, error: { code: 'invalid-input', fields: { [field]: problem } } })
  })

  it('refuses more files than one contact has, and any in a case of somebody else', () => {
    const { call, value, form, engine } = anOpenForm()
    for (let n = 0; n < DOCUMENTS_MAX; n++) value('documents.begin', { ...form, name: `${n}.pdf`, bytes: 1 })
    const another = { ...form, name: 'one more.pdf', bytes: 1 }

    expect(call('documents.begin', another)).toMatchObject({ error: { fields: { files: 'too-long' } } })
    expect(engine.call(dev, 'documents.begin', another)).toMatchObject({ error: { code: 'not-found' } })
    expect(engine.call(dev, 'documents.list', { caseId: form.caseId })).toMatchObject({ error: { code: 'not-found' } })
    expect(engine.call(dev, 'documents.ofForm', form)).toMatchObject({ error: { code: 'not-found' } })
  })

  it('takes each piece once, in order and of its size', () => {
    const { call, value, form } = anOpenForm()
    const { id } = value('documents.begin', { ...form, name: 'a.pdf', bytes: CONTENT.length })
    const add = (at: number, bytes: Buffer) => call('documents.add', { id, at, piece: bytes.toString('base64') })
    const first = CONTENT.subarray(0, PIECE_BYTES)

    expect(add(PIECE_BYTES, CONTENT.subarray(PIECE_BYTES))).toMatchObject({ ok: false })
    expect(add(0, first.subarray(1))).toMatchObject({ ok: false })
    expect(add(0, first)).toMatchObject({ ok: true })
    expect(add(0, first)).toMatchObject({ ok: true })
    expect(call('documents.finish', { id })).toMatchObject({ ok: false })
    expect(add(PIECE_BYTES, CONTENT.subarray(PIECE_BYTES))).toMatchObject({ ok: true })
    expect(call('documents.finish', { id })).toMatchObject({ ok: true })
    expect(call('documents.finish', { id })).toMatchObject({ ok: true })
  })

  it('does not save while a file is still being read, and saves without it once it is taken off', () => {
    const test = anOpenForm()
    const { value, form, save, caseId, machine, files } = test
    const { id } = value('documents.begin', { ...form, name: 'a.pdf', bytes: CONTENT.length })
    value('documents.add', { id, at: 0, piece: CONTENT.subarray(0, PIECE_BYTES).toString('base64') })

    expect(save()).toMatchObject({ ok: false, error: { fields: { files: 'required' } } })

    value('documents.detach', { id })
    expect(save()).toMatchObject({ ok: true })
    expect(value('documents.list', { caseId }).documents).toEqual([])
    rest(machine)
    expect(files()).toEqual([])
  })

  it('saves once what is saved twice', () => {
    const test = anOpenForm()
    attach(test, test.form, CONTENT)

    const [first, again] = [test.save(), test.save()]

    expect(again).toEqual(first)
    expect(test.value('documents.list', { caseId: test.caseId }).documents).toHaveLength(1)
  })

  it('keeps the same content of the same case once', () => {
    const test = anOpenForm()
    attach(test, test.form, CONTENT, 'one.pdf')
    test.save()
    const second = onForm(test, test.caseId)
    attach(test, second.form, CONTENT, 'two.pdf')

    second.save()

    rest(test.machine)
    const { documents } = test.value('documents.list', { caseId: test.caseId })
    expect(documents.map(one => one.name).toSorted()).toEqual(['one.pdf', 'two.pdf'])
    for (const { id } of documents) expect(readWhole(test, test.caseId, id)).toEqual(CONTENT)
    expect(test.files()).toHaveLength(1)
  })
})

describe('undoing a save', () => {
  it('gives its files back to the record screen, and saving again keeps them', () => {
    const test = anOpenForm()
    attach(test, test.form, CONTENT)
    const saved = test.save()
    const actionId = saved.ok ? saved.value.actionId : ''

    test.value('forms.undo', { actionId })

    const opened = test.value('forms.openContact', { caseId: test.caseId, appointmentId: null, mends: null })
    const { formId, actionId: nextAction, contactId, nextId, opIds } = opened.ids
    const [one, two, three] = opIds
    const again = onForm(test, test.caseId, {
      formId,
      actionId: nextAction,
      contactId,
      nextId,
      opIds: [one, two, three],
    })
    expect(test.value('documents.list', { caseId: test.caseId }).documents).toEqual([])
    expect(test.value('documents.ofForm', again.form).files).toMatchObject([{ name: 'Letter.pdf', isWhole: true }])
    rest(test.machine)
    expect(again.save()).toMatchObject({ ok: true })
    const [document] = test.value('documents.list', { caseId: test.caseId }).documents
    expect(readWhole(test, test.caseId, document?.id ?? '')).toEqual(CONTENT)
    expect(test.db.$client.prepare('SELECT count(*) FROM drafts').pluck().get()).toBe(0)
  })

  it('keeps the bytes that another document of the case still needs', () => {
    const test = anOpenForm()
    attach(test, test.form, CONTENT)
    test.save()
    const second = onForm(test, test.caseId)
    attach(test, second.form, CONTENT)
    const saved = second.save()

    test.value('forms.undo', { actionId: saved.ok ? saved.value.actionId : '' })

    const { formId } = test.value('forms.openContact', { caseId: test.caseId, appointmentId: null, mends: null }).ids
    test.value('forms.discardDraft', { formId })
    rest(test.machine)
    const [document] = test.value('documents.list', { caseId: test.caseId }).documents
    expect(readWhole(test, test.caseId, document?.id ?? '')).toEqual(CONTENT)
    expect(test.files()).toHaveLength(1)
  })
})

describe('opening a file', () => {
  it('is in the audit before its first byte, and once', () => {
    const test = anOpenForm()
    attach(test, test.form, CONTENT)
    test.save()
    const [document] = test.value('documents.list', { caseId: test.caseId }).documents
    const audited = () =>
      test.db.$client.prepare(`SELECT count(*) FROM audit WHERE action = 'document.read'`).pluck().get()
    expect(audited()).toBe(0)

    readWhole(test, test.caseId, document?.id ?? '')

    expect(audited()).toBe(1)
  })

  it.each([
    ['a changed byte', (bytes: Buffer) => bytes.fill(bytes.readUInt8(5) ^ 1, 5, 6)],
    ['its end missing', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['two chunks in the wrong order', swapped],
    ['a chunk too few', (bytes: Buffer) => bytes.subarray(0, CHUNK_BYTES * 4)],
  ])('that never left this PC and has %s is said to be damaged', (_what, spoil) => {
    const test = anOpenForm()
    attach(test, test.form, CONTENT)
    test.save()
    const [document] = test.value('documents.list', { caseId: test.caseId }).documents
    const path = join(test.folder, 'files', test.files()[0] ?? '')
    writeFileSync(path, spoil(readFileSync(path)))

    expect(readWhole(test, test.caseId, document?.id ?? '')).toBe('damaged')
    expect(test.value('documents.list', { caseId: test.caseId }).documents[0]?.file.state).toBe('damaged')
  })

  it('that is not on this PC yet asks for it', () => {
    const id = anId()
    const test = anOpenForm([{ entity: 'document', id, fields: aDocument() }])
    expect(test.value('documents.list', { caseId: test.caseId }).documents[0]?.file).toEqual({
      state: 'away',
      percent: 0,
    })

    expect(readWhole(test, test.caseId, id)).toBe('away')

    const asked = test.db.$client.prepare('SELECT state, is_wanted FROM document_files').all()
    expect(asked).toEqual([{ state: 'fetching', is_wanted: 1 }])
  })
})

describe('files that nobody needs', () => {
  it('go when a case is purged: what the centre has, what was attached, and from the disk', () => {
    const test = anOpenForm()
    attach(test, test.form, CONTENT)
    test.save()
    test.db.$client.exec(`UPDATE document_files SET state = 'here'`) // as if it had been sent
    const second = onForm(test, test.caseId)
    attach(test, second.form, CONTENT.subarray(1))
    expect(test.files()).toHaveLength(2)

    inTransaction(test.db, tx => {
      forgetFilesOfCase(tx, test.caseId)
    })

    // Any work: idle time comes after it.
    test.value('forms.discardDraft', { formId: anId() })
    rest(test.machine)
    expect(test.files()).toEqual([])
  })

  it('go at the next start: what no row names, and half a file', () => {
    const test = anOpenForm()
    attach(test, test.form, CONTENT)
    test.save()
    const half = test.value('documents.begin', { ...test.form, name: 'half.pdf', bytes: CONTENT.length })
    test.value('documents.add', {
      id: half.id,
      at: 0,
      piece: CONTENT.subarray(0, PIECE_BYTES).toString('base64'),
    })
    writeFileSync(join(test.folder, 'files', 'f'.repeat(32)), 'left by nobody')
    // The power goes, and comes back.
    const again = anEngine({ folder: test.folder })

    rest(again.machine)
    expect(test.files()).toHaveLength(1)
    expect(again.call('documents.finish', { id: half.id })).toMatchObject({ ok: false })
  })

  it('stay while a draft waits for them', () => {
    const test = anOpenForm()
    const opened = test.value('forms.openContact', { caseId: test.caseId, appointmentId: null, mends: null })
    const { opIds, ...others } = opened.ids
    const [one, two, three] = opIds
    const ids = { ...others, opIds: [one, two, three] satisfies [string, string, string] }
    const place = { caseId: test.caseId, appointmentId: null, mends: null }
    test.value('forms.keepDraft', { ...place, ids, body: opened.initial })
    attach(test, { caseId: test.caseId, formId: ids.formId }, CONTENT)
    // The power goes, and comes back.
    const again = anEngine({ folder: test.folder })
    again.machine.clock.forward(3 * 24 * 60 * 60 * 1000)
    rest(again.machine)

    expect(again.value('forms.openContact', place).ids.formId).toBe(ids.formId)
    expect(again.value('documents.ofForm', { caseId: test.caseId, formId: ids.formId }).files).toHaveLength(1)
    expect(test.files()).toHaveLength(1)
  })
})

/** Enough idle time for all that is left to be done. */
function rest({ clock, timers }: TestEngine['machine']): void {
  for (let step = 0; step < 50; step++) {
    clock.forward(1_000)
    timers.run()
  }
}

function swapped(bytes: Buffer): Buffer {
  const [first, second] = [bytes.subarray(0, CHUNK_BYTES), bytes.subarray(CHUNK_BYTES, CHUNK_BYTES * 2)]
  return Buffer.concat([second, first, bytes.subarray(CHUNK_BYTES * 2)])
}

it('a piece is a whole number of chunks', () => {
  expect(PIECE_BYTES % PLAIN_CHUNK_BYTES).toBe(0)
})
