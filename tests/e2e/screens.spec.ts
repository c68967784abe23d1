import { openOfficerStore } from '../support/officerStore.ts'
import { faultsOf } from './support/faults.ts'
import { expect, test } from './support/fixtures.ts'
import { backToToday, focused } from './support/keyboard.ts'
import { alone } from './support/office.ts'
import { openWithRefusal, refusalScreens } from './support/refusal.ts'
import { screens } from './support/screens.ts'
import { tabFaults } from './support/tabWalk.ts'

const windows = {
  '1024 x 640': { viewport: { width: 1024, height: 640 } },
  '1280 x 800': { viewport: { width: 1280, height: 800 } },
  // A window of 1280 x 800 at 200 %: half the CSS pixels, each drawn by four.
  '1280 x 800 at 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
}

for (const [size, window] of Object.entries(windows)) {
  test(`every screen at ${size}: axe finds nothing in light and dark, nothing scrolls sideways, focus is visible, Tab reaches every control and comes round`, async ({
    folder,
    openWorkstation,
  }) => {
    test.setTimeout(240_000)
    const { page } = await openWorkstation({ folder, args: alone(), window })
    const faults: string[] = []
    page.on('response', answer => {
      if (!answer.ok() && answer.status() !== 303) faults.push(`${answer.status()} for ${answer.url()}`)
    })
    for (const screen of screens) {
      await test.step(screen.name, async () => {
        await backToToday(page)
        await screen.open(page)
        const found = [...(await faultsOf(page)), ...(await tabFaults(page))]
        faults.push(...found.map(fault => `${screen.name}: ${fault}`))
      })
    }
    expect(faults).toEqual([])
  })
}

test('a refused save, and its discarding, look right in every window', async ({ folder, openWorkstation }) => {
  test.setTimeout(90_000)
  const page = await openWithRefusal(folder, openWorkstation)
  const faults: string[] = []
  for (const [size, { viewport }] of Object.entries(windows)) {
    await page.setViewportSize(viewport)
    for (const screen of refusalScreens) {
      await backToToday(page)
      await screen.open(page)
      faults.push(...(await faultsOf(page)).map(fault => `${screen.name}, ${size}: ${fault}`))
    }
  }
  expect(faults).toEqual([])
})

test('a window whose store cannot be opened looks right', async ({ folder, openWorkstation }) => {
  const first = await openWorkstation({ folder, args: alone(2) })
  await first.running.stop()
  const store = openOfficerStore(folder, 'morgan.ashby')
  store.$client.pragma('user_version = 99')
  store.$client.close()
  const { page } = await openWorkstation({ folder, args: alone(2) })
  const faults: string[] = []
  for (const [size, { viewport }] of Object.entries(windows)) {
    await page.setViewportSize(viewport)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Tab')
    await focused(page, 'button', 'Try again')
    faults.push(...(await faultsOf(page)).map(fault => `${size}: ${fault}`))
  }
  expect(faults).toEqual([])
})
