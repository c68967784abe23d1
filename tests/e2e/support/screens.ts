import { expect, type Page } from '@playwright/test'
import { attachFile } from './files.ts'
import {
  focused,
  focusIsWithin,
  goToArea,
  goToDay,
  openCaseload,
  openDiaryRow,
  pressUntil,
  tabTo,
  typeIntoFind,
} from './keyboard.ts'

/** A screen or dialog, and the keys that lead to it from Today. */
export interface Screen {
  readonly name: string
  open(page: Page): Promise<void>
}

export const openCase = async (page: Page): Promise<void> => {
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
  await page.getByRole('heading', { level: 1 }).waitFor()
}

export const openDetails = async (page: Page): Promise<void> => {
  await openCase(page)
  await page.keyboard.press('i')
  await focusIsWithin(page, 'grid', 'Details')
}

/** The documents of the first case of the caseload. */
export const openDocuments = async (page: Page): Promise<void> => {
  await openCase(page)
  await page.keyboard.press('d')
  await focusIsWithin(page, 'tabpanel', /^Documents/)
}

/** A call of the first case with a file that is not saved yet. */
const openFile = async (page: Page): Promise<void> => {
  await openWalkIn(page)
  const attached = page.getByRole('button', { name: 'Take off letter.pdf' })
  if (!(await attached.isVisible())) await attachFile(page, 'letter.pdf', Buffer.from('A letter.'))
  await page.getByRole('group', { name: 'Files' }).waitFor()
}

const openTimeline = async (page: Page): Promise<void> => {
  await openCase(page)
  await goToArea(page, 'listbox', 'Timeline')
}

/** The record screen of the oldest appointment without an outcome; its draft may be there already. */
export const openOutcome = async (page: Page): Promise<void> => {
  await goToArea(page, 'listbox', 'Outcomes to log')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Note' }).waitFor()
  await page.keyboard.press('Alt+o')
  await focusIsWithin(page, 'radiogroup', 'Outcome')
}

export const openWalkIn = async (page: Page): Promise<void> => {
  await openCaseload(page)
  await page.keyboard.press('r')
  await focused(page, 'radio', /Office visit/)
}

export const openAppointment = async (page: Page): Promise<void> => {
  await openCase(page)
  await goToArea(page, 'listbox', 'Appointments')
}

const openMove = async (page: Page): Promise<void> => {
  await openAppointment(page)
  await page.keyboard.press('v')
  await focused(page, 'radio', 'Move it')
}

export const openBook = async (page: Page): Promise<void> => {
  await openCase(page)
  await page.keyboard.press('n')
  await focused(page, 'textbox', 'Day and time')
}

/** Presses the keys on the record screen of an outcome, and waits for what has the focus then. */
const outcome =
  (keys: string, role: 'radio' | 'textbox', name: RegExp) =>
  async (page: Page): Promise<void> => {
    await openOutcome(page)
    for (const key of keys) await page.keyboard.press(key)
    await focused(page, role, name)
  }

const dialogOf =
  (opens: (page: Page) => Promise<void>, key: string, name: RegExp) =>
  async (page: Page): Promise<void> => {
    await opens(page)
    await page.keyboard.press(key)
    await page.getByRole('dialog', { name }).waitFor()
  }

const menuOf =
  (opens: (page: Page) => Promise<void>, key: string, item: RegExp) =>
  async (page: Page): Promise<void> => {
    await opens(page)
    await page.keyboard.press(key)
    await expect(page.getByRole('menu').locator(':focus')).toHaveText(item)
  }

const find =
  (typed: string, hit: RegExp) =>
  async (page: Page): Promise<void> => {
    await typeIntoFind(page, typed)
    await page.getByRole('dialog').getByRole('option', { name: hit }).first().waitFor()
  }

/** Presses the main action and waits until a field says what is wrong. */
const refused =
  (opens: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    await opens(page)
    await page.keyboard.press('Control+Enter')
    await page.locator('[aria-invalid="true"]').first().waitFor()
  }

const today = (page: Page): Promise<void> => focused(page, 'listbox', /Diary/)

/** Goes down the details to the field of that name. */
const chooseDetail = (page: Page, name: string): Promise<void> =>
  pressUntil(page, 'ArrowDown', () =>
    page.evaluate(wanted => document.activeElement?.previousElementSibling?.textContent === wanted, name),
  )

/** Every screen of the product, and every dialog, menu and question that the demo office can reach. */
export const screens: readonly Screen[] = [
  { name: 'Today', open: today },
  {
    name: 'Today, prepared',
    async open(page) {
      await openDiaryRow(page)
      await page.keyboard.press('Space')
      await page.getByRole('heading', { name: /^Last note/ }).waitFor()
    },
  },
  { name: 'Today, actions of a row', open: menuOf(openDiaryRow, 'Shift+F10', /Record or open/) },
  {
    name: 'Today, an empty day',
    async open(page) {
      await today(page)
      await goToDay(page, 'ArrowLeft', page.getByText(/^Nothing in the diary/))
    },
  },
  { name: 'Caseload', open: openCaseload },
  {
    name: 'Caseload, filtered',
    async open(page) {
      await openCaseload(page)
      await page.keyboard.press('/')
      await page.keyboard.type('ar')
      await page.getByText(/^\d+ of \d+ people$/).waitFor()
    },
  },
  {
    name: 'Caseload, nobody matches',
    async open(page) {
      await openCaseload(page)
      await page.keyboard.press('/')
      await page.keyboard.type('nobody')
      await page.getByText('Nobody matches').waitFor()
    },
  },
  { name: 'Caseload, actions of a row', open: menuOf(openCaseload, 'Shift+F10', /Open the case/) },
  { name: 'Case', open: openCase },
  {
    name: 'Case, an entry open',
    async open(page) {
      await typeIntoFind(page, '#the')
      await page.keyboard.press('Enter')
      await page.getByText(/Recorded by/).waitFor()
    },
  },
  { name: 'Case, kinds', open: menuOf(openTimeline, 'k', /All kinds/) },
  { name: 'Case, actions of an entry', open: menuOf(openTimeline, 'Shift+F10', /Open or fold/) },
  {
    name: 'Case, not here',
    async open(page) {
      await page.evaluate(() => (location.hash = '#/case/018f0000-0000-7000-8000-000000000000'))
      await page.getByRole('heading', { level: 1, name: 'You cannot open this record' }).waitFor()
    },
  },
  {
    name: 'No such screen',
    async open(page) {
      await page.evaluate(() => (location.hash = '#/nowhere'))
      await page.getByRole('heading', { level: 1, name: 'No such screen' }).waitFor()
    },
  },
  { name: 'Documents, none', open: openDocuments },
  {
    name: 'Documents',
    async open(page) {
      await openFile(page)
      await page.keyboard.press('2')
      await focused(page, 'textbox', 'Note')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('region', { name: 'Last save' }).waitFor()
      await openDocuments(page)
      await focused(page, 'listbox', 'Documents')
    },
  },
  { name: 'Documents, actions of a file', open: menuOf(openDocuments, 'Shift+F10', /Open the file/) },
  { name: 'Details', open: openDetails },
  {
    name: 'Details, a field is edited',
    async open(page) {
      await openDetails(page)
      await page.keyboard.press('F2')
      await focusIsWithin(page, 'grid', 'Details')
      await page.getByRole('button', { name: 'Restore' }).waitFor()
    },
  },
  {
    name: 'Details, a field is refused',
    async open(page) {
      await openDetails(page)
      await chooseDetail(page, 'Date of birth')
      await page.keyboard.press('F2')
      await focused(page, 'textbox', 'Date of birth')
      await page.keyboard.type('?')
      await page.keyboard.press('Enter')
      await page.locator('[aria-invalid="true"]').waitFor()
    },
  },
  { name: 'Record a walk-in', open: openWalkIn },
  { name: 'Record, a file is attached', open: openFile },
  { name: 'Record an outcome', open: openOutcome },
  { name: 'Record, sent home', open: outcome('h', 'radio', /service/) },
  { name: 'Record, missed', open: outcome('m', 'radio', /not acceptable/) },
  { name: 'Record, reasons', open: outcome('my', 'radio', /Medical/) },
  { name: 'Record, rescheduled', open: outcome('r', 'radio', /service/) },
  { name: 'Record, refused', open: refused(openOutcome) },
  { name: 'Record, attended', open: outcome('a', 'textbox', /Note/) },
  {
    name: 'Record, a typed time',
    async open(page) {
      await openOutcome(page)
      await page.keyboard.press('Alt+n')
      await focusIsWithin(page, 'radiogroup', 'Next appointment')
      await page.keyboard.press('t')
      await focused(page, 'textbox', 'Day and time')
    },
  },
  {
    name: 'Record, times and length',
    async open(page) {
      await openOutcome(page)
      await page.keyboard.press('Alt+u')
      await focused(page, 'textbox', 'Length in minutes')
    },
  },
  { name: 'Record, templates', open: menuOf(outcome('a', 'textbox', /Note/), 'Alt+t', /./) },
  {
    name: 'Find',
    async open(page) {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('option').first().waitFor()
    },
  },
  { name: 'Find, people', open: find('ar', /CRN|X\d|born/) },
  { name: 'Find, commands', open: find('>', /Sync now/) },
  { name: 'Find, notes', open: find('#the', /the/) },
  {
    name: 'Find, a walk-in',
    async open(page) {
      await today(page)
      await page.keyboard.press('w')
      await focused(page, 'combobox', /Name, CRN or date of birth/)
    },
  },
  {
    name: 'All results',
    async open(page) {
      await find('the', /the/)(page)
      await page.keyboard.press('Control+Enter')
      await focused(page, 'listbox', 'Notes')
    },
  },
  {
    name: 'Sync',
    async open(page) {
      await page.keyboard.press('Control+5')
      await page.getByRole('heading', { level: 1, name: 'Sync' }).waitFor()
    },
  },
  { name: 'Help', open: dialogOf(openCase, 'F1', /Keys and settings/) },
  { name: 'Flags', open: dialogOf(openCase, 'Alt+r', /Risk and flags/) },
  { name: 'How failures were counted', open: dialogOf(openCase, 'Alt+h', /Failures/) },
  { name: 'Move', open: openMove },
  {
    name: 'Cancel, refused',
    async open(page) {
      await openMove(page)
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Space')
      await page.keyboard.press('Control+Enter')
      await page.locator('[aria-invalid="true"]').waitFor()
    },
  },
  { name: 'Book', open: openBook },
  { name: 'Book, refused', open: refused(openBook) },
  { name: 'Amend, refused', open: refused(openAmend) },
  {
    name: 'Undo',
    async open(page) {
      await openWalkIn(page)
      await page.keyboard.press('2')
      await focused(page, 'textbox', 'Note')
      await page.keyboard.type('Rang about Thursday.')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('region', { name: 'Last save' }).waitFor()
      await focused(page, 'grid', 'Caseload')
    },
  },
  {
    name: 'Withdraw',
    async open(page) {
      await menuOf(openCase, 'Shift+F10', /Open or fold/)(page)
      const withdraw = page.getByRole('menuitem', { name: 'Withdraw, with a reason' }).and(page.locator(':focus'))
      await pressUntil(page, 'ArrowDown', async () => (await withdraw.count()) === 1)
      await page.keyboard.press('Enter')
      await focused(page, 'textbox', 'Why')
    },
  },
]

async function openAmend(page: Page): Promise<void> {
  await openCase(page)
  await page.keyboard.press('m')
  await focused(page, 'textbox', 'New text')
}

/** They want a central service. */
export const connectionScreens: readonly Screen[] = [
  { name: 'Sync, the connection checked', open: openChecked },
  {
    name: 'Sync, for support',
    async open(page) {
      await openChecked(page)
      await tabTo(page, 'button', 'Copy for support')
      await page.keyboard.press('Enter')
      await focused(page, 'textbox', 'What the check found')
    },
  },
]

async function openChecked(page: Page): Promise<void> {
  await page.keyboard.press('Control+5')
  await tabTo(page, 'button', /^Check the connection/)
  await page.keyboard.press('Enter')
  await page.getByText('This PC’s clock is right').waitFor()
}
