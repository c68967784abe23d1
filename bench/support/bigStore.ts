import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillDemoStore } from '../../electron/demoOffice.ts'
import { openStore, STORE_FILE } from '../../db/openStore.ts'
import { emptyLog } from '../../db/housekeeping.ts'
import { settleDue } from '../../db/summary/settleDue.ts'
import { loadReference } from '../../shared/features/reference/reference.ts'
import { invariant } from '../../shared/result.ts'
import { BENCH_KEY, senior } from './engine.ts'
import { times } from './quick.ts'

const root = join(import.meta.dirname, '../..')

export interface StoreSize {
  readonly people: number
  readonly contactsPerPerson: number
  readonly seed: number
  /** London day that the office is made for; a store is made again on another day. */
  readonly today: string
}

export const BIG: Omit<StoreSize, 'today'> = { people: times(5_000, 60), contactsPerPerson: times(60, 20), seed: 1 }

export interface MadeStore {
  readonly folder: string
  /** 0 when it was there already. */
  readonly seconds: number
  readonly contacts: number
}

/** The folder of a store of that size, made the first time and kept under build/bench. */
export function makeStore(size: StoreSize, onProgress: (done: number) => void = () => undefined): MadeStore {
  const name = createHash('sha256').update(JSON.stringify(size)).digest('hex').slice(0, 12)
  const folder = join(root, 'build/bench', `store-${size.people}-${name}`)
  const done = join(folder, 'made.json')
  if (existsSync(done)) return { folder, seconds: 0, contacts: Number(readFileSync(done, 'utf8')) }
  // Under another name until it is whole: the next benchmark may start meanwhile.
  const making = `${folder}.${process.pid}`
  mkdirSync(making, { recursive: true })
  const start = performance.now()
  const contacts = fill(making, size, onProgress)
  writeFileSync(join(making, 'made.json'), String(contacts))
  rmSync(folder, { recursive: true, force: true })
  renameSync(making, folder)
  return { folder, seconds: (performance.now() - start) / 1000, contacts }
}

function fill(folder: string, size: StoreSize, onProgress: (done: number) => void): number {
  const now = Date.parse(`${size.today}T10:15:00Z`)
  const opened = openStore({
    folder,
    key: BENCH_KEY,
    migrations: join(root, 'db/migrations'),
    now,
    noteDamage: () => undefined,
  })
  invariant(opened.state === 'open', 'a new folder can be opened')
  const { db } = opened
  // A store for measurements can be made again: it need not survive a power cut while it is made.
  db.$client.pragma('synchronous = OFF')
  fillDemoStore(size, onProgress)(db, senior, now)
  const reference = loadReference(file =>
    JSON.parse(readFileSync(join(root, 'resources/reference', `${file}.json`), 'utf8')),
  )
  while (settleDue(db, reference, now, 200));
  db.$client.prepare(`INSERT INTO search_text(search_text) VALUES('optimize')`).run()
  emptyLog(db)
  const contacts = db.$client.prepare('SELECT count(*) FROM contacts').pluck().get() as number // a count
  db.$client.close()
  return contacts
}

/** The file of the store in that folder. */
export const storeFile = (folder: string): string => join(folder, STORE_FILE)
