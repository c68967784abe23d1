import { WebSocket } from 'ws'
import type { CallName, Input, Output } from '../../shared/ipc/contract.ts'
import type { Result } from '../../shared/result.ts'

/** A window without a browser: it opens the address that the application printed and makes calls over its socket. */
export interface ShellWindow {
  /** Rejects when the application goes before it answers. */
  call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Result<Output<Name>>>
  close(): void
}

export async function openShellWindow(address: string): Promise<ShellWindow> {
  const exchanged = await fetch(address, { redirect: 'manual' })
  const cookie = exchanged.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { origin, host } = new URL(address)
  const socket = new WebSocket(`ws://${host}/__shell/ipc`, { headers: { cookie, origin } })
  const waiting = new Map<
    number,
    { readonly resolve: (result: never) => void; readonly reject: (error: Error) => void }
  >()
  let lastId = 0
  socket.on('message', data => {
    const { id, value } = JSON.parse((data as Buffer).toString('utf8')) as {
      readonly id?: number
      readonly value: never
    } // our own server
    if (id === undefined) return
    waiting.get(id)?.resolve(value)
    waiting.delete(id)
  })
  const broken = (): void => {
    for (const call of waiting.values()) call.reject(new Error('the application went away'))
    waiting.clear()
  }
  socket.on('close', broken)
  socket.on('error', broken)
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return {
    call(name, input) {
      lastId++
      const id = lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        socket.send(JSON.stringify({ id, channel: 'api', args: [name, input] }))
      })
    },
    close() {
      socket.terminate()
    },
  }
}
