import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { filesIn, showing } from '../support/shownFiles.ts'
import { expect, test } from './support/fixtures.ts'
import { attachFile, dropFile, pasteFile } from './support/files.ts'
import { focused, focusIsWithin, openCaseload } from './support/keyboard.ts'
import { alone, startCentral } from './support/office.ts'
import { openCase, openDocuments } from './support/screens.ts'

const MEGABYTE = randomBytes(1024 * 1024)
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const files = (page: Page) => page.getByRole('group', { name: 'Files' })
const documents = (page: Page) => page.getByRole('listbox', { name: 'Documents' })
const lastSave = (page: Page) => page.getByRole('region', { name: 'Last save' })

/** From the case to the note of a call. */
async function startCall(page: Page): Promise<void> {
  await page.keyboard.press('r')
  await focused(page, 'radio', /Office visit/)
  await page.keyboard.press('2')
  await focused(page, 'textbox', 'Note')
}

async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await expect(lastSave(page)).toContainText('Saved on this PC')
}

/** Opens the chosen document, and gets what the officer gets. */
async function openChosen(page: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const opened = await download
  return { name: opened.suggestedFilename(), bytes: readFileSync(await opened.path()) }
}

test('a file of 1 MB that an officer attaches with the line down arrives at another PC byte for byte', async ({
  folder,
  openWorkstation,
}) => {
  const centralFolder = join(folder, 'central')
  const central = await startCentral({ folder: centralFolder, people: 4 })
  const enrol = async (user: string) => ['--central', central.url, '--enrol', await central.enrol(user)]
  const { page: a } = await openWorkstation({ folder: join(folder, 'a'), args: await enrol('morgan.ashby') })
  await allCasesAreHere(a)
  const { page: b } = await openWorkstation({ folder: join(folder, 'b'), args: await enrol('priya.hartwell') })
  await allCasesAreHere(b)
  await central.running.stop()

  await openCase(a)
  const name = await a.getByRole('heading', { level: 1 }).innerText()
  await startCall(a)
  await attachFile(a, 'Notice to quit.pdf', MEGABYTE)
  await a.keyboard.press('F2')
  await a.keyboard.type('The landlord’s notice is attached.')
  await save(a)
  await focusIsWithin(a, 'region', 'Last three notes')
  const entry = a.getByRole('article').filter({ hasText: 'notice is attached' })
  await expect(entry).toContainText(/Notice to quit\.pdf\s*1\.0 MB\s*Saved on this PC/)

  await findCase(b, name)
  await b.keyboard.press('d')
  await expect(b.getByText('No file is attached')).toBeVisible()

  const again = await startCentral({ folder: centralFolder, port: central.port })
  await expect(async () => {
    await a.keyboard.press('F9')
    await expect(entry).toContainText(/Notice to quit\.pdf\s*1\.0 MB\s*Confirmed/, { timeout: 1_000 })
  }).toPass({ timeout: 120_000 })
  await expect(async () => {
    await b.keyboard.press('F9')
    await expect(documents(b).getByRole('option')).toContainText('Confirmed', { timeout: 1_000 })
  }).toPass({ timeout: 120_000 })
  await focused(b, 'listbox', 'Documents')
  const opened = await openChosen(b)
  expect([opened.name, hashOf(opened.bytes)]).toEqual(['Notice to quit.pdf', hashOf(MEGABYTE)])
  await again.running.stop()
})

test('files are chosen, pasted and dropped, refused with a reason, kept with the draft and given back by Undo', async ({
  folder,
  openWorkstation,
}) => {
  const marker = `Quill${randomBytes(6).toString('hex')}`
  const { page } = await openWorkstation({ folder, args: alone(4) })
  await openCase(page)
  await startCall(page)

  await attachFile(page, 'letter.pdf', Buffer.from(`${marker} is in the letter.`))
  await page.keyboard.press('F2')
  await pasteFile(page, 'copied.png', Buffer.from(`${marker} is in the picture.`))
  await expect(files(page)).toContainText('copied.png')
  await dropFile(page, 'dropped.txt', Buffer.from(`${marker} is in the text.`))
  await expect(files(page)).toContainText('dropped.txt')
  await attachFile(page, 'tool.exe', Buffer.from('MZ'), /files of this kind are not taken/)
  await attachFile(page, 'empty.pdf', Buffer.alloc(0), /it is empty/)
  await attachFile(page, 'large.pdf', Buffer.alloc(25 * 1024 * 1024 + 1), /larger than 25 MB/)
  await page.getByRole('button', { name: 'Take off copied.png' }).click()
  await expect(files(page)).not.toContainText('copied.png')

  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await openCase(page)
  await page.keyboard.press('r')
  await expect(files(page)).toContainText('letter.pdf')
  await page.getByRole('textbox', { name: 'Note' }).waitFor()
  await save(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(files(page)).toContainText(/letter\.pdf.*dropped\.txt/s)
  await save(page)

  await openDocuments(page)
  await expect(documents(page).getByRole('option')).toHaveCount(2)
  expect(showing(marker, filesIn(folder))).toEqual([])
  const { bytes } = await openChosen(page)
  expect(bytes.toString()).toContain(marker)
  expect(showing(marker, filesIn(folder))).toEqual([])
})

async function allCasesAreHere(page: Page): Promise<void> {
  await page.keyboard.press('Control+5')
  await expect(page.getByText('all here')).toBeVisible()
}

async function findCase(page: Page, name: string): Promise<void> {
  await openCaseload(page)
  await page.keyboard.press('Control+k')
  await focused(page, 'combobox', /./)
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name: new RegExp(name) }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
}
