import { gunzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import {
  auditRequest,
  PROTOCOL_VERSION,
  caseRowsRequest,
  pushRequest,
  SERVICE_HEADER,
  SERVICE_NAME,
  type AuditRequest,
  type Operation,
} from '../../shared/sync/protocol.ts'
import { nextAuditPart } from '../../db/audit/auditQueue.ts'
import { inTransaction, type Database } from '../../db/database.ts'
import { applyItem } from '../../db/sync/applyPage.ts'
import { readSyncFact, writeSyncFact } from '../../db/sync/syncState.ts'
import { aCase, anEntry, anId, formIds, morgan } from '../../tests/support/builders.ts'
import { anEngine, type TestEngine } from '../../tests/support/engine.ts'
import { aMachine, type TestPorts } from '../../tests/support/ports.ts'
import { aStore, spoilPage } from '../../tests/support/store.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import { LineDownError, type Network, type NetworkAnswer, type NetworkRequest } from '../engine/ports.ts'
import { openFileFolder } from '../files/fileFolder.ts'
import { createCentralClient } from './centralClient.ts'
import { createSyncLoop } from './syncLoop.ts'

const CENTRE_ID = anId()
const NOW = Date.parse('2026-03-02T10:15:00Z')
const MINUTE_MS = 60_000

const answer = (status: number, body: unknown, headers: NetworkAnswer['headers'] = {}): NetworkAnswer => ({
  status,
  headers: { [SERVICE_HEADER]: SERVICE_NAME, ...headers },
  body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
})

const hello = answer(200, {
  service: SERVICE_NAME,
  protocol: PROTOCOL_VERSION,
  centreId: CENTRE_ID,
  serverTime: NOW,
  user: { id: morgan.userId, name: morgan.userName, role: morgan.role },
  device: { id: morgan.deviceId, incarnation: 1 },
  office: { name: 'Northfold', isDemo: false },
})

type Push = (operations: readonly Operation[], db: Database) => NetworkAnswer

/** An engine with contacts that are due, over a service that says hello, has no news, and answers a push as given. */
async function withWork(
  push: Push,
  contacts = 1,
  {
    folder = aFolder(),
    ...rest
  }: {
    readonly folder?: string
    readonly hello?: () => NetworkAnswer
    readonly audit?: (request: NetworkRequest) => NetworkAnswer
  } = {},
) {
  const asked: string[] = []
  const answerTo = (request: NetworkRequest): NetworkAnswer => {
    const path = new URL(request.url).pathname
    asked.push(path)
    if (path === '/v1/hello') return rest.hello?.() ?? hello
    if (path === '/v1/audit') return rest.audit?.(request) ?? answer(200, { serverTime: NOW })
    return path === '/v1/push' ? push(operationsOf(request), test.db) : answer(204, undefined)
  }
  const machine = aMachine({
    network: {
      request: request =>
        new Promise(resolve => {
          resolve(answerTo(request)) // or rejects, if that throws
        }),
    },
  })
  const { caseId, rows } = aCase()
  const centre = { url: 'http://centre.test', token: 'token', centreId: CENTRE_ID }
  const test = anEngine({ rows, machine, folder, enrolment: { centre } })
  const entry = { caseId, appointmentId: null, appointmentBaseRev: 0, mends: null, entry: anEntry() }
  const record = () => test.value('contacts.record', { ids: formIds(), ...entry })
  for (let count = 0; count < contacts; count++) record()
  const pass = async (milliseconds: number) => {
    machine.clock.forward(milliseconds)
    machine.timers.run()
    await new Promise(resolve => setImmediate(resolve)) // everything here answers at once
  }
  await pass(MINUTE_MS)
  await pass(MINUTE_MS)
  return { ...test, caseId, pass, record, asked, pushes: () => asked.filter(path => path === '/v1/push').length }
}

const textOf = ({ body, headers }: NetworkRequest): string =>
  (headers['content-encoding'] === 'gzip' ? gunzipSync(body ?? '') : Buffer.from(body ?? '')).toString()

const operationsOf = (request: NetworkRequest): readonly Operation[] =>
  pushRequest.parse(JSON.parse(textOf(request))).operations

const allApplied = (operations: readonly Operation[]): NetworkAnswer => {
  const answers = operations.map(({ opId }) => ({ opId, status: 'applied', rows: [] }))
  return answer(200, { answers, serverTime: NOW })
}

describe('a push', () => {
  it('whose answer cannot be stored is sent again', async () => {
    let isLocked = false
    const { pushes, pass, value, db } = await withWork((operations, store) => {
      if (!isLocked) store.$client.exec('BEGIN IMMEDIATE') // somebody else writes for too long
      isLocked = true
      return allApplied(operations)
    })
    expect(value('sync.status', {})).toMatchObject({ reason: 'own-disk', sent: { count: 1 } })
    db.$client.exec('ROLLBACK')

    await pass(MINUTE_MS)

    expect(pushes()).toBe(2)
    expect(value('sync.status', {})).toMatchObject({ reason: 'up', sent: { count: 0 }, confirmedToday: { count: 1 } })
  })

  it('that meets a page of the store that cannot be read goes on in a new store with what was saved', async () => {
    const folder = aFolder()
    let isSpoilt = false
    const { value, pass, pushes } = await withWork(
      (operations, store) => {
        if (!isSpoilt) {
          store.$client.exec(`DELETE FROM recent_cases`) // what the engine has read of the file counts no more
          spoilPage(store, folder, 'contacts')
        }
        isSpoilt = true
        return allApplied(operations)
      },
      1,
      { folder },
    )

    for (let minute = 0; minute < 3; minute++) await pass(MINUTE_MS)

    expect(value('session.get', {})).toMatchObject({ session: { damaged: { entriesSaved: 1 } } })
    expect(pushes()).toBe(2)
    expect(value('sync.status', {})).toMatchObject({ reason: 'up', sent: { count: 0 }, confirmedToday: { count: 1 } })
  })

  it('that takes too long is sent in smaller parts, the next ones too', async () => {
    const sizes: number[] = []
    const { pass, value } = await withWork(operations => {
      sizes.push(operations.length)
      if (operations.length > 4) throw new LineDownError('timed-out')
      return allApplied(operations)
    }, 13)

    for (let minute = 0; minute < 30; minute++) await pass(MINUTE_MS)

    expect(sizes).toEqual([13, 7, 4, 8, 4, 5, 3, 2])
    expect(value('sync.status', {})).toMatchObject({ reason: 'up', sent: { count: 0 }, confirmedToday: { count: 13 } })
  })

  it('that is always answered with a new incarnation waits before it is tried again', async () => {
    let incarnation = 1
    const refused = () =>
      answer(409, { code: 'INCARNATION', field: 'incarnation', message: '', incarnation: ++incarnation })
    const { pushes, value } = await withWork(refused)

    expect(pushes()).toBeLessThanOrEqual(4)
    expect(value('sync.status', {})).toMatchObject({ reason: 'service-fault', sent: { count: 1 } })
  })

  it('whose answer leaves an operation out waits before that is sent again', async () => {
    const { pushes, value } = await withWork(() => answer(200, { answers: [], serverTime: NOW }))

    expect(pushes()).toBeLessThanOrEqual(2)
    expect(value('sync.status', {})).toMatchObject({ reason: 'service-fault', sent: { count: 1 } })
  })

  it('that is too large is sent in halves, and an action that is too large by itself is given back', async () => {
    const sizes: number[] = []
    const { value } = await withWork((operations, db) => {
      sizes.push(operations.length)
      const large = operations.some(one => one.opId === firstOperation(db))
      return large ? answer(413, { code: 'TOO_LARGE', field: null, message: '' }) : allApplied(operations)
    }, 4)

    expect(sizes).toEqual([4, 2, 1, 1, 2])
    expect(value('sync.status', {})).toMatchObject({
      reason: 'up',
      sent: { count: 0 },
      needsYou: { count: 1 },
      confirmedToday: { count: 3 },
    })
    expect(attentionOf(value)).toMatchObject([{ kind: 'refused', code: 'too-large' }])
  })

  it('of which the service cannot read one operation gives that one back at once, and the others go', async () => {
    const { pushes, value } = await withWork((operations, db) => {
      const place = operations.findIndex(one => one.opId === firstOperation(db, 2))
      if (place === -1) return allApplied(operations)
      return answer(400, { code: 'INVALID', field: `operations.${place}.body`, message: '' })
    }, 4)

    expect(pushes()).toBe(2)
    expect(value('sync.status', {})).toMatchObject({ needsYou: { count: 1 }, confirmedToday: { count: 3 } })
    expect(attentionOf(value)).toMatchObject([{ code: 'not-accepted' }])
  })

  it('that is not accepted for another reason gives nothing back', async () => {
    const { value } = await withWork(() => answer(400, { code: 'INVALID', field: 'incarnation', message: '' }), 3)

    expect(value('sync.status', {})).toMatchObject({
      reason: 'service-fault',
      sent: { count: 3 },
      needsYou: { count: 0 },
    })
  })
})

/** The operation that was saved as the `number`th. */
const firstOperation = (db: Database, number = 1): string =>
  db.$client
    .prepare('SELECT op_id FROM outbox ORDER BY place LIMIT 1 OFFSET ?')
    .pluck()
    .get(number - 1) as string // a text
const attentionOf = (value: TestEngine['value']) =>
  value('sync.work', { words: '', only: 'needs-you', limit: 10, offset: 0 }).items.flatMap(one => one.attention)

describe('an operation over which the service fails', () => {
  const fault = answer(500, { code: 'FAULT', field: null, message: '' })

  /** Seven contacts, the third of which the service cannot take. */
  async function withPoison(given = fault) {
    let tries = 0
    const test = await withWork((operations, db) => {
      if (!operations.some(one => one.opId === firstOperation(db, 3))) return allApplied(operations)
      if (operations.length === 1) tries++
      if (given === unreachable) throw new LineDownError('unreachable')
      return given
    }, 7)
    const hours = async (count: number, stepMs: number) => {
      for (let passed = 0; passed < count * 60 * MINUTE_MS; passed += stepMs) await test.pass(stepMs)
    }
    return { ...test, hours, tries: () => tries }
  }
  const unreachable = answer(0, null)

  it('is found by halves and set aside, and everything else goes through within the hour', async () => {
    const { hours, value } = await withPoison()

    await hours(0.5, MINUTE_MS)

    expect(value('sync.status', {})).toMatchObject({
      sent: { count: 1 },
      needsYou: { count: 0 },
      confirmedToday: { count: 6 },
    })
  })

  it('is given back to the officer after 8 failures over 24 hours of contact, and no sooner', async () => {
    const { hours, value, tries } = await withPoison()

    await hours(23.9, 5 * MINUTE_MS)
    expect(tries()).toBeGreaterThanOrEqual(8)
    expect(value('sync.status', {})).toMatchObject({ sent: { count: 1 }, needsYou: { count: 0 } })
    await hours(4, 5 * MINUTE_MS)

    expect(value('sync.status', {})).toMatchObject({ reason: 'up', sent: { count: 0 }, needsYou: { count: 1 } })
    expect(attentionOf(value)).toMatchObject([{ kind: 'refused', code: 'keeps-failing' }])
    expect(tries()).toBeLessThan(24)
  })

  it('is not given back for hours in which there was no contact', async () => {
    const { hours, value, tries } = await withPoison()

    await hours(40, 31 * MINUTE_MS)

    expect(tries()).toBeGreaterThanOrEqual(8)
    expect(value('sync.status', {})).toMatchObject({ sent: { count: 1 }, needsYou: { count: 0 } })
  })

  it.each<[string, NetworkAnswer]>([
    ['no line', unreachable],
    ['a token that is not known', answer(401, { code: 'WRONG_TOKEN', field: null, message: '' })],
    ['too much to do', answer(429, undefined)],
    ['a database that is away', answer(503, { code: 'FAULT', field: null, message: '' })],
  ])('is never counted for %s', async (_, given) => {
    const { hours, value, db } = await withPoison(given)

    await hours(30, 5 * MINUTE_MS)

    expect(value('sync.status', {})).toMatchObject({ needsYou: { count: 0 } })
    expect(db.$client.prepare('SELECT max(failures) FROM outbox').pluck().get()).toBe(0)
  })

  it('is not blamed while the service does not say hello either', async () => {
    let isDown = false
    const test = await withWork(
      () => {
        isDown = true
        return fault
      },
      3,
      { hello: () => (isDown ? fault : hello) },
    )

    for (let count = 0; count < 30 * 12; count++) await test.pass(5 * MINUTE_MS)

    expect(test.value('sync.status', {})).toMatchObject({ sent: { count: 3 }, needsYou: { count: 0 } })
    expect(test.db.$client.prepare('SELECT max(failures) FROM outbox').pluck().get()).toBe(0)
  })

  it('is not looked into for as long as the service asks to be left alone', async () => {
    let isDown = false
    const test = await withWork(
      () => {
        isDown = true
        return fault
      },
      1,
      { hello: () => (isDown ? answer(503, undefined, { 'retry-after': '200' }) : hello) },
    )
    while (!test.asked.slice(1).includes('/v1/hello')) await test.pass(5 * MINUTE_MS)
    const asked = test.asked.length

    for (let count = 0; count < 6; count++) await test.pass(MINUTE_MS / 2)

    expect(test.asked).toHaveLength(asked)
    expect(test.value('sync.status', {})).toMatchObject({ reason: 'busy', nextTryWhy: 'service-asked' })
  })

  it('is left alone for as long as the service asked, also when the store cannot be read meanwhile', async () => {
    const test = await withWork(() => answer(503, undefined, { 'retry-after': '300' }))
    const nextTryAt = () => test.value('sync.status', {}).nextTryAt
    const asked = nextTryAt() ?? 0

    for (let count = 0; count < 10; count++) {
      test.db.$client.exec('ALTER TABLE settings RENAME TO settings_away')
      await test.pass(MINUTE_MS / 4)
      test.db.$client.exec('ALTER TABLE settings_away RENAME TO settings')

      expect(nextTryAt()).toBeGreaterThanOrEqual(asked)
    }
    expect(asked).toBeGreaterThan(NOW)
    expect(test.value('sync.status', {})).toMatchObject({ reason: 'service-fault' })
  })

  it('holds back what follows on the same record, and nothing else', async () => {
    const sent: string[] = []
    const { value, pass, caseId, db } = await withWork(operations => {
      if (operations.some(one => 'patch' in one.body && one.body.patch.some(entry => entry.value === 'Poison')))
        return fault
      sent.push(...operations.map(one => one.type))
      return allApplied(operations)
    }, 0)
    const edit = (field: string, text: string) =>
      value('cases.editField', {
        actionId: anId(),
        opId: anId(),
        caseId,
        entity: 'case',
        id: caseId,
        field,
        value: text,
        baseRev: 0,
      })
    edit('preferredName', 'Poison')
    edit('preferredName', 'Jake')
    value('contacts.record', {
      ids: formIds(),
      caseId,
      appointmentId: null,
      appointmentBaseRev: 0,
      mends: null,
      entry: anEntry(),
    })

    for (let count = 0; count < 60; count++) await pass(MINUTE_MS)

    expect(sent).toEqual(['contact.create@1'])
    expect(db.$client.prepare('SELECT state FROM outbox ORDER BY place').pluck().all()).toEqual([
      'retry',
      'retry',
      'acked',
    ])
  })
})

/** A page that holds no more than the first of the cases asked for. */
function firstCase(request: NetworkRequest): NetworkAnswer {
  const [first] = caseRowsRequest.parse(JSON.parse(textOf(request))).cases
  return answer(200, { cases: [{ caseId: first?.caseId, rows: [], after: null }], notFound: [] })
}

describe('the first fetch of all cases', () => {
  it('on a slow line looks for news between the pages, so that a case that is taken away goes at once', async () => {
    const asked: string[] = []
    const caseIds = Array.from({ length: 8 }, () => anId())
    const folder = aFolder()
    const before = aStore(folder)
    inTransaction(before, tx => {
      for (const caseId of caseIds) applyItem(tx, { kind: 'grant', caseId, epoch: 1, until: null }, 0)
    })
    before.$client.close()
    const network = {
      request(request: NetworkRequest): Promise<NetworkAnswer> {
        const path = new URL(request.url).pathname
        if (path === '/v1/hello') return Promise.resolve(hello)
        if (path === '/v1/audit') return Promise.resolve(answer(200, { serverTime: NOW }))
        asked.push(path === '/v1/pull' ? 'news' : 'page')
        machine.clock.forward(8_000)
        return Promise.resolve(path === '/v1/pull' ? answer(204, undefined) : firstCase(request))
      },
    }
    const machine: TestPorts = aMachine({ network })
    const centre = { url: 'http://centre.test', token: 'token', centreId: CENTRE_ID }

    anEngine({ machine, folder, enrolment: { centre } })
    await new Promise(resolve => setImmediate(resolve)) // everything here answers at once

    expect(asked.join(' ')).toBe('news page page page page news page page page page')
  })
})

describe('the audit', () => {
  const withAudit = (audit: (request: AuditRequest) => NetworkAnswer) =>
    withWork(allApplied, 1, { audit: request => audit(auditRequest.parse(JSON.parse(textOf(request)))) })
  const waiting = (db: Database) => nextAuditPart(db, 1_000_000)?.entries.map(entry => entry.action)

  it('goes to the centre once, with the next look for news', async () => {
    const actions: string[] = []
    const { db, pass, value, caseId } = await withAudit(({ entries }) => {
      actions.push(...entries.map(entry => entry.action))
      return answer(200, { serverTime: NOW })
    })
    expect(waiting(db)).toBeUndefined()
    value('cases.open', { caseId })

    for (let minute = 0; minute < 6; minute++) await pass(MINUTE_MS)

    expect(actions).toContain('case.read')
    expect(actions).toEqual(db.$client.prepare('SELECT action FROM audit ORDER BY n').pluck().all())
  })

  it('that the centre refuses holds nothing up, and is offered again', async () => {
    let offered = 0
    const { db, pass, value } = await withAudit(() => {
      offered++
      return answer(400, { code: 'INVALID', field: 'entries.0', message: '' })
    })
    for (let minute = 0; minute < 6; minute++) await pass(MINUTE_MS)

    expect(value('sync.status', {})).toMatchObject({ reason: 'up', confirmedToday: { count: 1 } })
    expect(waiting(db)).toContain('action.saved')
    expect(offered).toBeGreaterThan(1)
  })
})

describe('a store', () => {
  it('belongs to the centre that it first heard', async () => {
    const { db } = await withWork(allApplied)

    expect(readSyncFact(db, 'centreId')).toBe(CENTRE_ID)
  })

  it('of another centre sends nothing, whatever this PC is enrolled with now', async () => {
    const folder = aFolder()
    const before = aStore(folder)
    inTransaction(before, tx => {
      writeSyncFact(tx, 'centreId', anId())
    })
    before.$client.close()

    const { value, pushes } = await withWork(allApplied, 1, { folder })

    expect(pushes()).toBe(0)
    expect(value('sync.status', {})).toMatchObject({ reason: 'other-centre', saved: { count: 1 } })
  })
})

describe('what came instead of an answer', () => {
  const html = Buffer.from('<!doctype html>')
  const error = (code: string) => ({ code, field: null, message: '' })
  it.each<[string, NetworkAnswer, string]>([
    ['a page of something in between', { status: 200, headers: {}, body: html }, 'not-our-service'],
    ['a page where JSON belongs', { ...answer(200, undefined), body: html }, 'service-fault'],
    ['half of an answer', { ...answer(200, undefined), body: Buffer.from('{"answers":[') }, 'service-fault'],
    ['an answer of another shape', answer(200, { answers: 'none' }), 'service-fault'],
    ['a fault', answer(500, error('FAULT')), 'service-fault'],
    ['too much to do', answer(429, undefined), 'busy'],
    ['a database that is away', answer(503, error('FAULT')), 'busy'],
    ['a token that is not known', answer(401, error('WRONG_TOKEN')), 'wrong-token'],
    ['a version that is too old', answer(426, error('UPGRADE')), 'upgrade'],
  ])('%s leaves everything as it is, and is named', async (_, given, reason) => {
    const { value } = await withWork(() => given)

    expect(value('sync.status', {})).toMatchObject({ reason, sent: { count: 1 }, needsYou: { count: 0 } })
  })
})

describe('waking up', () => {
  it('makes it try at once, whatever the wait was', async () => {
    let isDown = true
    const { engine, value, pass, pushes } = await withWork(operations => {
      if (isDown) throw new LineDownError('unreachable')
      return allApplied(operations)
    })
    const before = pushes()
    isDown = false

    engine.lineChanged()
    await pass(0)

    expect(pushes()).toBe(before + 1)
    expect(value('sync.status', {})).toMatchObject({ reason: 'up', sent: { count: 0 } })
  })
})

describe('since when the service answers', () => {
  const fault = () => answer(500, { code: 'FAULT', field: null, message: '' })

  it('goes on from a fault to the next, begins anew after a silence, and is not known after the PC slept', async () => {
    let push: Push = fault
    const { engine, value, pass } = await withWork((...given) => push(...given))
    const since = () => value('sync.status', {}).answeringSince
    const first = since()
    expect(first).not.toBeNull()

    await pass(10 * MINUTE_MS)
    expect(since()).toBe(first)

    push = () => {
      throw new LineDownError('unreachable')
    }
    await pass(10 * MINUTE_MS)
    expect(since()).toBeNull()

    push = fault
    await pass(10 * MINUTE_MS)
    expect(since()).toBe(NOW + 32 * MINUTE_MS)

    push = () => {
      throw new LineDownError('unreachable')
    }
    engine.lineChanged()
    expect(since()).toBeNull()
  })
})

describe('a metered line', () => {
  it('on which sync pauses carries nothing by itself, and everything when the officer asks', async () => {
    const { value, pass, pushes, record, asked } = await withWork(allApplied)
    value('sync.setMetered', { isMetered: true })
    record()
    const before = asked.length

    for (let count = 0; count < 60; count++) await pass(MINUTE_MS)
    expect(asked.length).toBe(before)
    expect(value('sync.status', {})).toMatchObject({ reason: 'paused', nextTryAt: null, saved: { count: 1 } })

    value('sync.now', {})
    await pass(0)
    expect(pushes()).toBe(2)
    expect(value('sync.status', {})).toMatchObject({ saved: { count: 0 }, confirmedToday: { count: 2 } })

    const after = asked.length
    for (let count = 0; count < 60; count++) await pass(MINUTE_MS)
    expect(asked.length).toBe(after)
    expect(value('sync.status', {}).reason).toBe('paused')
  })

  it('on which sync pauses is looked at once a tick, however long ago the last look for news was', async () => {
    const { value, machine } = await withWork(allApplied)
    value('sync.setMetered', { isMetered: true })
    machine.clock.forward(10 * MINUTE_MS)
    machine.timers.run()
    const waits: number[] = []
    const { after } = machine.timers
    Object.assign(machine.timers, {
      after(delayMs: number, work: () => void) {
        waits.push(delayMs)
        return after(delayMs, work)
      },
    })

    machine.clock.forward(15_000)
    machine.timers.run()

    expect(Math.min(...waits)).toBe(15_000)
  })

  it('whose setting cannot be read after a failed try does not end sync', async () => {
    let isSpoilt = false
    const { value, pass, pushes, db } = await withWork((operations, store) => {
      if (isSpoilt) return allApplied(operations)
      isSpoilt = true
      store.$client.exec('ALTER TABLE settings RENAME TO elsewhere')
      throw new LineDownError('unreachable')
    })
    db.$client.exec('ALTER TABLE elsewhere RENAME TO settings')

    for (let count = 0; count < 5; count++) await pass(MINUTE_MS)

    expect(pushes()).toBe(2)
    expect(value('sync.status', {})).toMatchObject({ reason: 'up', sent: { count: 0 } })
  })

  it('stays paused when the PC wakes up, and goes on by itself when the line is another', async () => {
    const { engine, value, pass, record, pushes } = await withWork(allApplied)
    value('sync.setMetered', { isMetered: true })
    record()

    engine.lineChanged()
    await pass(MINUTE_MS)
    expect(pushes()).toBe(1)

    value('sync.setMetered', { isMetered: false })
    await pass(MINUTE_MS)
    expect(pushes()).toBe(2)
    expect(value('sync.status', {})).toMatchObject({ reason: 'up', saved: { count: 0 } })
  })

  it('on which sync does not pause is asked as ever', async () => {
    const { value, pass, record, pushes } = await withWork(allApplied)
    value('sync.setMetered', { isMetered: true, pauses: false })
    record()

    await pass(MINUTE_MS)

    expect(pushes()).toBe(2)
    expect(value('sync.status', {})).toMatchObject({ reason: 'up', metered: { isMetered: true, pauses: false } })
  })
})

describe('looking for news', () => {
  it('with nothing new is done twice as seldom each time, and then every 5 minutes', async () => {
    const { pass, asked, machine } = await withWork(allApplied)
    const times: number[] = []
    let known = asked.length
    for (let second = 0; second < 22 * 60; second += 15) {
      await pass(15_000)
      if (asked.length > known) times.push(Math.round(machine.clock.monotonicMs() / MINUTE_MS))
      known = asked.length
    }

    const gaps = times.slice(1).map((time, place) => time - (times[place] ?? 0))
    expect(gaps).toEqual([4, 5, 5, 5])
  })
})

/** A loop alone, over a line that does this with each request. */
function aLoop(request: Network['request']) {
  const machine = aMachine({ network: { request } })
  const nothing = (): void => undefined
  const metered = vi.fn(() => ({ isMetered: false, pauses: true }))
  const loop = createSyncLoop({
    ...machine,
    db: aStore(),
    files: openFileFolder(aFolder(), machine.random),
    client: createCentralClient(machine.network, 'http://centre.test', 'token'),
    centreId: CENTRE_ID,
    version: '0.0.0',
    metered,
    heard: nothing,
    rowsChanged: nothing,
    fileMoved: nothing,
    statusChanged: nothing,
    storeDamaged: nothing,
  })
  return { loop, metered }
}

describe('a try that failed', () => {
  it('is followed by a wait before anything is read again: a disk that refuses does not fail twice for it', async () => {
    const { loop, metered } = aLoop(() => Promise.reject(new LineDownError('unreachable')))
    loop.start()
    await vi.waitFor(() => {
      expect(loop.line().isWorking).toBe(false)
    })

    expect(metered).toHaveBeenCalledTimes(1)
    await loop.stop()
  })
})

describe('closing the application', () => {
  it('does not wait for an answer that never comes, and looks at nothing afterwards', async () => {
    const { loop, metered } = aLoop(() => new Promise(() => undefined))
    loop.start()
    expect(loop.line().isWorking).toBe(true)

    await loop.stop()
    loop.wake()

    expect(loop.line().isWorking).toBe(false)
    expect(metered).toHaveBeenCalledTimes(1)
  })
})
