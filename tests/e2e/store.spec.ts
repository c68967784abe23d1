import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PAGE_BYTES, type Database } from '../../db/database.ts'
import { openOfficerStore } from '../support/officerStore.ts'
import { filesHeldBy, filesIn, listFolder, showing } from '../support/shownFiles.ts'
import { expect, test } from './support/fixtures.ts'
import { backToToday, focused, tabTo } from './support/keyboard.ts'
import { draftIsKept, noteIsInTheCase, startNote } from './support/notes.ts'
import { alone } from './support/office.ts'
import { faultsInEveryWindow } from './support/windows.ts'

const MORGAN = 'morgan.ashby'
const storeOf = (folder: string): string => join(folder, 'officers', MORGAN, 'store.db')
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

test('no file of the application shows a word of a case: not while it runs, not after a stop, not after a kill', async ({
  folder,
  openWorkstation,
}) => {
  const marker = `Quill${randomBytes(6).toString('hex')}`
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
  const { page, running, storeKey } = await openWorkstation(place)
  const key = await storeKey(MORGAN)
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
  const store = openOfficerStore(data, MORGAN, { readonly: true, key })
  expect(store.$client.prepare('SELECT count(*) FROM contacts WHERE note LIKE ?').pluck().get(`%${marker}%`)).toBe(1)
  store.$client.close()
})

test('a store from a newer version is refused with both numbers and left as it is', async ({
  folder,
  openWorkstation,
}) => {
  const first = await openWorkstation({ folder, args: alone(2) })
  const key = await first.storeKey(MORGAN)
  await first.running.stop()
  const store = openOfficerStore(folder, MORGAN, { key })
  const known = String(store.$client.pragma('user_version', { simple: true }))
  store.$client.pragma('user_version = 99')
  store.$client.pragma('wal_checkpoint(TRUNCATE)')
  store.$client.close()
  const before = hashOf(storeOf(folder))

  const { page, running } = await openWorkstation({ folder, args: alone(2) })

  await expect(page.getByRole('main')).toContainText(`version 99; this Holdfast knows version ${known}`)
  await running.stop()
  expect(hashOf(storeOf(folder))).toBe(before)
})

test('a damaged store is kept under another name, and what was not sent is still there; the notice looks right', async ({
  folder,
  openWorkstation,
}) => {
  const first = await openWorkstation({ folder, args: alone(4) })
  await startNote(first.page, 'Saved before the damage.')
  await first.page.keyboard.press('Control+Enter')
  await expect(first.page.getByRole('region', { name: 'Last save' })).toBeVisible()
  const key = await first.storeKey(MORGAN)
  await first.running.stop()
  const page = rootPageOf(openOfficerStore(folder, MORGAN, { key }), 'settings')
  spoilPage(storeOf(folder), page)

  const { page: window, storeKey } = await openWorkstation({ folder, args: alone(4) })

  const notice = window.getByRole('region', { name: 'Damaged record' })
  await expect(notice).toContainText(/store-damaged-.*\.db/)
  expect(await faultsInEveryWindow(window, { name: 'Damaged record', open: backToToday })).toEqual([])
  const kept = readdirSync(join(folder, 'officers', MORGAN)).filter(name => name.startsWith('store-damaged-'))
  expect(kept.some(name => name.endsWith('.db'))).toBe(true)
  const store = openOfficerStore(folder, MORGAN, { readonly: true, key: await storeKey(MORGAN) })
  expect(
    store.$client.prepare(`SELECT count(*) FROM contacts WHERE note = 'Saved before the damage.'`).pluck().get(),
  ).toBe(1)
  store.$client.close()
  await tabTo(window, 'button', 'I have read this')
  await window.keyboard.press('Enter')
  await expect(notice).toHaveCount(0)
})

function rootPageOf(store: Database, table: string): number {
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

test('a store that another program holds says so, and saves when it is free', async ({ folder, openWorkstation }) => {
  const { page, storeKey } = await openWorkstation({ folder, args: alone(2) })
  await startNote(page, 'Typed before the lock.')
  await draftIsKept(page)

  const other = openOfficerStore(folder, MORGAN, { key: await storeKey(MORGAN) })
  other.$client.exec('BEGIN IMMEDIATE')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/another program/i).first()).toBeVisible()

  other.$client.exec('ROLLBACK')
  other.$client.close()
  await expect(page.getByRole('region', { name: 'Last save' })).toBeVisible()
  await noteIsInTheCase(page, 'Typed before the lock.')
})
