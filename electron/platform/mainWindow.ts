import { BrowserWindow, session, type IpcMainInvokeEvent, type Session } from 'electron'
import { APP_ORIGIN } from './appProtocol.ts'

interface WindowFiles {
  readonly preload: string
}

/** In memory only: the window leaves no cache, no storage and no history on the disk. */
const PARTITION = 'holdfast'

export const windowSession = (): Session => session.fromPartition(PARTITION)

/** The one window factory. Its safety options stand here and nowhere else. */
export function openMainWindow({ preload }: WindowFiles): BrowserWindow {
  denyPermissions(windowSession())
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 400,
    show: false,
    title: 'Holdfast',
    autoHideMenuBar: true,
    webPreferences: {
      partition: PARTITION,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
      devTools: process.env['HOLDFAST_DEVTOOLS'] === '1',
    },
  })
  window.removeMenu()
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', event => {
    event.preventDefault()
  })
  window.webContents.on('will-attach-webview', event => {
    event.preventDefault()
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  return window
}

function denyPermissions(ours: Session): void {
  ours.setPermissionRequestHandler((_contents, _permission, allow) => {
    allow(false)
  })
  ours.setPermissionCheckHandler(() => false)
}

/** Whether a message comes from the main frame of our page in our window. */
export const isFrom =
  (window: BrowserWindow) =>
  ({ sender, senderFrame }: IpcMainInvokeEvent): boolean =>
    sender.id === window.webContents.id &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.url.startsWith(`${APP_ORIGIN}/`)
