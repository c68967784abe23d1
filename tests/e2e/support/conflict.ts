import type { Page } from '@playwright/test'
import { inTransaction } from '../../../db/database.ts'
import { applyRow } from '../../../db/sync/applyRow.ts'
import type { Entity } from '../../../shared/sync/recordTypes.ts'
import { aConflict, anId, aProposal } from '../../support/builders.ts'
import { openOfficerStore } from '../../support/officerStore.ts'
import type { Workstation, WorkstationOptions } from './fixtures.ts'
import { focused } from './keyboard.ts'
import { alone } from './office.ts'
import { openCase, type Screen } from './screens.ts'

/** Above every version of the demo office. */
const VERSION = 10_000_000

/** A workstation where the given name of everybody has two versions, as after a page of the service. */
export async function openWithConflicts(
  folder: string,
  openWorkstation: (options: WorkstationOptions) => Promise<Workstation>,
): Promise<Page> {
  const first = await openWorkstation({ folder, args: alone() })
  const key = await first.storeKey('morgan.ashby')
  await first.running.stop()

  const db = openOfficerStore(folder, 'morgan.ashby', { key })
  const cases = db.$client.prepare('SELECT case_id FROM cases ORDER BY case_id').pluck().all().map(String)
  inTransaction(db, tx => {
    cases.forEach((caseId, place) => {
      const id = anId()
      const conflict = aConflict({
        rowEntity: 'case',
        rowId: caseId,
        field: 'givenName',
        standing: 'Ffion',
        before: 'Fion',
      })
      const row = (entity: Entity, rowId: string, fields: object, version: number) => ({
        ...{ entity, caseId, id: rowId, version, deleted: false, fieldRev: {} },
        fields: { ...fields },
      })
      applyRow(tx, row('conflict', id, conflict, VERSION + place * 2))
      applyRow(tx, row('proposal', anId(), aProposal(id, { value: 'Fiona' }), VERSION + place * 2 + 1))
    })
  })
  db.$client.close()
  return (await openWorkstation({ folder, args: alone() })).page
}

export const openSettle = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+5')
  await focused(page, 'listbox', 'Two versions')
  await page.keyboard.press('Enter')
  await focused(page, 'radio', /Fiona/)
}

/** What a field with two versions leads to. */
export const conflictScreens: readonly Screen[] = [
  {
    name: 'Sync, two versions',
    async open(page) {
      await page.keyboard.press('Control+5')
      await focused(page, 'listbox', 'Two versions')
    },
  },
  {
    name: 'Case, two versions',
    async open(page) {
      await openCase(page)
      await page.getByRole('note', { name: 'Two versions' }).waitFor()
    },
  },
  {
    name: 'Details, two versions',
    async open(page) {
      await openCase(page)
      await page.keyboard.press('i')
      await page.getByText('Two versions. Settle').waitFor()
    },
  },
  { name: 'Settle', open: openSettle },
  {
    name: 'Settle, combined and refused',
    async open(page) {
      await openSettle(page)
      await page.keyboard.press('3')
      await focused(page, 'textbox', 'Your words')
      await page.keyboard.press('Control+Enter')
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
]
