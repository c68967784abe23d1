import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DOCUMENT_BYTES_MAX } from '../../../shared/features/documents/document.ts'
import { CHUNK_BYTES, sealedBytes, TAG_BYTES } from '../../../shared/sync/blobs.ts'
import { REQUEST_BYTES_MAX } from '../../../shared/sync/protocol.ts'
import { aContact, aDocument, anAssignment, anId } from '../../../tests/support/builders.ts'
import { aCaseOf } from '../../../tests/support/centre/builders.ts'
import { aDesk } from '../../../tests/support/centre/desk.ts'
import { aCentre, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { buildServer } from '../../server.ts'

const server = useTestServer()
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const OF_CHUNK = { 'content-type': 'application/octet-stream' }

/** A case of Morgan's with a document whose bytes nobody has sent yet: two full chunks and a short one. */
async function anOffice() {
  const centre = await aCentre(server)
  const caseId = await aCaseOf(centre, 'morgan.ashby')
  const desk = await aDesk(centre, 'morgan.ashby')
  const blob = randomBytes(CHUNK_BYTES * 2 + 100)
  const hash = sha256(blob)
  const contact = desk.make.create('contact.create@1', caseId, aContact())
  const fields = aDocument({ contactId: contact.id, blobHash: hash, bytes: blob.length - 3 * TAG_BYTES })
  const answers = await desk.push(contact, desk.make.create('document.create@1', caseId, fields))
  expect(answers.map(one => one.status)).toEqual(['as-sent', 'as-sent'])
  const app = await buildServer({ ...centre, centre })
  onTestFinished(() => app.close())
  return { centre, caseId, blob, hash, ...asking(app, caseId, { blob, hash, token: desk.device.token }), app, desk }
}

interface Asked {
  readonly blob: Buffer
  readonly hash: string
  readonly token: string
}

function asking(app: FastifyInstance, caseId: string, { blob, hash, token }: Asked) {
  const ask = async (request: InjectOptions) => {
    const { statusCode, rawPayload, headers } = await app.inject({
      ...request,
      headers: { authorization: `Bearer ${token}`, ...request.headers },
    })
    const isJson = String(headers['content-type']).startsWith('application/json')
    return { status: statusCode, headers, body: isJson ? (JSON.parse(rawPayload.toString()) as object) : rawPayload }
  }
  const chunkAt = (place: number) => blob.subarray(place * CHUNK_BYTES, (place + 1) * CHUNK_BYTES)
  return {
    ask,
    offer: (changes: object = {}) =>
      ask({ method: 'POST', url: '/v1/blobs', payload: { protocol: 1, caseId, hash, bytes: blob.length, ...changes } }),
    put: (place: number, bytes = chunkAt(place), of = bytes) =>
      ask({
        method: 'PUT',
        url: `/v1/blobs/${hash}/chunks/${place}?caseId=${caseId}&hash=${sha256(of)}`,
        payload: bytes,
        headers: OF_CHUNK,
      }),
    commit: () => ask({ method: 'POST', url: `/v1/blobs/${hash}/commit`, payload: { protocol: 1, caseId } }),
    read: (range?: string) =>
      ask({ url: `/v1/blobs/${hash}?caseId=${caseId}`, ...(range !== undefined && { headers: { range } }) }),
  }
}

/** Gives the case to somebody else as well, and returns how they ask. */
async function askedBy(centre: TestCentre, userId: string, office: Awaited<ReturnType<typeof anOffice>>) {
  const { token } = await centre.addDevice(userId)
  return asking(office.app, office.caseId, { blob: office.blob, hash: office.hash, token })
}

describe('the bytes of a document', () => {
  it('are asked for chunk by chunk, checked together, and given out byte for byte', async () => {
    const { offer, put, commit, read, blob } = await anOffice()

    expect(await offer()).toMatchObject({ status: 200, body: { isComplete: false, missing: [0, 1, 2] } })
    expect((await read()).status).toBe(404)
    for (const place of [2, 0, 1]) expect((await put(place)).status).toBe(204)
    expect(await commit()).toMatchObject({ status: 200, body: { isComplete: true, missing: [] } })

    const whole = await read()
    expect([whole.status, whole.headers['content-type'], whole.body]).toEqual([200, 'application/octet-stream', blob])
    expect(await offer()).toMatchObject({ status: 200, body: { isComplete: true, missing: [] } })
  })

  it('go on where they stopped, and a chunk that comes again changes nothing', async () => {
    const { offer, put, commit, read, blob } = await anOffice()
    await offer()
    await put(1)
    await put(1)

    expect(await offer()).toMatchObject({ body: { missing: [0, 2] } })
    expect(await commit()).toMatchObject({ status: 200, body: { isComplete: false, missing: [0, 2] } })

    for (const place of [0, 2]) await put(place)
    await commit()
    await put(1)
    expect((await read()).body).toEqual(blob)
  })

  it.each([
    ['bytes=0-9', 206, 0, 10],
    ['bytes=65530-65545', 206, 65_530, 65_546],
    ['bytes=131072-', 206, 131_072, 131_172],
    ['bytes=-5', 206, 131_167, 131_172],
    ['bytes=131171-999999', 206, 131_171, 131_172],
    ['lines=1-2', 200, 0, 131_172],
    ['bytes=9-0', 200, 0, 131_172],
  ])('are given in the stretch that is asked for: %s', async (range, status, from, to) => {
    const { offer, put, commit, read, blob } = await anOffice()
    await offer()
    for (const place of [0, 1, 2]) await put(place)
    await commit()

    const part = await read(range)

    expect([part.status, part.body]).toEqual([status, blob.subarray(from, to)])
    expect(part.headers['content-length']).toBe(String(to - from))
    if (status === 206) expect(part.headers['content-range']).toBe(`bytes ${from}-${to - 1}/${blob.length}`)
    expect((await read(`bytes=${blob.length}-`)).status).toBe(416)
  })

  it('are forgotten where together they do not fit their hash, and can be sent again', async () => {
    const { offer, put, commit, read, blob } = await anOffice()
    await offer()
    for (const place of [0, 2]) await put(place)
    await put(1, randomBytes(CHUNK_BYTES))

    expect(await commit()).toMatchObject({ status: 400, body: { code: 'INVALID', field: 'hash' } })

    expect(await offer()).toMatchObject({ body: { isComplete: false, missing: [0, 1, 2] } })
    for (const place of [0, 1, 2]) await put(place)
    await commit()
    expect((await read()).body).toEqual(blob)
  })
})

describe('a refusal says why and where', () => {
  it.each([
    ['a file over 25 MB', { bytes: sealedBytes(DOCUMENT_BYTES_MAX) + 1 }, 413, 'TOO_LARGE', 'bytes'],
    ['another size than the document says', { bytes: 7 }, 400, 'INVALID', 'bytes'],
    ['no size', { bytes: undefined }, 400, 'INVALID', 'bytes'],
    ['a hash that no document names', { hash: 'a'.repeat(64) }, 404, 'NOT_FOUND', 'caseId'],
    ['a hash that is none', { hash: '../x' }, 400, 'INVALID', 'hash'],
    ['another case', { caseId: anId() }, 404, 'NOT_FOUND', 'caseId'],
    ['another version', { protocol: 2 }, 426, 'UPGRADE', 'protocol'],
  ])('for %s', async (_what, changes, status, code, field) => {
    const { offer } = await anOffice()

    expect(await offer(changes)).toMatchObject({ status, body: { code, field } })
  })

  it('for a chunk that is too short, too long, changed on its way, beyond the end or no bytes', async () => {
    const { offer, put, ask, hash, caseId, blob } = await anOffice()
    await offer()
    const chunk = blob.subarray(0, CHUNK_BYTES)

    const refused = [
      await put(0, chunk.subarray(1)),
      await put(2, randomBytes(101)),
      await put(0, randomBytes(CHUNK_BYTES), chunk),
      await put(3, chunk),
      await ask({
        method: 'PUT',
        url: `/v1/blobs/${hash}/chunks/0?caseId=${caseId}&hash=${sha256(chunk)}`,
        payload: { bytes: 'none' },
      }),
      await put(0, Buffer.alloc(REQUEST_BYTES_MAX + 1)),
    ]

    expect(
      refused.map(({ status, body }) => [status, 'code' in body && body.code, 'field' in body && body.field]),
    ).toEqual([
      [400, 'INVALID', 'body'],
      [413, 'TOO_LARGE', 'body'],
      [400, 'INVALID', 'hash'],
      [400, 'INVALID', 'place'],
      [415, 'NOT_JSON', null],
      [413, 'TOO_LARGE', null],
    ])
    expect(await offer()).toMatchObject({ body: { missing: [0, 1, 2] } })
  })

  it('for bytes on any other route', async () => {
    const { ask } = await anOffice()

    const pushed = await ask({ method: 'POST', url: '/v1/push', payload: Buffer.from('x'), headers: OF_CHUNK })

    expect(pushed).toMatchObject({ status: 415, body: { code: 'NOT_JSON' } })
  })
})

describe('a case that is not yours', () => {
  it('answers every call about its files like one that is not there', async () => {
    const office = await anOffice()
    await office.offer()
    for (const place of [0, 1, 2]) await office.put(place)
    await office.commit()
    const stranger = await askedBy(office.centre, 'dev.larkhill', office)
    const nowhere = asking(office.app, anId(), { ...office, token: office.desk.device.token })

    for (const call of ['offer', 'commit', 'read'] as const) {
      const [theirs, nobodys] = [await stranger[call](), await nowhere[call]()]
      expect([call, theirs.status, theirs.body]).toEqual([call, 404, nobodys.body])
    }
    expect(await stranger.put(0)).toMatchObject({ status: 404, body: (await nowhere.put(0)).body })
  })

  it('gives no file any more once the assignment has ended, and still takes what the PC had not sent', async () => {
    const office = await anOffice()
    await office.offer()
    for (const place of [0, 1, 2]) await office.put(place)
    await office.commit()
    const assignment = { entity: 'assignment' as const, caseId: office.caseId, id: anId() }
    const other = await askedBy(office.centre, 'dev.larkhill', office)
    await office.centre.write({ ...assignment, fields: anAssignment({ userId: 'dev.larkhill' }) })
    expect((await other.read()).status).toBe(200)

    await office.centre.write({ ...assignment, fields: anAssignment({ userId: 'dev.larkhill', endOn: '2026-03-01' }) })

    expect((await other.read()).status).toBe(404)
    for (const call of ['offer', 'commit'] as const) expect((await other[call]()).status).toBe(200)
    expect((await other.put(0)).status).toBe(204)
  })
})
