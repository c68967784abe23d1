import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'

const files = (page: Page) => page.getByRole('group', { name: 'Files' })

/** Chooses a file in the dialog that Alt+I opens, and waits until it is attached, or for the reason why not. */
export async function attachFile(page: Page, name: string, content: Buffer, refused?: RegExp): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'attached-'))
  const path = join(folder, name)
  writeFileSync(path, content)
  await page.locator('input[type="file"]').setInputFiles(path)
  if (refused) await expect(files(page)).toContainText(refused)
  else await page.getByRole('button', { name: `Take off ${name}` }).waitFor()
  rmSync(folder, { recursive: true })
}

/** A file of that name and content, as the clipboard or a drag holds it. */
const holding = (page: Page, name: string, content: Buffer) =>
  page.evaluateHandle(
    ([fileName, encoded]) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(encoded), sign => sign.charCodeAt(0))], fileName))
      return data
    },
    [name, content.toString('base64')] as const,
  )

/** What Ctrl+V does in the note when a file was copied. */
export async function pasteFile(page: Page, name: string, content: Buffer): Promise<void> {
  const data = await holding(page, name, content)
  await page.getByRole('textbox', { name: 'Note' }).evaluate((field, clipboardData) => {
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)
}

export async function dropFile(page: Page, name: string, content: Buffer): Promise<void> {
  const dataTransfer = await holding(page, name, content)
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer })
}
