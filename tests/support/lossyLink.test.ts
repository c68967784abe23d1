import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLossyLink, type Fault, type Quality } from './lossyLink.ts'

const ANSWER = 'answered '.repeat(1_000)

/** A real service that says what it got, with a line before it. */
async function aServiceBehind(fault: Fault | undefined, quality: Quality | null = null) {
  const heard: { readonly body: string; readonly isWhole: boolean }[] = []
  const waiting = new Set<() => void>()
  const hear = (body: string, isWhole: boolean): void => {
    heard.push({ body, isWhole })
    for (const check of waiting) check()
  }
  const read = async (request: IncomingMessage): Promise<void> => {
    const body = await text(request).catch(() => undefined)
    hear(body ?? '', body !== undefined)
  }
  const server = createServer((request, response) => {
    void read(request).then(() => response.end(ANSWER))
  })
  server.on('clientError', (_, socket) => {
    hear('', false)
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const link = await openLossyLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    quality,
    faultOf: ({ number }) => (number === 1 ? fault : undefined),
  })
  onTestFinished(async () => {
    await link.close()
    server.close()
    server.closeAllConnections()
  })
  const post = (body = 'a note'): Promise<Response> =>
    fetch(`${link.url}/v1/push`, { method: 'POST', body, redirect: 'manual' })
  const heardInAll = (count: number): Promise<void> =>
    new Promise(resolve => {
      const check = (): void => {
        if (heard.length >= count) resolve()
      }
      waiting.add(check)
      check()
    })
  return { link, post, heard, heardInAll }
}

describe('a line', () => {
  it('without a fault passes everything on and counts it', async () => {
    const { link, post, heard } = await aServiceBehind(undefined)

    const answers = [await (await post()).text(), await (await post('another')).text()]

    expect(answers).toEqual([ANSWER, ANSWER])
    expect(heard.map(one => one.body)).toEqual(['a note', 'another'])
    const { requests, bytesUp, bytesDown } = link.counts()
    expect(requests).toBe(2)
    expect(bytesUp).toBeGreaterThan(100)
    expect(bytesUp).toBeLessThan(2_000)
    expect(bytesDown).toBeGreaterThan(2 * ANSWER.length)
    expect(bytesDown).toBeLessThan(2 * ANSWER.length + 1_000)
  })

  it('that drops a request breaks the connection, and the service hears nothing', async () => {
    const { link, post, heard } = await aServiceBehind({ kind: 'drop' })

    await expect(post()).rejects.toThrow('fetch failed')
    expect((await post('again')).status).toBe(200)

    expect(heard.map(one => one.body)).toEqual(['again'])
    expect(link.counts().requests).toBe(2)
  })

  it.each([1, 60, 5_000])('that is cut at byte %i of a request lets the service have so many', async afterBytes => {
    const { link, post, heard, heardInAll } = await aServiceBehind({ kind: 'cut-request', afterBytes })

    await expect(post('x'.repeat(20_000))).rejects.toThrow('fetch failed')
    await heardInAll(1)
    await post('again')

    expect(heard[0]?.isWhole).toBe(false)
    expect(heard.filter(one => one.isWhole).map(one => one.body)).toEqual(['again'])
    expect(link.counts().requests).toBe(2)
  })

  it.each([0, 1, 40, 5_000])('that is cut at byte %i of an answer has done what was asked for', async afterBytes => {
    const { post, heard } = await aServiceBehind({ kind: 'cut-answer', afterBytes })

    await expect(post().then(answer => answer.text())).rejects.toThrow(/fetch failed|terminated/)
    expect(await (await post('again')).text()).toBe(ANSWER)

    expect(heard.map(one => one.body)).toEqual(['a note', 'again'])
  })

  it('that doubles a request brings it to the service twice and one answer back', async () => {
    const { link, post, heard, heardInAll } = await aServiceBehind({ kind: 'twice' })

    expect(await (await post()).text()).toBe(ANSWER)
    await heardInAll(2)

    expect(heard.map(one => one.body)).toEqual(['a note', 'a note'])
    expect(link.counts().requests).toBe(1)
  })

  it.each([200, 302, 407] as const)('on which something else answers gives its page with status %i', async status => {
    const { link, post, heard } = await aServiceBehind({ kind: 'page', status })

    // `fetch` takes a 407 for a fault of its own.
    const asking = request(link.url, { method: 'POST', agent: false }).end('x'.repeat(200_000))
    const [answer] = (await once(asking, 'response')) as [IncomingMessage]
    const page = await text(answer)
    await post('again')

    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toBe('text/html')
    expect(page).toContain('Sign in')
    expect(heard.map(one => one.body)).toEqual(['again'])
  })

  it('that delays a request still brings it', async () => {
    const { post } = await aServiceBehind({ kind: 'delay', ms: 150 })
    const start = performance.now()

    await (await post()).text()

    expect(performance.now() - start).toBeGreaterThanOrEqual(149)
  })

  it('of a given rate and round trip takes as long as both say', async () => {
    const { link, post } = await aServiceBehind(undefined, { bitsPerSecond: 400_000, roundTripMs: 100 })
    const start = performance.now()

    expect(await (await post()).text()).toBe(ANSWER)
    const tookMs = performance.now() - start

    const { bytesUp, bytesDown } = link.counts()
    const least = 2 * 100 + ((bytesUp + bytesDown) * 8_000) / 400_000
    expect(tookMs).toBeGreaterThanOrEqual(least - 5)
    expect(tookMs).toBeLessThan(least + 2_000)
  })

  it('that loses segments brings everything later, in order', async () => {
    const { post, heard } = await aServiceBehind(undefined, {
      bitsPerSecond: 4_000_000,
      roundTripMs: 20,
      loseOneOf: 3,
    })
    const body = Array.from({ length: 3_000 }, (_, place) => place).join(' ')

    expect(await (await post(body)).text()).toBe(ANSWER)

    expect(heard.map(one => one.body)).toEqual([body])
  })

  it('whose connections are broken takes new ones', async () => {
    const { link, post, heard } = await aServiceBehind({ kind: 'delay', ms: 60_000 })
    const first = post()
    first.catch(() => undefined)
    while (link.counts().requests === 0) await new Promise(resolve => setImmediate(resolve))

    link.breakConnections()

    await expect(first).rejects.toThrow('fetch failed')
    await post('again')
    expect(heard.map(one => one.body)).toEqual(['again'])
  })
})
