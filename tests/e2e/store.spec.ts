import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openDatabase, PAGE_BYTES } from '../../db/database.ts'
import { openOfficerStore, readOfficerKey } from '../support/officerStore.ts'
import { filesHeldBy, filesIn, listFolder, showing } from '../support/shownFiles.ts'
import { expect, test } from './support/fixtures.ts'
import { backToToday, focused, openCaseload, tabTo } from './support/keyboard.ts'
import { alone } from './support/office.ts'
import { aSmallDisk } from './support/smallDisk.ts'
import { faultsInEveryWindow } from './support/windows.ts'

const root = join(import.meta.dirname, '../..')
const MORGAN = 'morgan.ashby'
const storeOf = (folder: string): string => join(folder, 'officers', MORGAN, 'store.db')
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Opens a call with the first person of the caseload and types into its note. */
async function startNote(page: Page, note: string): Promise<void> {
  await openCaseload(page)
  await page.keyboard.press('r')
  await focused(page, 'radio', /Office visit/)
  await page.keyboard.press('2')
  await focused(page, 'textbox', 'Note')
  await page.keyboard.type(note)
}

async function draftIsKept(page: Page): Promise<void> {
  await expect(page.getByText(/Draft kept on this PC/)).toBeVisible()
}

test('no file of the application shows a word of a case: not while it runs, not after a stop, not after a kill', async ({
  folder,
  openWorkstation,
}) => {
  const marker = 'Quillfeatherstone'
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  const data = join(folder, 'data')
  const place = { folder: data, args: alone(60), env: { TMPDIR: temporary, SQLITE_TMPDIR: temporary } }
  const filesOnDisk = () => [
    ...filesIn(data),
    ...filesIn(temporary),
    ...listFolder(tmpdir())
      .filter(({ name }) => name.includes('holdfast'))
      .flatMap(({ name }) => filesIn(join(tmpdir(), name))),
  ]
  const { page, running } = await openWorkstation(place)
  await startNote(page, `${marker} rang about the ${marker} tenancy.`)
  await draftIsKept(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'Last save' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await focused(page, 'combobox', /./)
  await page.keyboard.type(marker)
  await expect(page.getByRole('option', { name: new RegExp(marker) }).first()).toBeVisible()

  const looked = [...filesOnDisk(), ...filesHeldBy(running.process.pid ?? 0)]
  expect(looked.some(path => path.endsWith('store.db-wal'))).toBe(true)
  expect(showing(marker, looked)).toEqual([])

  await running.stop()
  expect(showing(marker, filesOnDisk())).toEqual([])

  const again = await openWorkstation(place)
  await startNote(again.page, `${marker} rang again.`)
  await draftIsKept(again.page)
  await again.running.kill()
  expect(showing(marker, filesOnDisk())).toEqual([])
  const store = openOfficerStore(data, MORGAN, { readonly: true })
  expect(store.$client.prepare('SELECT count(*) FROM contacts WHERE note LIKE ?').pluck().get(`%${marker}%`)).toBe(1)
  store.$client.close()
})

test('a store from a newer version is refused with both numbers and left as it is', async ({
  folder,
  openWorkstation,
}) => {
  const first = await openWorkstation({ folder, args: alone(2) })
  await first.running.stop()
  const store = openOfficerStore(folder, MORGAN)
  store.$client.pragma('user_version = 99')
  store.$client.pragma('wal_checkpoint(TRUNCATE)')
  store.$client.close()
  const before = hashOf(storeOf(folder))

  const { page, running } = await openWorkstation({ folder, args: alone(2) })

  await expect(page.getByRole('main')).toContainText('99')
  await expect(page.getByRole('main')).toContainText('1')
  await running.stop()
  expect(hashOf(storeOf(folder))).toBe(before)
})

test('a damaged store is kept under another name, and what was not sent is still there; the notice looks right', async ({
  folder,
  openWorkstation,
}) => {
  test.setTimeout(90_000)
  const first = await openWorkstation({ folder, args: alone(4) })
  await startNote(first.page, 'Saved before the damage.')
  await first.page.keyboard.press('Control+Enter')
  await expect(first.page.getByRole('region', { name: 'Last save' })).toBeVisible()
  await first.running.stop()
  const page = rootPageOf(folder, 'settings')
  spoilPage(storeOf(folder), page)

  const { page: window } = await openWorkstation({ folder, args: alone(4) })

  const notice = window.getByRole('region', { name: 'Damaged record' })
  await expect(notice).toContainText(/store-damaged-.*\.db/)
  expect(await faultsInEveryWindow(window, { name: 'Damaged record', open: backToToday })).toEqual([])
  const kept = readdirSync(join(folder, 'officers', MORGAN)).filter(name => name.startsWith('store-damaged-'))
  expect(kept.some(name => name.endsWith('.db'))).toBe(true)
  const store = openOfficerStore(folder, MORGAN, { readonly: true })
  expect(
    store.$client.prepare(`SELECT count(*) FROM contacts WHERE note = 'Saved before the damage.'`).pluck().get(),
  ).toBe(1)
  store.$client.close()
  await tabTo(window, 'button', 'I have read this')
  await window.keyboard.press('Enter')
  await expect(notice).toHaveCount(0)
})

function rootPageOf(folder: string, table: string): number {
  const store = openOfficerStore(folder, MORGAN)
  store.$client.pragma('wal_checkpoint(TRUNCATE)')
  const page = store.$client.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(table) as number // a page number
  store.$client.close()
  return page
}

function spoilPage(path: string, page: number): void {
  const bytes = readFileSync(path)
  bytes.fill(0xff, (page - 1) * PAGE_BYTES, page * PAGE_BYTES)
  writeFileSync(path, bytes)
}

test('before a migration the store is backed up under its key', async ({ folder, openWorkstation }) => {
  const first = await openWorkstation({ folder, args: alone(2) })
  await first.running.stop()
  // The store says that it is of the version before, as after an update of the application.
  const store = openOfficerStore(folder, MORGAN)
  const version = store.$client.pragma('user_version', { simple: true }) as number // SQLite answers a number
  store.$client.close()

  const { page } = await openWorkstation({ folder, args: alone(2), env: { HOLDFAST_SHELL_ROOT: nextVersion(folder) } })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  const backups = join(folder, 'officers', MORGAN, 'backups')
  const [backup = ''] = readdirSync(backups)
  expect(backup).toContain(`version-${version}`)
  const copy = openDatabase(join(backups, backup), readOfficerKey(folder, MORGAN), { readonly: true })
  expect(copy.$client.prepare('SELECT count(*) FROM cases').pluck().get()).toBeGreaterThan(0)
  copy.$client.close()
})

/** The application's own files as a version would bring them that has one migration more. */
function nextVersion(folder: string): string {
  const next = join(folder, 'next version')
  const migrations = join(next, 'db/migrations')
  cpSync(join(root, 'db/migrations'), migrations, { recursive: true })
  cpSync(join(root, 'resources'), join(next, 'resources'), { recursive: true })
  cpSync(join(root, 'package.json'), join(next, 'package.json'))
  const journalPath = join(migrations, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(journalPath, 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[]
  } // drizzle-kit's own
  const [last] = journal.entries.slice(-1)
  if (!last) throw new Error('there is a first migration')
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_next' })
  writeFileSync(journalPath, JSON.stringify(journal))
  writeFileSync(join(migrations, '9999_next.sql'), 'CREATE TABLE `next` (`id` text PRIMARY KEY);')
  return next
}

test('a full disk says so, keeps the note on the screen, and saves it once there is room', async ({
  folder,
  openWorkstation,
}) => {
  const disk = await aSmallDisk(join(folder, 'disk'), 40)
  const inside = { folder: disk.folder, args: alone(2), prefix: disk.prefix }
  // Started again, the store's log is empty and every save needs room.
  await (await openWorkstation(inside)).running.stop()
  const { page } = await openWorkstation(inside)
  await startNote(page, 'Begun while there was room. ')
  await draftIsKept(page)

  await disk.fill()
  await page.keyboard.type('Finished when there was none.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/disk is full/i).first()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue(
    'Begun while there was room. Finished when there was none.',
  )

  await disk.makeRoom()
  await expect(page.getByRole('region', { name: 'Last save' })).toBeVisible({ timeout: 15_000 })
  await noteIsInTheCase(page, 'Begun while there was room. Finished when there was none.')
  await disk.end()
})

test('a store that another program holds says so, and saves when it is free', async ({ folder, openWorkstation }) => {
  const { page } = await openWorkstation({ folder, args: alone(2) })
  await startNote(page, 'Typed before the lock.')
  await draftIsKept(page)

  const other = openOfficerStore(folder, MORGAN)
  other.$client.exec('BEGIN IMMEDIATE')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/another program/i).first()).toBeVisible()

  other.$client.exec('ROLLBACK')
  other.$client.close()
  await expect(page.getByRole('region', { name: 'Last save' })).toBeVisible({ timeout: 15_000 })
  await noteIsInTheCase(page, 'Typed before the lock.')
})

test('a disk that can only be read says so at the start, and the draft is there once it can be written', async ({
  folder,
  openWorkstation,
}) => {
  const disk = await aSmallDisk(join(folder, 'disk'), 40)
  const inside = { folder: disk.folder, args: alone(2), prefix: disk.prefix }
  const first = await openWorkstation(inside)
  await startNote(first.page, 'Half a sentence')
  await draftIsKept(first.page)
  await first.running.stop()

  await disk.setWritable(false)
  const { page } = await openWorkstation(inside)
  await expect(page.getByRole('main')).toContainText('may not write to its folder')

  await disk.setWritable(true)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await openCaseload(page)
  await page.keyboard.press('r')
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Half a sentence', { timeout: 15_000 })
  await disk.end()
})

async function noteIsInTheCase(page: Page, note: string): Promise<void> {
  await openCaseload(page)
  await page.keyboard.press('Control+k')
  await focused(page, 'combobox', /./)
  await page.keyboard.type(`#${note}`)
  await expect(page.getByRole('option', { name: new RegExp(note.slice(0, 15)) }).first()).toBeVisible()
}
