import { rmSync } from 'node:fs'
import { newId } from '../../shared/ids.ts'
import { londonDate, londonTime } from '../../shared/time.ts'
import { startProcess, type Running } from '../e2e/support/processes.ts'
import { auditBreakOf, openOfficerStore, readOfficerKey } from './officerStore.ts'
import { openShellWindow, type ShellWindow } from './shellWindow.ts'

export interface KillRun {
  readonly kills: number
  /** Saves that were answered. */
  readonly acknowledged: number
  readonly lost: number
  readonly duplicated: number
  /** Kills after which the store, its audit chain or its outbox was not whole. */
  readonly broken: number
}

interface KillOptions {
  readonly folder: string
  readonly kills: number
  /** 0 up to 1: when in its time under load each process is killed. */
  readonly moments: (kill: number) => number
  readonly onKill?: (kill: number) => void
}

const USER = 'morgan.ashby'
/** Longest time under load before a kill, in milliseconds. */
const LOAD_MS_MAX = 400
/** Saves under way at once: the application is killed in the middle of some. */
const AT_ONCE = 4
/** How each note begins; its save's own id follows. */
const NOTE = 'Rang about the appointment.'

const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) }
const id = (): string => newId(Date.now(), random)

/**
 * Kills the real application again and again while it saves, starts it again, and checks that what it acknowledged is
 * there, once.
 */
export async function runKills({ folder, kills, moments, onKill = () => undefined }: KillOptions): Promise<KillRun> {
  const acknowledged = new Set<string>()
  const unanswered: Save[] = []
  let broken = 0
  for (let kill = 0; kill < kills; kill++) {
    const application = startApplication(folder)
    const window = await openShellWindow(await application.line(/ready at (\S+)/))
    const saving = Array.from({ length: AT_ONCE }, () => saveUntilGone(window, { acknowledged, unanswered }))
    // eslint-disable-next-line no-restricted-syntax -- a kill at any moment is what is looked at
    await new Promise(resolve => setTimeout(resolve, moments(kill) * LOAD_MS_MAX))
    await application.kill()
    window.close()
    await Promise.all(saving)
    if (!isWhole(folder)) broken++
    onKill(kill + 1)
  }
  const found = countContacts(folder, acknowledged)
  rmSync(folder, { recursive: true, force: true })
  return { kills, acknowledged: acknowledged.size, broken, ...found }
}

const startApplication = (folder: string): Running =>
  startProcess(process.execPath, [
    '--import',
    './tests/browser-shell/register.ts',
    'build/app/main/main.js',
    '--user-data-dir',
    folder,
    '--central',
    'none',
    '--people',
    '4',
    '--user',
    USER,
    '--stop-with-stdin',
  ])

interface Saves {
  readonly acknowledged: Set<string>
  /** Sent when the application was killed: saved or not. Whoever finds the draft again saves it under the same ids. */
  readonly unanswered: Save[]
}

/** Saves one contact after the other, as fast as they are answered, until the application is gone. */
async function saveUntilGone(window: ShellWindow, { acknowledged, unanswered }: Saves): Promise<void> {
  let save: Save | undefined
  try {
    const list = await window.call('caseload.list', { words: '', sort: 'name', limit: 10, offset: 0 })
    const caseId = list.ok ? (list.value.rows[0]?.person.caseId ?? '') : ''
    for (;;) {
      save = unanswered.pop() ?? aSave(caseId)
      const answer = await window.call('contacts.record', save)
      if (answer.ok) acknowledged.add(save.ids.contactId)
    }
  } catch {
    if (save) unanswered.push(save)
  }
}

type Save = ReturnType<typeof aSave>

function aSave(caseId: string) {
  const contactId = id()
  const opIds: [string, string, string] = [id(), id(), id()]
  return {
    ids: { formId: id(), actionId: id(), contactId, nextId: id(), opIds },
    caseId,
    appointmentId: null,
    appointmentBaseRev: 0,
    mends: null,
    entry: {
      kind: 'CTOA',
      startedOn: londonDate(Date.now()),
      startedTime: londonTime(Date.now() - 60_000),
      durationMinutes: 5,
      outcome: null,
      note: `${NOTE} ${contactId}`,
      sensitive: false,
      place: '',
      requirementId: null,
      credits: 0,
      next: null,
    },
  }
}

/** The file, the audit chain, and an outbox entry and an audit entry for each contact that was saved. */
function isWhole(folder: string): boolean {
  const db = openOfficerStore(folder, USER)
  try {
    const check = db.$client.pragma('quick_check', { simple: true })
    const withoutOutbox = db.$client
      .prepare(
        `SELECT count(*) FROM contacts c WHERE version = 0 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = c.id)`,
      )
      .pluck()
      .get()
    const saves = db.$client.prepare(`SELECT count(*) FROM audit WHERE action = 'action.saved'`).pluck().get()
    const actions = db.$client.prepare('SELECT count(DISTINCT action_id) FROM outbox').pluck().get()
    const breakAt = auditBreakOf(db, readOfficerKey(folder, USER))
    return check === 'ok' && withoutOutbox === 0 && saves === actions && breakAt === undefined
  } finally {
    db.$client.close()
  }
}

function countContacts(
  folder: string,
  acknowledged: ReadonlySet<string>,
): { readonly lost: number; readonly duplicated: number } {
  const { $client } = openOfficerStore(folder, USER)
  const list = (query: string) => $client.prepare(query).pluck().all() as readonly string[] // one text column
  const inRows = new Set(list('SELECT id FROM contacts'))
  const inQueue = new Set(list(`SELECT id FROM outbox WHERE type = 'contact.create@1'`))
  // A save that came twice under two ids has the same note.
  const rowNotes = list(`SELECT note FROM contacts WHERE note LIKE '${NOTE}%'`)
  const queuedNotes = list(`SELECT body ->> '$.create.note' FROM outbox WHERE type = 'contact.create@1'`)
  $client.close()
  const lost = [...acknowledged].filter(contactId => !inRows.has(contactId) || !inQueue.has(contactId)).length
  return { lost, duplicated: countRepeats(rowNotes) + countRepeats(queuedNotes) }
}

const countRepeats = (notes: readonly string[]): number => notes.length - new Set(notes).size
