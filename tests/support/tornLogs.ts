import { hkdfSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findAuditBreak } from '../../db/audit/auditChain.ts'
import { inTransaction } from '../../db/database.ts'
import { openStore, STORE_FILE } from '../../db/openStore.ts'
import { applyItem, storeBackfill } from '../../db/sync/applyPage.ts'
import { applyRow } from '../../db/sync/applyRow.ts'
import { startEngine } from '../../electron/engine/startEngine.ts'
import { invariant } from '../../shared/result.ts'
import { aDice, type Dice } from '../simulator/dice.ts'
import { aCase, aContact, anEntry, formIds, morgan } from './builders.ts'
import { aClock, aMachine } from './ports.ts'
import { reference } from './reference.ts'

const KEY = new Uint8Array(32).fill(7)
const AUDIT_KEY = new Uint8Array(hkdfSync('sha256', KEY, '', 'holdfast audit', 32))
const MIGRATIONS = join(import.meta.dirname, '../../db/migrations')
const SAVES = 40
const SECTOR_BYTES = 512
const START = '2026-03-02T10:15:00Z'

/** What the power cut has left of the part of the log that was being written; `none`: it came after it. */
const TEARS = ['cut', 'zeros', 'noise', 'sector', 'none'] as const
type Tear = (typeof TEARS)[number]

/** A store and its log after each of a row of saves. */
interface Written {
  readonly store: Buffer
  readonly log: Buffer
  /** Bytes of the log when the first so many saves were acknowledged. */
  readonly sizes: readonly number[]
  readonly contactIds: readonly string[]
}

export interface TornLogs {
  readonly images: number
  /** Images in which an acknowledged save was missing. */
  readonly lost: number
  /** Images with a save that is there in part, or twice. */
  readonly partial: number
  /** Images that were not opened, or whose pages or audit were not whole. */
  readonly broken: number
  /** Images in which the save that was under way is there after all: where nothing was torn off, and nowhere else. */
  readonly kept: number
}

/** Opens a store again and again, each time with its log torn somewhere in the save that was not acknowledged yet. */
export async function tryTornLogs(images: number, seed = 'torn'): Promise<TornLogs> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'holdfast-torn-'))
  try {
    const dice = aDice(seed)
    const written = await write(join(folder, 'whole'))
    const found = Array.from({ length: images }, (_, place) => {
      const image = join(folder, 'image')
      const tried = tryImage(image, written, { dice, tear: TEARS[place % TEARS.length] ?? 'cut' })
      rmSync(image, { recursive: true, force: true })
      return tried
    })
    const count = (is: keyof Found): number => found.filter(one => one[is]).length
    return { images, lost: count('lost'), partial: count('partial'), broken: count('broken'), kept: count('kept') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const placeOf = (folder: string) => ({
  folder,
  key: KEY,
  migrations: MIGRATIONS,
  now: Date.parse(START),
  noteDamage: () => undefined,
})

async function write(folder: string): Promise<Written> {
  const caseId = makeStore(folder)
  const store = readFileSync(join(folder, STORE_FILE))
  const sizeOfLog = (): number => statSync(join(folder, `${STORE_FILE}-wal`)).size
  const engine = startEngine(
    aMachine({ clock: aClock(START) }),
    {
      folder,
      storeKey: KEY,
      migrations: MIGRATIONS,
      reference,
      version: '0.0.0',
      enrolment: { actor: morgan, officeName: 'Northfold', isDemo: false, centre: null },
    },
    () => undefined,
  )
  const sizes = [sizeOfLog()]
  const contactIds: string[] = []
  for (let save = 0; save < SAVES; save++) {
    const ids = formIds()
    const entry = anEntry({ note: `${'What was said. '.repeat(save % 9)}${save}` })
    const given = { ids, caseId, appointmentId: null, appointmentBaseRev: 0, mends: null, entry }
    const saved = engine.call(morgan, 'contacts.record', given)
    invariant(saved.ok, `a save was refused: ${JSON.stringify(saved)}`)
    sizes.push(sizeOfLog())
    contactIds.push(ids.contactId)
  }
  const log = readFileSync(join(folder, `${STORE_FILE}-wal`))
  invariant(readFileSync(join(folder, STORE_FILE)).equals(store), 'nothing went from the log into the store meanwhile')
  await engine.stop()
  return { store, log, sizes, contactIds }
}

/** A store with a case of some contacts, all of it in the file itself. */
function makeStore(folder: string): string {
  const opened = openStore(placeOf(folder))
  invariant(opened.state === 'open', 'a new folder can be opened')
  const { db } = opened
  const { caseId, rows } = aCase(() =>
    Array.from({ length: 30 }, () => ({ entity: 'contact', id: formIds().contactId, fields: aContact() })),
  )
  inTransaction(db, tx => {
    applyItem(tx, { kind: 'grant', caseId, epoch: 1, until: null }, 0)
    rows.forEach((row, place) => {
      applyRow(tx, { ...row, fields: { ...row.fields }, version: place + 1, deleted: false, fieldRev: {} })
    })
    storeBackfill(tx, caseId, null)
  })
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  db.$client.close()
  return caseId
}

interface Found {
  readonly lost: boolean
  readonly partial: boolean
  readonly broken: boolean
  readonly kept: boolean
}

const BROKEN: Found = { lost: false, partial: false, broken: true, kept: false }

function tryImage(
  folder: string,
  { store, log, sizes, contactIds }: Written,
  { dice, tear }: { readonly dice: Dice; readonly tear: Tear },
): Found {
  const underWay = dice.between(1, SAVES)
  const [from = 0, to = 0] = [sizes[underWay - 1], sizes[underWay]]
  const image = log.subarray(0, to)
  const opened = openImage(folder, store, tornAt(image, dice.between(from, to - 1), from, { dice, tear }))
  if (opened?.state !== 'open') return BROKEN
  const { db } = opened
  try {
    const ask = (sql: string): readonly unknown[] => db.$client.prepare(sql).pluck().all()
    const saved = contactIds.slice(0, underWay - 1)
    const next = contactIds[underWay - 1]
    const [shown, queued] = [ask('SELECT id FROM contacts'), ask('SELECT id FROM outbox')]
    const audited = ask(`SELECT count(*) FROM audit WHERE action = 'action.saved'`)[0]
    const times = (id: unknown, among: readonly unknown[]): number => among.filter(one => one === id).length
    const isKept = times(next, shown) + times(next, queued)
    const there = saved.map(id => [times(id, shown), times(id, queued)] as const)
    return {
      lost: there.some(([a, b]) => a === 0 || b === 0),
      partial:
        isKept === 1 || there.some(([a, b]) => a > 1 || b > 1) || audited !== saved.length + (isKept > 0 ? 1 : 0),
      broken:
        db.$client.pragma('integrity_check', { simple: true }) !== 'ok' || findAuditBreak(db, AUDIT_KEY) !== undefined,
      kept: isKept > 0,
    }
  } finally {
    db.$client.close()
  }
}

function openImage(folder: string, store: Buffer, log: Buffer) {
  const empty = openStore(placeOf(folder))
  if (empty.state === 'open') empty.db.$client.close()
  rmSync(join(folder, `${STORE_FILE}-shm`), { force: true })
  writeFileSync(join(folder, STORE_FILE), store)
  writeFileSync(join(folder, `${STORE_FILE}-wal`), log)
  try {
    return openStore(placeOf(folder))
  } catch {
    return undefined
  }
}

/** @param at the byte of the log at which the write that was under way was torn; `from` is where that began. */
function tornAt(
  image: Buffer,
  at: number,
  from: number,
  { dice, tear }: { readonly dice: Dice; readonly tear: Tear },
): Buffer {
  const rest = image.length - at
  switch (tear) {
    case 'none':
      return image
    case 'cut':
      return image.subarray(0, at)
    case 'zeros':
      return Buffer.concat([image.subarray(0, at), Buffer.alloc(rest)])
    case 'noise':
      return Buffer.concat([image.subarray(0, at), dice.bytes(rest)])
    case 'sector': {
      const torn = Buffer.from(image)
      const sector = Math.max(from, at - (at % SECTOR_BYTES))
      return torn.fill(0, sector, Math.min(image.length, sector + SECTOR_BYTES))
    }
  }
}
