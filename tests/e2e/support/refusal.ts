import type { Page } from '@playwright/test'
import { openOfficerStore } from '../../support/officerStore.ts'
import type { Workstation, WorkstationOptions } from './fixtures.ts'
import { focused } from './keyboard.ts'
import { alone } from './office.ts'
import { openWalkIn, type Screen } from './screens.ts'

/** A workstation whose last save was refused: its store says so, as after an answer of the service. */
export async function openWithRefusal(
  folder: string,
  openWorkstation: (options: WorkstationOptions) => Promise<Workstation>,
  window: WorkstationOptions['window'] = {},
): Promise<Page> {
  const first = await openWorkstation({ folder, args: alone() })
  await openWalkIn(first.page)
  await first.page.keyboard.press('2')
  await focused(first.page, 'textbox', 'Note')
  await first.page.keyboard.type('Rang about the tenancy.')
  await first.page.keyboard.press('Control+Enter')
  await first.page.getByRole('region', { name: 'Last save' }).waitFor()
  const key = await first.storeKey('morgan.ashby')
  await first.running.stop()

  const store = openOfficerStore(folder, 'morgan.ashby', { key })
  store.$client
    .prepare(`UPDATE outbox SET state = 'quarantined', refused_code = 'invalid-fields', answered_at = client_at`)
    .run()
  store.$client.close()
  return (await openWorkstation({ folder, args: alone(), window })).page
}

const openNeedsYou = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+5')
  await focused(page, 'listbox', 'Needs you')
}

/** What a refused save leads to. */
export const refusalScreens: readonly Screen[] = [
  { name: 'Sync, refused', open: openNeedsYou },
  {
    name: 'Discard',
    async open(page) {
      await openNeedsYou(page)
      await page.keyboard.press('Shift+Delete')
      await focused(page, 'textbox', 'Why')
    },
  },
]
