import { describe, expect, it } from 'vitest'
import type { FromEngine } from './messages.ts'
import type { NetworkAnswer, NetworkRequest } from './ports.ts'
import { createWorkerPorts } from './workerPorts.ts'

const request: NetworkRequest = { method: 'GET', url: 'http://centre.test', headers: {}, body: null, timeoutMs: 1_000 }
const answerOf = (status: number): NetworkAnswer => ({ status, headers: {}, body: new Uint8Array() })

function aWorker() {
  const sent: FromEngine[] = []
  const ports = createWorkerPorts(message => sent.push(message))
  return { sent, ...ports }
}

it('gives what main found of the line to the check that asked', async () => {
  const { ports, sent, probed } = aWorker()
  const found = ports.probe.probe('http://centre.test')
  const [asked] = sent
  expect(asked).toMatchObject({ kind: 'probe', url: 'http://centre.test' })
  const steps = [{ hop: 'name', state: 'passed', code: null, tookMs: 1 }] as const

  probed(asked?.kind === 'probe' ? asked.id : -1, steps)

  expect(await found).toEqual(steps)
})

describe('the network of the worker', () => {
  it('asks main, and gives each answer to the request it belongs to, in whatever order they come', async () => {
    const { ports, sent, networkAnswered, networkFailed } = aWorker()
    const asked = [0, 1, 2].map(() => ports.network.request(request))
    const ids = sent.map(message => (message.kind === 'network' ? message.id : -1))

    networkAnswered(ids[2] ?? 0, answerOf(202))
    networkFailed(ids[1] ?? 0, 'timed-out')
    networkAnswered(ids[0] ?? 0, answerOf(200))

    expect(new Set(ids).size).toBe(3)
    expect(sent[0]).toEqual({ kind: 'network', id: ids[0], request })
    const [first, second, third] = await Promise.allSettled(asked)
    expect(first).toMatchObject({ value: { status: 200 } })
    expect(second).toMatchObject({ reason: { name: 'LineDownError', kind: 'timed-out' } })
    expect(third).toMatchObject({ value: { status: 202 } })
  })

  it('takes one answer a request and none that nobody waits for', async () => {
    const { ports, networkAnswered, networkFailed } = aWorker()
    const asked = ports.network.request(request)

    networkAnswered(1, answerOf(200))
    networkAnswered(1, answerOf(500))
    networkFailed(1, 'unreachable')
    networkAnswered(99, answerOf(200))

    expect(await asked).toMatchObject({ status: 200 })
  })
})

describe('the log of the worker', () => {
  it('is a line of JSON with the time, the event and its facts, written by main', () => {
    const { ports, sent } = aWorker()

    ports.log.write('store.open', { state: 'open', entries: 3 })

    const [message] = sent
    const line = message?.kind === 'log' ? message.line : ''
    expect(JSON.parse(line)).toEqual({
      at: expect.any(String) as string,
      event: 'store.open',
      state: 'open',
      entries: 3,
    })
    expect(line).not.toContain('\n')
  })
})

describe('the timers of the worker', () => {
  it('run work that was not called off, and let what is waiting go first', async () => {
    const { timers } = aWorker().ports
    const done: string[] = []
    const calledOff = timers.after(0, () => done.push('called off'))
    const ran = new Promise<void>(resolve => {
      timers.after(1, () => {
        done.push('ran')
        resolve()
      })
    })
    setImmediate(() => done.push('was waiting'))

    calledOff()
    await timers.yield()
    done.push('went on')
    await ran

    expect(done.filter(one => one !== 'ran')).toEqual(['was waiting', 'went on'])
    expect(done).toContain('ran')
  })
})
