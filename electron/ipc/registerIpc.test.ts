import type { BrowserWindow } from 'electron'
import { describe, expect, it, onTestFinished } from 'vitest'
import { contract, type CallName } from '../../shared/ipc/contract.ts'
import { ok } from '../../shared/result.ts'
import { handlers } from '../../tests/browser-shell/electron.ts'
import { dev, morgan } from '../../tests/support/builders.ts'
import { isFrom } from '../platform/mainWindow.ts'
import { registerIpc } from './registerIpc.ts'

const WINDOW_ID = 7
const ourFrame = { url: 'app://holdfast/', parent: null }
const ourMessage = { sender: { id: WINDOW_ID }, senderFrame: ourFrame }

/** Main with Morgan signed in and one window; `send` is what arrives from some window. */
function main() {
  const calls: unknown[] = []
  registerIpc({
    actor: morgan,
    call: (actor, name, input) => {
      calls.push({ actor, name, input })
      return Promise.resolve(ok('answered'))
    },
    isOurWindow: isFrom({ webContents: { id: WINDOW_ID } } as BrowserWindow), // all of a window that is looked at
  })
  onTestFinished(() => {
    handlers.clear()
  })
  const send = (event: object, ...args: unknown[]) => Promise.resolve(handlers.get('api')?.(event, ...args))
  return { calls, send }
}

describe('a message to main', () => {
  it('is passed on when it comes from our page in our window, with the officer who is signed in', async () => {
    const { calls, send } = main()

    const answered = await send(ourMessage, 'caseload.list', { words: '' })

    expect(answered).toEqual({ ok: true, value: 'answered' })
    expect(calls).toEqual([{ actor: morgan, name: 'caseload.list', input: { words: '' } }])
  })

  it.each<[string, object]>([
    ['another window', { ...ourMessage, sender: { id: 8 } }],
    ['a frame in our page', { ...ourMessage, senderFrame: { ...ourFrame, parent: ourFrame } }],
    ['a page of another origin', { ...ourMessage, senderFrame: { ...ourFrame, url: 'https://holdfast/' } }],
    [
      'an origin that begins like ours',
      { ...ourMessage, senderFrame: { ...ourFrame, url: 'app://holdfast.elsewhere/' } },
    ],
    ['another host of our scheme', { ...ourMessage, senderFrame: { ...ourFrame, url: 'app://elsewhere/holdfast/' } }],
    ['a file of this PC', { ...ourMessage, senderFrame: { ...ourFrame, url: 'file:///app://holdfast/' } }],
    ['a page that has not loaded', { ...ourMessage, senderFrame: { ...ourFrame, url: '' } }],
    ['a frame that is gone', { ...ourMessage, senderFrame: null }],
  ])('is refused from %s, and nothing is called', async (_where, event) => {
    const { calls, send } = main()

    const refused = await send(event, 'caseload.list', { words: '' })

    expect(refused).toEqual({ ok: false, error: { code: 'not-permitted', action: 'caseload.list' } })
    expect(calls).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['that is not in the contract', 'cases.delete', 'cases.delete'],
    ['that every object has', 'constructor', 'constructor'],
    ['that would change every object', '__proto__', '__proto__'],
    ['that is no text', ['caseload.list'], 'caseload.list'],
    ['that is missing', undefined, 'undefined'],
    ['that is much too long', 'x'.repeat(5_000), 'x'.repeat(60)],
  ])('is refused with a name %s, and nothing is called', async (_which, name, action) => {
    const { calls, send } = main()

    const refused = await send(ourMessage, name, {})

    expect(refused).toEqual({ ok: false, error: { code: 'not-permitted', action } })
    expect(calls).toEqual([])
  })

  it('cannot name another officer, whatever it holds', async () => {
    const { calls, send } = main()

    await send({ ...ourMessage, actor: dev }, 'session.get', { actor: dev }, dev)

    expect(calls).toEqual([{ actor: morgan, name: 'session.get', input: { actor: dev } }])
  })

  it('comes by one channel alone', () => {
    main()

    expect([...handlers.keys()]).toEqual(['api'])
  })
})

describe('the contract', () => {
  it.each(Object.keys(contract) as CallName[])('has no place for an officer in what the window sends with %s', name => {
    const sent = contract[name].input.safeParse({ actor: dev })

    expect(sent.success).toBe(false)
    expect(sent.error?.issues).toContainEqual(expect.objectContaining({ code: 'unrecognized_keys', keys: ['actor'] }))
  })
})
