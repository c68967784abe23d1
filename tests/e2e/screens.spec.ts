import { join } from 'node:path'
import { openOfficerStore } from '../support/officerStore.ts'
import { faultsOf } from './support/faults.ts'
import { expect, test } from './support/fixtures.ts'
import { backToToday, focused } from './support/keyboard.ts'
import { alone, startCentral } from './support/office.ts'
import { conflictScreens, openWithConflicts } from './support/conflict.ts'
import { mendScreen, openWithRefusal, refusalScreens, saveADetail } from './support/refusal.ts'
import { connectionScreens, screens } from './support/screens.ts'
import { tabFaults } from './support/tabWalk.ts'
import { faultsInEveryWindow, windows } from './support/windows.ts'

/** What Tab comes to hangs on the room that there is: the middle one shows nothing that the others do not. */
const isWalked = (size: string): boolean => size !== '1280 x 800'

for (const [size, window] of Object.entries(windows)) {
  const walk = isWalked(size) ? ', Tab reaches every control and comes round' : ''
  test(`every screen at ${size}: axe finds nothing in light and dark, nothing scrolls sideways, focus is visible${walk}`, async ({
    folder,
    openWorkstation,
  }) => {
    const { page } = await openWorkstation({ folder, args: alone(), window })
    const faults: string[] = []
    page.on('response', answer => {
      if (!answer.ok() && answer.status() !== 303) faults.push(`${answer.status()} for ${answer.url()}`)
    })
    for (const screen of screens) {
      await test.step(screen.name, async () => {
        await backToToday(page)
        await screen.open(page)
        const found = [...(await faultsOf(page)), ...(isWalked(size) ? await tabFaults(page) : [])]
        faults.push(...found.map(fault => `${screen.name}: ${fault}`))
      })
    }
    expect(faults).toEqual([])
  })
}

test('a refused save, and its discarding, look right in every window', async ({ folder, openWorkstation }) => {
  const page = await openWithRefusal(folder, openWorkstation)
  for (const screen of refusalScreens) {
    const open = async () => {
      await backToToday(page)
      await screen.open(page)
    }
    expect(await faultsInEveryWindow(page, { name: screen.name, open })).toEqual([])
  }
})

test('a refused detail is put right and sent again by the keyboard, and looks right in every window', async ({
  folder,
  openWorkstation,
}) => {
  const page = await openWithRefusal(folder, openWorkstation, { save: saveADetail })
  const open = async () => {
    await backToToday(page)
    await mendScreen.open(page)
  }
  expect(await faultsInEveryWindow(page, { name: mendScreen.name, open })).toEqual([])

  await page.keyboard.press('Control+a')
  await page.keyboard.type('Jacob')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('region', { name: 'Last save' }).waitFor()
  await expect(page.getByRole('region', { name: 'Needs you' })).toContainText('Nothing was refused')
  await expect(page.getByRole('listbox', { name: 'Your work' })).toContainText('Saved on this PC')
})

test('the connection, checked part by part, looks right in every window', async ({ folder, openWorkstation }) => {
  const central = await startCentral({ folder: join(folder, 'central'), people: 2 })
  const args = ['--central', central.url, '--enrol', await central.enrol('morgan.ashby')]
  const { page } = await openWorkstation({ folder: join(folder, 'morgan'), args })
  for (const screen of connectionScreens) {
    const open = async () => {
      await backToToday(page)
      await screen.open(page)
    }
    expect(await faultsInEveryWindow(page, { name: screen.name, open })).toEqual([])
  }
  await expect(page.getByRole('textbox', { name: 'What the check found' })).toHaveValue(
    /^Holdfast \S+, connection checked \S+\nname: passed, \d+ ms\nconnection: passed, \d+ ms\nproxy: not-used\ntls: not-used\nservice: passed\nsign-in: passed\nclock: passed$/,
  )
  await central.running.stop()
})

test('two versions of a field look right in every window', async ({ folder, openWorkstation }) => {
  const page = await openWithConflicts(folder, openWorkstation)
  for (const screen of conflictScreens) {
    const open = async () => {
      await backToToday(page)
      await screen.open(page)
    }
    expect(await faultsInEveryWindow(page, { name: screen.name, open })).toEqual([])
  }
})

test('a window whose store cannot be opened looks right', async ({ folder, openWorkstation }) => {
  const first = await openWorkstation({ folder, args: alone(2) })
  const key = await first.storeKey('morgan.ashby')
  await first.running.stop()
  const store = openOfficerStore(folder, 'morgan.ashby', { key })
  store.$client.pragma('user_version = 99')
  store.$client.close()
  const { page } = await openWorkstation({ folder, args: alone(2) })
  const open = async () => {
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Tab')
    await focused(page, 'button', 'Try again')
  }
  expect(await faultsInEveryWindow(page, { name: 'Store of a newer version', open })).toEqual([])
})
