import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { openOfficerStore, readOfficerKey } from '../support/officerStore.ts'
import { expect, test } from './support/fixtures.ts'
import { openCaseload } from './support/keyboard.ts'
import { draftIsKept, noteIsInTheCase, startNote } from './support/notes.ts'
import { alone } from './support/office.ts'
import { aSmallDisk } from './support/smallDisk.ts'

const root = join(import.meta.dirname, '../..')
const MORGAN = 'morgan.ashby'

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
  await expect(page.getByRole('region', { name: 'Last save' })).toBeVisible()
  await noteIsInTheCase(page, 'Begun while there was room. Finished when there was none.')
  await disk.end()
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
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Half a sentence')
  await disk.end()
})
