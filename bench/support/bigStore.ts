import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillDemoStore } from '../../electron/demoOffice.ts'
import { openStore, STORE_FILE } from '../../db/openStore.ts'
import { emptyLog } from '../../db/housekeeping.ts'
import { settleDue } from '../../db/summary/settleDue.ts'
import { invariant } from '../../shared/result.ts'
import { BENCH_KEY, senior } from './engine.ts'
import { makeOnce, removeUnused } from './keptFolders.ts'
import { times } from './quick.ts'
import { reference } from '../../tests/support/reference.ts'

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
  /** How long making it took, now or earlier. */
  readonly seconds: number
  readonly contacts: number
}

const stores = join(root, 'build/bench')

/** The folder of a store of that size, made the first time in a day by this version and kept under build/bench. */
export function makeStore(wanted: StoreSize, onProgress: (done: number) => void = () => undefined): MadeStore {
  removeUnused(stores)
  const { today, people, contactsPerPerson, seed } = wanted
  const version = readdirSync(join(root, 'db/migrations')).filter(file => file.endsWith('.sql')).length
  const size = `${people}-people-${contactsPerPerson}-contacts-seed-${seed}`
  const folder = join(stores, `store-${today}-${size}-version-${version}`)
  makeOnce(folder, making => {
    const start = performance.now()
    const contacts = fill(making, wanted, onProgress)
    writeFileSync(madeFile(making), JSON.stringify({ contacts, seconds: (performance.now() - start) / 1000 }))
  })
  const made = JSON.parse(readFileSync(madeFile(folder), 'utf8')) as Omit<MadeStore, 'folder'> // as it is written above
  return { folder, ...made }
}

const madeFile = (folder: string): string => join(folder, 'made.json')

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
  while (settleDue(db, reference, now, 200));
  db.$client.prepare(`INSERT INTO search_text(search_text) VALUES('optimize')`).run()
  emptyLog(db)
  const contacts = db.$client.prepare('SELECT count(*) FROM contacts').pluck().get() as number // a count
  db.$client.close()
  return contacts
}

/** The file of the store in that folder. */
export const storeFile = (folder: string): string => join(folder, STORE_FILE)
