import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { Actor } from '../../shared/access/actor.ts'
import { isCallName, type CallName } from '../../shared/ipc/contract.ts'
import { refuse, type Result } from '../../shared/result.ts'

interface IpcDeps {
  /** Who is signed in on this PC: never taken from the window. */
  readonly actor: Actor
  readonly call: (actor: Actor, name: CallName, input: unknown) => Promise<Result<unknown>>
  /** Whether the message comes from the application's own page in its own window. */
  readonly isOurWindow: (event: IpcMainInvokeEvent) => boolean
}

/** Answers the window: one channel, one sender, only names of the contract. */
export function registerIpc({ actor, call, isOurWindow }: IpcDeps): void {
  ipcMain.handle('api', (event, name: unknown, input: unknown) => {
    if (!isOurWindow(event) || !isCallName(name))
      return refuse({ code: 'not-permitted', action: String(name).slice(0, 60) })
    return call(actor, name, input)
  })
}
