import { expect, type Page } from '@playwright/test'
import { shortcuts, type ShortcutId } from '../../../renderer/app/shortcuts.ts'
import { focused, focusIsWithin, goToArea, goToDay, openCaseload, openDiaryRow, status } from './keyboard.ts'
import { openSettle } from './conflict.ts'
import { openAppointment, openBook, openCase, openDetails, openWalkIn } from './screens.ts'

/** Presses one shortcut and looks at what it did. Begins on Today, with the focus in the diary. */
export type Proof = (page: Page) => Promise<void>
export type ProofsOf<Scope extends string> = {
  readonly [Id in ShortcutId as (typeof shortcuts)[Id]['scope'] extends Scope ? Id : never]: Proof
}

/** The real keys of a shortcut. */
export const press = (page: Page, id: ShortcutId): Promise<void> =>
  page.keyboard.press(
    shortcuts[id].keys.replace('Ctrl', 'Control').replace(/(?<![A-Za-z])[A-Z]$/, letter => letter.toLowerCase()),
  )

const dialog = (page: Page, name: RegExp): Promise<void> => page.getByRole('dialog', { name }).waitFor()
const menu = (page: Page): Promise<void> => page.getByRole('menu').locator(':focus').waitFor()
const noteField = (page: Page): Promise<void> => page.getByRole('textbox', { name: 'Note' }).waitFor()
const isOnCase = (page: Page): Promise<void> => focusIsWithin(page, 'region', 'Last three notes')
const articles = (page: Page) => page.getByRole('feed').getByRole('article')

async function saveACall(page: Page): Promise<void> {
  await openWalkIn(page)
  await page.keyboard.press('2')
  await focused(page, 'textbox', 'Note')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('region', { name: 'Last save' }).waitFor()
  await focused(page, 'grid', 'Caseload')
}

/** The diary at a day with an appointment whose outcome can be logged. */
export const openPastRow = async (page: Page): Promise<void> => {
  const wanted = page.getByRole('listbox', { name: /Diary/ }).getByRole('option', { name: /No outcome|Draft/ })
  await goToDay(page, 'ArrowLeft', wanted.first())
  await expect(wanted.and(page.locator('[aria-selected="true"]'))).toHaveCount(1)
}

export const everywhere: ProofsOf<'everywhere'> = {
  'app.find': async page => {
    await press(page, 'app.find')
    await focused(page, 'combobox', /Find a person/)
  },
  'app.help': async page => {
    await openWalkIn(page)
    await press(page, 'app.help')
    await dialog(page, /Keys and settings/)
  },
  'app.helpKey': async page => {
    await press(page, 'app.helpKey')
    await dialog(page, /Keys and settings/)
  },
  'app.today': async page => {
    await openCaseload(page)
    await press(page, 'app.today')
    await focused(page, 'listbox', /Diary/)
  },
  'app.caseload': async page => {
    await press(page, 'app.caseload')
    await focused(page, 'grid', 'Caseload')
  },
  'app.sync': async page => {
    await press(page, 'app.sync')
    await page.getByRole('heading', { level: 1, name: 'Sync' }).waitFor()
  },
  'app.nextArea': async page => {
    await press(page, 'app.nextArea')
    await focusIsWithin(page, 'main', /.*/)
    await expect(page.getByRole('listbox', { name: /Diary/ })).not.toBeFocused()
  },
  'app.previousArea': async page => {
    await press(page, 'app.nextArea')
    await press(page, 'app.previousArea')
    await focused(page, 'listbox', /Diary/)
  },
  'app.back': async page => {
    await openCase(page)
    await press(page, 'app.back')
    await focused(page, 'grid', 'Caseload')
  },
  'app.close': async page => {
    await page.keyboard.press('F1')
    await dialog(page, /Keys and settings/)
    await press(page, 'app.close')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await focused(page, 'listbox', /Diary/)
  },
  'app.save': async page => {
    await openBook(page)
    await page.keyboard.type('3w 11.20')
    await press(page, 'app.save')
    await expect(page.getByRole('region', { name: 'Last save' })).toContainText('11:20')
  },
  'app.saveDraft': async page => {
    await openWalkIn(page)
    await press(page, 'app.saveDraft')
    await expect(status(page)).toContainText('Draft kept on this PC')
  },
  'app.undo': async page => {
    await saveACall(page)
    await press(page, 'app.undo')
    await expect(status(page)).toContainText('Undone.')
    await noteField(page)
  },
  'app.syncNow': async page => {
    await press(page, 'app.syncNow')
    await expect(status(page)).toHaveText('Trying the line')
  },
  'app.rowMenu': async page => {
    await openDiaryRow(page)
    await press(page, 'app.rowMenu')
    await menu(page)
  },
  'app.flags': async page => {
    await openCase(page)
    await press(page, 'app.flags')
    await dialog(page, /Risk and flags/)
  },
  'app.how': async page => {
    await openCase(page)
    await press(page, 'app.how')
    await dialog(page, /Failures/)
  },
  'app.nextProblem': async page => {
    await openBook(page)
    await page.keyboard.press('Control+Enter')
    await page.locator('[aria-invalid="true"]').waitFor()
    await page.keyboard.press('Tab')
    await press(page, 'app.nextProblem')
    await focused(page, 'textbox', 'Day and time')
  },
}

const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText()

export const today: ProofsOf<'today'> = {
  'today.main': async page => {
    await openPastRow(page)
    await press(page, 'today.main')
    await noteField(page)
  },
  'today.prepare': async page => {
    await openDiaryRow(page)
    await press(page, 'today.prepare')
    await page
      .locator('[data-asked]')
      .getByRole('heading', { name: /Last note/ })
      .waitFor()
  },
  'today.open': async page => {
    await openDiaryRow(page)
    await press(page, 'today.open')
    await isOnCase(page)
  },
  'today.missed': async page => {
    await openPastRow(page)
    await press(page, 'today.missed')
    await focused(page, 'radio', /not acceptable/)
  },
  'today.move': async page => {
    await openPastRow(page)
    await press(page, 'today.move')
    await dialog(page, /Move or cancel/)
  },
  'today.walkIn': async page => {
    await press(page, 'today.walkIn')
    await focused(page, 'combobox', /Name, CRN or date of birth/)
  },
  'today.owed': async page => {
    await press(page, 'today.owed')
    await focused(page, 'listbox', 'Owed')
  },
  'today.previousDay': async page => {
    const before = await heading(page)
    await press(page, 'today.previousDay')
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(before)
  },
  'today.nextDay': async page => {
    const before = await heading(page)
    await press(page, 'today.previousDay')
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(before)
    await press(page, 'today.nextDay')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(before)
  },
}

export const caseload: ProofsOf<'caseload'> = {
  'caseload.open': async page => {
    await openCaseload(page)
    await press(page, 'caseload.open')
    await isOnCase(page)
  },
  'caseload.record': async page => {
    await openCaseload(page)
    await press(page, 'caseload.record')
    await noteField(page)
  },
  'caseload.filter': async page => {
    await openCaseload(page)
    await press(page, 'caseload.filter')
    await focused(page, 'textbox', 'Filter by words')
  },
  'caseload.sort': async page => {
    await openCaseload(page)
    await press(page, 'caseload.sort')
    await expect(status(page)).toContainText('Sorted:')
  },
}

/** Opens or folds a note: it changes, and has the focus. */
const folds = (id: 'case.note1' | 'case.note2' | 'case.note3', place: number) => async (page: Page) => {
  await openCase(page)
  await press(page, id)
  await expect(articles(page).nth(place)).toHaveAttribute('data-fold', 'folded')
  await expect(articles(page).nth(place)).toBeFocused()
}

const opensOnCase = (id: ShortcutId, opened: (page: Page) => Promise<void>) => async (page: Page) => {
  await openCase(page)
  await press(page, id)
  await opened(page)
}

export const theCase: Omit<ProofsOf<'case'>, 'case.settle'> = {
  'case.openRow': async page => {
    await openCase(page)
    await press(page, 'case.openRow')
    await expect(articles(page).first()).toHaveAttribute('data-fold', 'folded')
  },
  'case.record': opensOnCase('case.record', noteField),
  'case.newAppointment': opensOnCase('case.newAppointment', page => dialog(page, /New appointment/)),
  'case.move': async page => {
    await openAppointment(page)
    await press(page, 'case.move')
    await dialog(page, /Move or cancel/)
  },
  'case.note1': folds('case.note1', 0),
  'case.note2': folds('case.note2', 1),
  'case.note3': folds('case.note3', 2),
  'case.words': opensOnCase('case.words', page => focused(page, 'textbox', 'Words in this case')),
  'case.wordsCtrl': opensOnCase('case.wordsCtrl', page => focused(page, 'textbox', 'Words in this case')),
  'case.kind': opensOnCase('case.kind', menu),
  'case.compliance': opensOnCase('case.compliance', menu),
  'case.system': opensOnCase('case.system', page =>
    page.getByRole('button', { name: 'Hide system entries' }).waitFor(),
  ),
  'case.documents': opensOnCase('case.documents', page => page.getByRole('tabpanel', { name: /^Documents/ }).waitFor()),
  'case.details': opensOnCase('case.details', page => focusIsWithin(page, 'grid', 'Details')),
  'case.amend': opensOnCase('case.amend', page => dialog(page, /Amend/)),
  'case.edit': async page => {
    await openDetails(page)
    await press(page, 'case.edit')
    await focused(page, 'textbox', 'Given name')
  },
}

export const find: ProofsOf<'find'> = {
  'find.open': async page => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('ar')
    await press(page, 'find.open')
    await isOnCase(page)
  },
  'find.record': async page => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('ar')
    await press(page, 'find.record')
    await noteField(page)
  },
  'find.all': async page => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('the')
    await press(page, 'find.all')
    await focused(page, 'listbox', 'Notes')
  },
  'find.commands': async page => {
    await page.keyboard.press('Control+k')
    await press(page, 'find.commands')
    await page.getByRole('group', { name: 'Commands' }).getByRole('option', { name: 'Sync now' }).waitFor()
    await expect(page.getByRole('group', { name: 'Recent cases' })).toHaveCount(0)
  },
  'find.notes': async page => {
    await page.keyboard.press('Control+k')
    await press(page, 'find.notes')
    await page.keyboard.type('the')
    await page.getByRole('group', { name: 'Notes' }).waitFor()
    await expect(page.getByRole('group', { name: 'Commands' })).toHaveCount(0)
  },
}

const openNeedsYou = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+5')
  await focused(page, 'listbox', 'Needs you')
}

/** They want a field with two versions. */
export const settle: ProofsOf<'settle'> & Pick<ProofsOf<'case'>, 'case.settle'> = {
  'case.settle': async page => {
    await openCase(page)
    await page.getByRole('note', { name: 'Two versions' }).waitFor() // it comes a moment after the case
    await press(page, 'case.settle')
    await dialog(page, /Settle/)
  },
  'settle.first': async page => {
    await openSettle(page)
    await press(page, 'settle.first')
    await expect(page.getByRole('radio', { name: /Fiona/ })).toBeChecked()
    await focused(page, 'textbox', 'Why')
  },
  'settle.second': async page => {
    await openSettle(page)
    await press(page, 'settle.second')
    await expect(page.getByRole('radio', { name: /Ffion/ })).toBeChecked()
  },
  'settle.combine': async page => {
    await openSettle(page)
    await press(page, 'settle.combine')
    await focused(page, 'textbox', 'Your words')
  },
  'settle.reason': async page => {
    await openSettle(page)
    await press(page, 'settle.reason')
    await focused(page, 'textbox', 'Why')
  },
}

/** They want a refused save. */
export const sync: ProofsOf<'sync'> = {
  'sync.open': async page => {
    await page.keyboard.press('Control+5')
    await goToArea(page, 'listbox', 'Your work')
    await press(page, 'sync.open')
    await isOnCase(page)
  },
  'sync.mend': async page => {
    await page.keyboard.press('Control+5')
    await focused(page, 'listbox', 'Needs you')
    await press(page, 'sync.mend')
    await noteField(page)
  },
  'sync.words': async page => {
    await page.keyboard.press('Control+5')
    await focused(page, 'listbox', 'Needs you')
    await press(page, 'sync.words')
    await focused(page, 'textbox', 'Search your work')
  },
  'sync.test': async page => {
    await openNeedsYou(page)
    await press(page, 'sync.test')
    await expect(status(page)).toContainText('This PC works without a central service')
  },
  'sync.isMetered': async page => {
    await openNeedsYou(page)
    await press(page, 'sync.isMetered')
    await page.getByText('This line is metered: yes', { exact: true }).and(page.locator('li *')).waitFor()
    await press(page, 'sync.isMetered')
    await page.getByText('This line is metered: no', { exact: true }).and(page.locator('li *')).waitFor()
  },
  'sync.metered': async page => {
    await openNeedsYou(page)
    await press(page, 'sync.metered')
    await page.getByText('Wait on metered lines: no', { exact: true }).and(page.locator('li *')).waitFor()
    await press(page, 'sync.metered')
    await page.getByText('Wait on metered lines: yes', { exact: true }).and(page.locator('li *')).waitFor()
  },
  'sync.discard': async page => {
    await page.keyboard.press('Control+5')
    await focused(page, 'listbox', 'Needs you')
    await press(page, 'sync.discard')
    await dialog(page, /Discard/)
  },
}
