/**
 * A stand-in for the part of Electron that Holdfast uses, so that the same built main and preload run under Node with
 * their window in a Chromium. For development and tests only; it is in no package. What it leaves out is in
 * docs/untested.md.
 */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { developmentSafeStorage } from './safeStorage.ts'
import { startShellServer, type ShellServer } from './shellServer.ts'
import { openChromium } from './chromiumWindow.ts'

type Handler = (event: unknown, ...args: unknown[]) => unknown
type ProtocolHandler = (request: Request) => Response | Promise<Response>

/** Where the application's own files are; a test can show it another version of them. */
const root = process.env['HOLDFAST_SHELL_ROOT'] ?? join(import.meta.dirname, '../..')
const paths = new Map<string, string>()
/** Who answers which channel. */
export const handlers = new Map<string, Handler>()
const protocolHandlers = new Map<string, ProtocolHandler>()
let server: ShellServer | undefined
/** What a stop that finds nothing wrong ends with. */
let exitCode = 0
const windows = new Set<BrowserWindow>()

interface QuitEvent {
  preventDefault(): void
}

class App extends EventEmitter {
  readonly isPackaged = false
  whenReady = (): Promise<void> => Promise.resolve()
  setPath = (name: string, path: string): void => {
    paths.set(name, path)
  }
  getPath = (name: string): string => paths.get(name) ?? root
  getAppPath = (): string => root
  getVersion = (): string =>
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version // ours
  exit = (code: number): void => {
    for (const window of windows) window.destroy()
    process.exit(code === 0 ? exitCode : code)
  }
  quit = (): void => {
    let isPrevented = false
    const event: QuitEvent = {
      preventDefault() {
        isPrevented = true
      },
    }
    this.emit('before-quit', event)
    if (!isPrevented) this.exit(0)
  }
}
export const app = new App()

/** Tells of no waking up: nothing here hears of that. */
export const powerMonitor = new EventEmitter()

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    handlers.set(channel, handler)
  },
}

export const protocol = { registerSchemesAsPrivileged: (): void => undefined }

type PermissionRequest = (contents: unknown, permission: string, allow: (isAllowed: boolean) => void) => void
/** Who decides what the window may do. */
export const permissions: { request?: PermissionRequest; check?: () => boolean } = {}

const windowSession = {
  protocol: {
    handle(scheme: string, handler: ProtocolHandler): void {
      protocolHandlers.set(scheme, handler)
    },
  },
  // Chromium denies what the policy headers deny; the product's own handlers are kept for a test to ask.
  setPermissionRequestHandler(handler: PermissionRequest): void {
    permissions.request = handler
  },
  setPermissionCheckHandler(handler: () => boolean): void {
    permissions.check = handler
  },
}
/** The shell's `fetch` goes by no proxy. */
const defaultSession = { resolveProxy: (): Promise<string> => Promise.resolve('DIRECT') }
export const session = { fromPartition: () => windowSession, defaultSession }

export const net = { fetch: (url: string, init: RequestInit): Promise<Response> => fetch(url, init) }

export const safeStorage = developmentSafeStorage(() => app.getPath('userData'))

interface WindowOptions {
  readonly webPreferences: { readonly preload: string; readonly [preference: string]: unknown }
}

class WebContents extends EventEmitter {
  readonly id = 1
  url = ''
  openHandler?: () => { readonly action: string }
  setWindowOpenHandler = (handler: () => { readonly action: string }): void => {
    this.openHandler = handler
  }
  getURL = (): string => this.url
  send = (channel: string, ...args: unknown[]): void => {
    server?.send(channel, args)
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: WindowOptions
  #isDestroyed = false
  #closeChromium: () => void = () => undefined

  constructor(options: WindowOptions) {
    super()
    this.options = options
    windows.add(this)
  }

  removeMenu = (): void => undefined
  show = (): void => undefined
  isDestroyed = (): boolean => this.#isDestroyed

  async loadURL(url: string): Promise<void> {
    const origin = new URL(url)
    server = await startShellServer({
      port: Number(process.env['HOLDFAST_SHELL_PORT'] ?? 0),
      preload: readFileSync(this.options.webPreferences.preload, 'utf8'),
      serve: request => serve(origin, request),
      invoke: (channel, args) => this.#invoke(channel, args),
    })
    this.webContents.url = server.address
    const browser = process.env['HOLDFAST_SHELL_BROWSER']
    if (browser) {
      this.#closeChromium = openChromium({
        browser,
        address: server.address,
        wasShown: server.wasConnected,
        onClosed: problem => {
          this.#lose(problem)
        },
      })
      await server.connected
    }
    this.emit('ready-to-show')
  }

  /** Everything ends as if somebody had closed the window, but a window that failed is said and ends with 1. */
  #lose(problem: string | undefined): void {
    if (this.#isDestroyed) return
    if (problem !== undefined) {
      console.error(problem)
      exitCode = 1
    }
    this.destroy()
    app.emit('window-all-closed')
  }

  #invoke(channel: string, args: readonly unknown[]): unknown {
    const handler = handlers.get(channel)
    if (!handler) throw new Error(`nobody handles ${channel}`)
    const senderFrame = { url: 'app://holdfast/', parent: null }
    return handler({ sender: this.webContents, senderFrame }, ...args)
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    windows.delete(this)
    this.#closeChromium()
    server?.close()
  }
}

function serve(origin: URL, path: string): Response | Promise<Response> {
  const handler = protocolHandlers.get(origin.protocol.replace(':', ''))
  if (!handler) throw new Error(`nobody handles ${origin.protocol}`)
  return handler(new Request(`${origin.protocol}//${origin.host}${path}`))
}
