import type { Page } from '@playwright/test'
import { openOfficerStore } from '../../support/officerStore.ts'
import type { Workstation, WorkstationOptions } from './fixtures.ts'
import { focused } from './keyboard.ts'
import { alone } from './office.ts'
import { openDetails, openWalkIn, type Screen } from './screens.ts'

/** A workstation whose last save was refused: its store says so, as after an answer of the service. */
export async function openWithRefusal(
  folder: string,
  openWorkstation: (options: WorkstationOptions) => Promise<Workstation>,
  { save = saveACall }: { readonly save?: (page: Page) => Promise<void> } = {},
): Promise<Page> {
  const first = await openWorkstation({ folder, args: alone() })
  await save(first.page)
  await first.page.getByRole('region', { name: 'Last save' }).waitFor()
  const key = await first.storeKey('morgan.ashby')
  await first.running.stop()

  const store = openOfficerStore(folder, 'morgan.ashby', { key })
  store.$client
    .prepare(`UPDATE outbox SET state = 'quarantined', refused_code = 'invalid-fields', answered_at = client_at`)
    .run()
  store.$client.close()
  return (await openWorkstation({ folder, args: alone() })).page
}

async function saveACall(page: Page): Promise<void> {
  await openWalkIn(page)
  await page.keyboard.press('2')
  await focused(page, 'textbox', 'Note')
  await page.keyboard.type('Rang about the tenancy.')
  await page.keyboard.press('Control+Enter')
}

export async function saveADetail(page: Page): Promise<void> {
  await openDetails(page)
  await page.keyboard.press('F2')
  await focused(page, 'textbox', 'Given name')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Jake')
  await page.keyboard.press('Enter')
}

/** Of a refused detail. */
export const mendScreen: Screen = {
  name: 'Mend and send again',
  async open(page) {
    await openNeedsYou(page)
    await page.keyboard.press('o')
    await focused(page, 'textbox', 'Given name')
  },
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
