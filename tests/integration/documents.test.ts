import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { NetworkRequest } from '../../electron/engine/ports.ts'
import { CHUNK_BYTES } from '../../shared/sync/blobs.ts'
import { invariant } from '../../shared/result.ts'
import { anEntry, formIds } from '../support/builders.ts'
import { useTestServer } from '../support/centre/testServer.ts'
import { attach, readWhole } from '../support/files.ts'
import { FAULTS } from './support/line.ts'
import { anOffice, type Office } from './support/office.ts'
import type { Workstation } from './support/workstation.ts'

const server = useTestServer()
const MEGABYTE = randomBytes(1024 * 1024)
const UNDO_MS = 11_000

async function twoPcs() {
  const office = await anOffice(server)
  onTestFinished(() => office.close())
  const [first, second] = office.officers
  invariant(first && second, 'there are three officers')
  const [caseId = ''] = office.casesOf(first).filter(one => office.casesOf(second).includes(one))
  return { office, caseId, a: first.desk, b: second.desk }
}

const saveNote = (desk: Workstation, caseId: string): void => {
  record(desk, caseId, 'Only words.')
}

/** Records a contact with a file. */
function save(desk: Workstation, caseId: string, content: Buffer, note = 'With a file.'): void {
  const ids = formIds()
  attach(desk, { caseId, formId: ids.formId }, content)
  record(desk, caseId, note, ids)
}

function record(desk: Workstation, caseId: string, note: string, ids = formIds()): void {
  const place = { ids, caseId, appointmentId: null, appointmentBaseRev: 0, mends: null }
  const saved = desk.call('contacts.record', { ...place, entry: anEntry({ startedTime: '08:00', note }) })
  expect(saved).toMatchObject({ ok: true })
}

const documentsOf = (desk: Workstation, caseId: string) => desk.value('documents.list', { caseId }).documents

async function until(office: Office, isSo: () => boolean): Promise<void> {
  for (let times = 0; !isSo(); times++) {
    expect(times).toBeLessThan(60)
    await office.pass(60_000)
  }
}

/** Requests of a workstation from now on, as method and route. */
function listen(desk: Workstation, also: (request: NetworkRequest) => void = () => undefined): readonly string[] {
  const heard: string[] = []
  desk.line.onRequest(request => {
    const { method, url } = request
    also(request)
    const { pathname } = new URL(url)
    heard.push(`${method} ${pathname.replace(/[0-9a-f]{64}/, 'HASH').replace(/\/cases\/.*/, '/cases')}`)
  })
  return heard
}

describe('a file that an officer attaches with the line down', () => {
  it('arrives byte for byte at another PC, which shows that it is on its way until it is there', async () => {
    const { office, caseId, a, b } = await twoPcs()
    a.line.break(Array.from({ length: 40 }, () => 'down' as const))
    save(a, caseId, MEGABYTE)
    expect(documentsOf(a, caseId)).toMatchObject([{ state: 'saved', file: { state: 'sending', percent: 0 } }])
    await office.pass(60_000)
    expect(documentsOf(a, caseId)[0]?.file).toEqual({ state: 'sending', percent: 0 })
    a.line.mend()

    await until(office, () => documentsOf(a, caseId)[0]?.file.state === 'here')

    await until(office, () => documentsOf(b, caseId).length === 1)
    const [document] = documentsOf(b, caseId)
    await until(office, () => readWhole(b, caseId, document?.id ?? '') !== 'away')
    expect(readWhole(b, caseId, document?.id ?? '')).toEqual(MEGABYTE)
    expect(documentsOf(b, caseId)).toMatchObject([{ state: 'confirmed', file: { state: 'here' } }])
    for (const desk of [a, b]) {
      const [name = ''] = readdirSync(join(desk.folder(), 'files'))
      const sealed = readFileSync(join(desk.folder(), 'files', name))
      expect(sealed.includes(MEGABYTE.subarray(0, 64))).toBe(false)
      expect(desk.auditBreak()).toBeUndefined()
    }
  })

  it('is fetched by itself where nobody asks, and is then there with the line down', async () => {
    const { office, caseId, a, b } = await twoPcs()
    save(a, caseId, MEGABYTE)

    await until(office, () => documentsOf(b, caseId)[0]?.file.state === 'here')

    b.line.break(Array.from({ length: 40 }, () => 'down' as const))
    expect(readWhole(b, caseId, documentsOf(b, caseId)[0]?.id ?? '')).toEqual(MEGABYTE)
  })
})

describe('text and files', () => {
  it('a note that falls due while a file is on its way goes before its next chunk', async () => {
    const { office, caseId, a } = await twoPcs()
    save(a, caseId, MEGABYTE)
    let puts = 0
    const heard = listen(a, ({ method }) => {
      if (method !== 'PUT' || ++puts !== 3) return
      // On a line as slow as this its 10 seconds of Undo pass meanwhile.
      saveNote(a, caseId)
      a.clock.forward(UNDO_MS)
    })

    await until(office, () => documentsOf(a, caseId)[0]?.file.state === 'here')

    const first = heard.findIndex(one => one.startsWith('PUT'))
    expect(heard.slice(first, first + 5).map(one => one.split(' ')[0])).toEqual(['PUT', 'PUT', 'PUT', 'POST', 'PUT'])
    expect(heard[first + 3]).toBe('POST /v1/push')
  })

  it('a centre that refuses every file holds up no text', async () => {
    const { office, caseId, a, b } = await twoPcs()
    a.line.refuse(({ url }) => url.includes('/v1/blobs'))
    save(a, caseId, MEGABYTE)
    await office.pass(UNDO_MS)
    expect(documentsOf(a, caseId)).toMatchObject([{ state: 'confirmed', file: { state: 'sending' } }])

    for (let note = 0; note < 3; note++) {
      saveNote(a, caseId)
      await office.pass(UNDO_MS)
      expect(a.value('sync.status', {})).toMatchObject({ reason: 'up', saved: { count: 0 }, sent: { count: 0 } })
    }

    a.line.refuse(() => false)
    await until(office, () => documentsOf(b, caseId)[0]?.file.state === 'here')
  })
})

describe('a line that breaks', () => {
  it.each(FAULTS)('%s: the file arrives whole, and no chunk that was taken is sent again', async fault => {
    const { office, caseId, a, b } = await twoPcs()
    save(a, caseId, MEGABYTE)
    // One fault in the midst of the chunks.
    let puts = 0
    a.line.onRequest(({ method }) => {
      if (method === 'PUT' && ++puts === 5) a.line.break([fault])
    })

    await until(office, () => documentsOf(a, caseId)[0]?.file.state === 'here')

    await until(office, () => documentsOf(b, caseId)[0]?.file.state === 'here')
    expect(readWhole(b, caseId, documentsOf(b, caseId)[0]?.id ?? '')).toEqual(MEGABYTE)
    expect(puts).toBeLessThanOrEqual(Math.ceil((MEGABYTE.length + 17 * 16) / CHUNK_BYTES) + 1)
    expect(a.line.problems).toEqual([])
  })
})

describe('a PC that stops between two chunks', () => {
  it('goes on with the next, when it sends and when it fetches', async () => {
    const { office, caseId, a, b } = await twoPcs()
    save(a, caseId, MEGABYTE)
    let puts = 0
    a.line.onRequest(({ method }) => {
      if (method === 'PUT' && ++puts === 6) a.line.break(['workstation-dies'])
    })
    await until(office, () => documentsOf(a, caseId)[0]?.file.state === 'here')
    expect(puts).toBeLessThanOrEqual(18)
    let gets = 0
    b.line.onRequest(({ url }) => {
      if (url.includes('/v1/blobs/') && ++gets === 6) b.line.break(['workstation-dies'])
    })

    await until(office, () => documentsOf(b, caseId)[0]?.file.state === 'here')

    expect(readWhole(b, caseId, documentsOf(b, caseId)[0]?.id ?? '')).toEqual(MEGABYTE)
    expect(gets).toBeLessThanOrEqual(18)
  })
})

describe('the same bytes', () => {
  it('that are attached on a second PC are sent once', async () => {
    const { office, caseId, a, b } = await twoPcs()
    save(a, caseId, MEGABYTE)
    await until(office, () => documentsOf(b, caseId)[0]?.file.state === 'here')
    const heard = listen(b)

    save(b, caseId, MEGABYTE, 'The same file again.')

    await until(office, () => documentsOf(a, caseId).length === 2)
    await office.pass(60_000)
    expect(heard.filter(one => one.startsWith('PUT'))).toEqual([])
    for (const { id } of documentsOf(a, caseId)) expect(readWhole(a, caseId, id)).toEqual(MEGABYTE)
    expect(readdirSync(join(b.folder(), 'files'))).toHaveLength(1)
  })

  it('that two PCs attach apart are two documents, and both open everywhere', async () => {
    const { office, caseId, a, b } = await twoPcs()
    save(a, caseId, MEGABYTE)
    save(b, caseId, MEGABYTE)

    const areHere = (desk: Workstation) =>
      documentsOf(desk, caseId).filter(one => one.file.state === 'here').length === 2
    await until(office, () => areHere(a) && areHere(b))

    for (const desk of [a, b]) {
      for (const { id } of documentsOf(desk, caseId)) expect(readWhole(desk, caseId, id)).toEqual(MEGABYTE)
    }
  })
})

describe('a case that is taken away', () => {
  it('takes its files along: nothing more is sent or fetched', async () => {
    const { office, caseId, a, b } = await twoPcs()
    save(a, caseId, MEGABYTE)
    await until(office, () => documentsOf(b, caseId).length === 1)
    const [, second] = office.officers
    invariant(second, 'there are three officers')

    await office.takeAway(caseId, second)
    await office.pass(6 * 60_000)

    expect(b.call('documents.list', { caseId })).toMatchObject({ ok: false, error: { code: 'not-found' } })
    const heard = listen(b)
    await office.pass(6 * 60_000)
    expect(heard.filter(one => one.includes('blobs'))).toEqual([])
    expect(a.line.problems).toEqual([])
  })
})
