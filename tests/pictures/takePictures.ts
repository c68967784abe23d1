/** Shows the screens of the real application, on a workstation with the demo office, and writes a picture of each. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS } from '../browser-shell/chromiumWindow.ts'
import { backToToday } from '../e2e/support/keyboard.ts'
import { alone } from '../e2e/support/office.ts'
import { startProcess } from '../e2e/support/processes.ts'
import { screens } from '../e2e/support/screens.ts'

interface Asked {
  readonly folder?: string
  readonly only?: readonly string[]
  readonly all?: boolean
}

interface Picture {
  /** Name of the file, without `.png`. */
  readonly name: string
  readonly screen: string
  readonly window: BrowserContextOptions
}

const PEOPLE = 40
const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }
const sizes: Readonly<Record<string, BrowserContextOptions>> = {
  '1280x800': WIDE,
  '1024x640': { viewport: { width: 1024, height: 640 } },
  '200-percent': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
}

const pictures: readonly Picture[] = [
  { name: 'today', screen: 'Today, prepared', window: WIDE },
  { name: 'today-dark', screen: 'Today, prepared', window: { ...WIDE, colorScheme: 'dark' } },
  { name: 'caseload', screen: 'Caseload', window: WIDE },
  { name: 'case', screen: 'Case', window: WIDE },
  { name: 'case-dark', screen: 'Case', window: { ...WIDE, colorScheme: 'dark' } },
  { name: 'record', screen: 'Record, attended', window: WIDE },
  { name: 'find', screen: 'Find, people', window: WIDE },
  { name: 'sync', screen: 'Sync', window: WIDE },
  { name: 'help', screen: 'Help', window: WIDE },
]

const fileName = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

const allPictures = (): readonly Picture[] =>
  Object.entries(sizes).flatMap(([size, window]) =>
    (['light', 'dark'] as const).flatMap(colorScheme =>
      screens.map(({ name }) => ({
        name: `${size}-${colorScheme}-${fileName(name)}`,
        screen: name,
        window: { ...window, colorScheme },
      })),
    ),
  )

/** One window for all pictures of one look. */
async function take(browser: Browser, address: string, wanted: readonly Picture[], folder: string): Promise<void> {
  for (const [look, alike] of Map.groupBy(wanted, picture => JSON.stringify(picture.window))) {
    const context = await browser.newContext({ ...(JSON.parse(look) as BrowserContextOptions), locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    for (const picture of alike) await takeOne(page, picture, folder)
    await context.close()
  }
}

async function takeOne(page: Page, { name, screen }: Picture, folder: string): Promise<void> {
  await backToToday(page)
  await screens.find(one => one.name === screen)?.open(page)
  await page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial' })
  console.log(`${name}.png`)
}

const asked = JSON.parse(process.argv[2] ?? '{}') as Asked // written by scripts/pictures.mjs
const folder = asked.folder ?? join(import.meta.dirname, '../../docs/pictures')
const known = asked.all ? allPictures() : pictures
const wanted = asked.only ? known.filter(({ name }) => asked.only?.includes(name)) : known
if (wanted.length === 0) throw new Error(`There are: ${known.map(({ name }) => name).join(', ')}`)
mkdirSync(folder, { recursive: true })

const data = mkdtempSync(join(tmpdir(), 'holdfast-pictures-'))
const running = startProcess(process.execPath, [
  '--import',
  './tests/browser-shell/register.ts',
  'build/app/main/main.js',
  ...['--user-data-dir', data, '--stop-with-stdin', ...alone(PEOPLE)],
])
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '',
  args: CHROMIUM_FLAGS.filter(flag => flag !== '--incognito'),
})
try {
  await take(browser, await running.line(/ready at (\S+)/), wanted, folder)
} finally {
  await browser.close()
  await running.stop()
  rmSync(data, { recursive: true, force: true })
}
