import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Changed } from '../../shared/ipc/contract.ts'
import type { Result } from '../../shared/result.ts'
import { morgan } from '../../tests/support/builders.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import type { EngineStart } from '../engine/messages.ts'
import { LineDownError, type Network, type NetworkAnswer } from '../engine/ports.ts'
import { startEngineWorker } from './engineWorker.ts'

/**
 * A worker that speaks the engine's messages. What a call's input says is done: `echo` answers with the call, `hang` with
 * nothing, `die` ends it by a fault, `ask` answers with what the network said. It counts how often it was started.
 */
const engineScript = `
  import { parentPort, workerData } from 'node:worker_threads'
  const send = message => parentPort.postMessage(message)
  const asking = new Map()
  let lastId = 0
  parentPort.on('message', message => {
    if (message.kind === 'stop') setImmediate(() => {
      send({ kind: 'log', line: 'the store is closed' })
      parentPort.close()
    })
    if (message.kind === 'line-changed') send({ kind: 'changed', changed: { topic: 'sync' } })
    if (message.kind === 'network-answer' || message.kind === 'network-failed' || message.kind === 'probed') asking.get(message.id)?.(message)
    if (message.kind !== 'call') return
    const answer = value => send({ kind: 'answer', id: message.id, result: { ok: true, value } })
    if (message.input === 'echo') answer({ ...message, start: workerData })
    if (message.input === 'die') throw new Error(workerData.lastWords)
    if (message.input === 'log') { send({ kind: 'log', line: 'a line' }); answer(null) }
    if (message.input === 'probe') {
      lastId++
      asking.set(lastId, ({ kind, steps }) => answer({ kind, steps }))
      send({ kind: 'probe', id: lastId, url: 'http://centre.test' })
    }
    if (message.input === 'ask') {
      lastId++
      asking.set(lastId, ({ kind, answer: said, why }) => answer({ kind, said, why }))
      send({ kind: 'network', id: lastId, request: { url: 'http://centre.test' } })
    }
  })
  if (workerData.diesAtOnce) process.exit(1)
  send({ kind: 'started' })
`

interface Start {
  readonly lastWords?: string
  readonly diesAtOnce?: boolean
}

function anEngine(start: Start = {}, network: Network = { request: () => Promise.reject(new Error('no line')) }) {
  const script = join(aFolder(), 'engine.mjs')
  writeFileSync(script, engineScript)
  const changes: Changed[] = []
  const startedAgain: number[] = []
  const lines: string[] = []
  const engine = startEngineWorker({
    script: pathToFileURL(script),
    start: start as EngineStart, // the script asks for no more
    network,
    probe: { probe: url => Promise.resolve([{ hop: 'name', state: 'failed', code: url, tookMs: 1 }]) },
    onChanged: changed => {
      changes.push(changed)
      if (changed.topic === 'session') startedAgain.push(performance.now())
    },
    log: line => lines.push(line),
  })
  onTestFinished(() => engine.stop())
  const call = (input: string) => engine.call(morgan, 'sync.now', input)
  return { engine, call, changes, startedAgain, lines }
}

const away = { ok: false, error: { code: 'internal', reference: 'ENGINE' } }
const valueOf = (result: Result<unknown>): unknown => (result.ok ? result.value : result)
const untilAnswered = (call: (input: string) => Promise<Result<unknown>>) =>
  expect.poll(async () => (await call('echo')).ok, { timeout: 20_000 }).toBe(true)

describe('a call to the engine', () => {
  it('reaches the worker as it was made, and its answer comes back to it alone', async () => {
    const { engine, call } = anEngine({ lastWords: 'x' })
    await engine.started

    const hanging = call('hang')
    const answers = await Promise.all([call('echo'), call('echo')])

    expect(answers.map(valueOf)).toMatchObject([
      { kind: 'call', actor: morgan, name: 'sync.now', input: 'echo', start: { lastWords: 'x' } },
      { kind: 'call', actor: morgan, name: 'sync.now', input: 'echo' },
    ])
    expect(await Promise.race([hanging, Promise.resolve('still waits')])).toBe('still waits')
  })

  it('that a change or a line of the log follows is heard in main', async () => {
    const { engine, call, changes, lines } = anEngine()
    await engine.started

    engine.lineChanged()
    await call('log')

    expect(changes).toEqual([{ topic: 'sync' }])
    expect(lines).toEqual(['a line'])
  })
})

it('tries the parts of the line in main, for the engine that asked', async () => {
  const { call } = anEngine()

  expect(valueOf(await call('probe'))).toEqual({
    kind: 'probed',
    steps: [{ hop: 'name', state: 'failed', code: 'http://centre.test', tookMs: 1 }],
  })
})

describe('the network of the engine', () => {
  it('is that of main: answers and failures go back to the request that asked', async () => {
    const answers = [Promise.resolve({ status: 200, headers: {}, body: new Uint8Array([1]) })]
    const failures = [new LineDownError('timed-out'), new LineDownError('unreachable'), new Error('a fault of ours')]
    const { call } = anEngine(
      {},
      { request: () => answers.shift() ?? Promise.reject(failures.shift() ?? new Error('asked too often')) },
    )

    const said: unknown[] = []
    for (let request = 0; request < 4; request++) said.push(valueOf(await call('ask')))

    expect(said).toMatchObject([
      { kind: 'network-answer', said: { status: 200, body: new Uint8Array([1]) } },
      { kind: 'network-failed', why: 'timed-out' },
      { kind: 'network-failed', why: 'unreachable' },
      { kind: 'network-failed', why: 'unreachable' },
    ])
  })

  it('gives an answer that comes late to no other engine than the one that asked', async () => {
    const requests: ((answer: NetworkAnswer) => void)[] = []
    const network = { request: () => new Promise<NetworkAnswer>(resolve => requests.push(resolve)) }
    const { call } = anEngine({ lastWords: 'x' }, network)
    const answerOf = (status: number): NetworkAnswer => ({ status, headers: {}, body: new Uint8Array() })
    void call('ask')
    await expect.poll(() => requests.length).toBe(1)
    await call('die')
    await untilAnswered(call)
    const asked = call('ask')
    await expect.poll(() => requests.length).toBe(2)

    requests[0]?.(answerOf(409))
    await call('echo') // what was on the way to the worker has arrived
    requests[1]?.(answerOf(200))

    expect(valueOf(await asked)).toMatchObject({ said: { status: 200 } })
  })
})

describe('an engine that dies', () => {
  it('leaves no call waiting, and answers at once while it is away', async () => {
    const { call, engine } = anEngine()
    await engine.started

    const waiting = [call('hang'), call('hang'), call('die'), call('echo')]

    expect(await Promise.all(waiting)).toEqual([away, away, away, away])
    expect(await call('echo')).toEqual(away)
  })

  it('is started again with the same store, and the window is told to ask anew', async () => {
    const { call, changes } = anEngine({ lastWords: 'x' })

    await call('die')
    expect(changes).toEqual([])
    await untilAnswered(call)

    expect(changes).toEqual([{ topic: 'session' }])
    expect(valueOf(await call('echo'))).toMatchObject({ start: { lastWords: 'x' } })
  })

  it('is written down with the name and the place of the fault, and not a word of what it said', async () => {
    const { call, lines } = anEngine({
      lastWords: 'Cannot read\nQuillfeatherstone\n    at home with Quillfeatherstone\nat 10:00:00',
    })

    await call('die')

    const [line = ''] = lines
    expect(lines).toHaveLength(1)
    expect(JSON.parse(line)).toEqual({
      at: expect.any(String) as string,
      event: 'engine.died',
      fault: 'Error',
      where: expect.stringMatching(/^at .*engine\.mjs:\d+:\d+\)?$/) as string,
    })
    expect(line).not.toMatch(/Quillfeatherstone|home|Cannot/)
  })

  it('again and again is started later and later', async () => {
    const { startedAgain } = anEngine({ diesAtOnce: true })
    const startedAt = performance.now()

    await expect.poll(() => startedAgain.length, { timeout: 20_000 }).toBe(2)

    const [first = 0, second = 0] = startedAgain
    expect(first - startedAt).toBeGreaterThanOrEqual(495) // timers of Node may fire a little early
    expect(second - first).toBeGreaterThanOrEqual(995)
  })
})

describe('stopping the engine', () => {
  it('waits until the worker has finished and ended', async () => {
    const { engine, call, lines } = anEngine()
    await engine.started

    await engine.stop()

    expect(lines).toEqual(['the store is closed'])
    expect(await call('echo')).toEqual(away)
  })

  it('starts none again, also when it had just died', async () => {
    const died = anEngine()
    await died.call('die')
    await died.engine.stop()
    const after = anEngine()
    await after.call('die')

    await expect.poll(() => after.startedAgain.length, { timeout: 20_000 }).toBe(1) // it died later than the other

    expect(died.startedAgain).toEqual([])
  })
})
