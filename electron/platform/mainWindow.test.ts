import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { permissions, type BrowserWindow as StandIn } from '../../tests/browser-shell/electron.ts'
import { openMainWindow } from './mainWindow.ts'

const root = join(import.meta.dirname, '../..')
const PRELOAD = join(root, 'preload.cjs')

/** The window that main opens, as the stand-in for Electron was given it. */
function openWindow(): StandIn {
  const window = openMainWindow({ preload: PRELOAD }) as unknown as StandIn // which Vitest gives for `electron`
  onTestFinished(() => {
    window.destroy()
  })
  return window
}

/** Sets a variable of the environment, or takes it out, for this test alone. */
function withDevTools(value: string | undefined): void {
  const before = process.env['HOLDFAST_DEVTOOLS']
  const set = (wanted: string | undefined): void => {
    if (wanted === undefined) delete process.env['HOLDFAST_DEVTOOLS']
    else process.env['HOLDFAST_DEVTOOLS'] = wanted
  }
  set(value)
  onTestFinished(() => {
    set(before)
  })
}

describe('the one window', () => {
  it('is in a sandbox apart from Node, keeps nothing on the disk, and has our preload alone', () => {
    withDevTools(undefined)

    const { webPreferences } = openWindow().options

    expect(webPreferences).toEqual({
      partition: 'holdfast', // without `persist:` it lives in memory
      preload: PRELOAD,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      spellcheck: false,
      devTools: false,
    })
  })

  it.each([
    ['1', true],
    ['0', false],
    ['true', false],
    ['', false],
  ])('has developer tools only when they are asked for: HOLDFAST_DEVTOOLS=%s', (value, expected) => {
    withDevTools(value)

    expect(openWindow().options.webPreferences['devTools']).toBe(expected)
  })

  it.each([['will-navigate'], ['will-attach-webview']])('stays at our page: %s is prevented', event => {
    const { webContents } = openWindow()
    let isPrevented = false

    webContents.emit(event, { url: 'https://elsewhere.test/', preventDefault: () => (isPrevented = true) })

    expect(isPrevented).toBe(true)
  })

  it('opens no other window', () => {
    expect(openWindow().webContents.openHandler?.()).toEqual({ action: 'deny' })
  })

  it.each([
    ['media'],
    ['geolocation'],
    ['notifications'],
    ['clipboard-read'],
    ['fullscreen'],
    ['openExternal'],
    ['serial'],
    ['a permission of a later Electron'],
  ])('is permitted nothing: %s', permission => {
    openWindow()
    const answers: boolean[] = []

    permissions.request?.(null, permission, isAllowed => answers.push(isAllowed))

    expect(answers).toEqual([false])
    expect(permissions.check?.()).toBe(false)
  })
})

describe('the source', () => {
  const sources = globSync('{electron,db,shared,demo,renderer}/**/*.{ts,tsx}', { cwd: root })
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => !/\.test\.tsx?$/.test(file))
  const withWords = (words: RegExp) => sources.filter(file => words.test(readFileSync(join(root, file), 'utf8')))

  it('makes windows in one file', () => {
    const factory = ['electron/platform/mainWindow.ts']

    expect(withWords(/\bnew\s+(BrowserWindow|BaseWindow|BrowserView|WebContentsView)\b/)).toEqual(factory)
    expect(withWords(/\bwebPreferences\b/)).toEqual(factory)
  })

  it('opens nothing outside and takes no certificate that the system refuses', () => {
    expect(withWords(/\bshell\.open|openExternal|certificate-error|setCertificateVerifyProc|<webview/)).toEqual([])
    expect(withWords(/ignore-certificate-errors|NODE_TLS_REJECT_UNAUTHORIZED|rejectUnauthorized/)).toEqual([])
  })
})
