import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, net, powerMonitor, protocol, session } from 'electron'
import type { Changed } from '../shared/ipc/contract.ts'
import { STORE_FILE } from '../db/openStore.ts'
import { registerIpc } from './ipc/registerIpc.ts'
import { answerAppRequest, APP_ORIGIN } from './platform/appProtocol.ts'
import { openEngine } from './platform/engineHost.ts'
import type { EngineWorker } from './platform/engineWorker.ts'
import { findEnrolment, officerFolder } from './platform/enrolment.ts'
import { createLineProbe } from './platform/lineProbe.ts'
import { lockInstance, type RunningInstance } from './platform/instanceLock.ts'
import { createLog } from './platform/logFile.ts'
import { isFrom, openMainWindow, windowSession } from './platform/mainWindow.ts'
import { createNetwork } from './platform/network.ts'
import { readOptions, type Options } from './platform/options.ts'
import { createSafeStorage } from './platform/safeStorage.ts'
import { startProblem } from './platform/startProblem.ts'

// Chromium must know the scheme before it starts.
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])

/** Flags that cannot be read, nobody enrolled, a disk that refuses, or a second start on the same data folder. */
const EXIT_REFUSED = 2

async function run(options: Options): Promise<void> {
  app.setPath('userData', options.folder)
  const lock = lockInstance(options.folder)
  if ('heldBy' in lock) {
    refuseToStart(alreadyRunning(options.folder, lock.heldBy))
    return
  }
  await app.whenReady()
  const log = createLog(options.folder)
  const network = createNetwork((url, init) => net.fetch(url, init))
  const safeStorage = createSafeStorage()
  const enrolment = await findEnrolment({ folder: options.folder, options, safeStorage, network })
  const folder = officerFolder(options.folder, enrolment.actor.userId)
  const root = app.getAppPath()

  const window = openMainWindow({ preload: join(import.meta.dirname, '../preload/preload.cjs') })
  const tellWindow = (changed: Changed): void => {
    if (!window.isDestroyed()) window.webContents.send('changed', changed)
  }
  const engine = openEngine({
    secrets: { safeStorage, folder },
    storeExists: existsSync(join(folder, STORE_FILE)),
    start: {
      folder,
      migrations: join(root, 'db/migrations'),
      resources: join(root, 'resources'),
      version: app.getVersion(),
      enrolment,
      demo: options.hasDemo ? options : null,
    },
    network,
    probe: createLineProbe(
      url => session.defaultSession.resolveProxy(url),
      () => performance.now(),
    ),
    onChanged: tellWindow,
    log,
  })
  registerIpc({ actor: enrolment.actor, call: engine.call, isOurWindow: isFrom(window) })
  windowSession().protocol.handle('app', request => answerAppRequest(request, join(import.meta.dirname, '../renderer')))
  powerMonitor.on('resume', () => {
    engine.lineChanged()
  })
  stopWithTheWindow(engine, lock.release)
  if (options.stopWithStdin) process.stdin.resume().on('end', quit)

  await Promise.all([window.loadURL(`${APP_ORIGIN}/`), engine.started])
  const address = window.webContents.getURL()
  lock.announce(address)
  const shown = address.startsWith(APP_ORIGIN) ? 'electron' : address
  console.log(`Holdfast ready at ${shown} - data in ${options.folder} - central ${enrolment.centre?.url ?? 'none'}`)
}

const quit = (): void => {
  app.quit()
}

/** Closing the window, Ctrl+C and a stop by the system all end the same way: work under way is finished, the store closed. */
function stopWithTheWindow(engine: EngineWorker, release: () => void): void {
  let isStopping = false
  app.on('window-all-closed', quit)
  process.on('SIGINT', quit)
  process.on('SIGTERM', quit)
  app.on('before-quit', event => {
    event.preventDefault()
    if (isStopping) return
    isStopping = true
    void engine.stop().finally(() => {
      release()
      app.exit(0)
    })
  })
}

function alreadyRunning(folder: string, heldBy: RunningInstance | undefined): string {
  const where = heldBy ? ` It is process ${heldBy.pid}, at ${heldBy.address}, since ${heldBy.since}.` : ''
  return `Holdfast is already running with the data in ${folder}.${where} Close it first, or choose another folder with --user-data-dir.`
}

function refuseToStart(message: string): void {
  console.error(message)
  app.exit(EXIT_REFUSED)
}

async function main(): Promise<void> {
  let folder = ''
  try {
    // Not packaged, the program is followed by the folder of the application.
    const options = readOptions(process.argv.slice(app.isPackaged ? 1 : 2), process.env)
    folder = options.folder
    await run(options)
  } catch (error) {
    const problem = startProblem(error, folder)
    if (problem === undefined) throw error
    refuseToStart(problem)
  }
}

void main()
