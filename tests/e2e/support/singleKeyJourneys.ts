import { expect, type Locator, type Page } from '@playwright/test'
import type { shortcuts, ShortcutId } from '../../../renderer/app/shortcuts.ts'
import {
  focused,
  focusIsWithin,
  openCaseload,
  openDiaryRow,
  pressUntil,
  status,
  tabTo,
  typeIntoFind,
} from './keyboard.ts'
import { openSettle } from './conflict.ts'
import { cancelAll } from './recordProofs.ts'
import { openPastRow } from './shortcutProofs.ts'

/** Something that an officer does without any single key. Begins on Today, with the focus in the diary. */
type Journey = (page: Page) => Promise<void>

type IsOne<Keys extends string> = Keys extends `${infer _First}${infer Rest}` ? (Rest extends '' ? true : false) : false
type SingleKeyId = {
  [Id in ShortcutId]: IsOne<(typeof shortcuts)[Id]['keys']> extends true ? Id : never
}[ShortcutId]

const lastSave = (page: Page): Locator => page.getByRole('region', { name: 'Last save' })
const radios = (page: Page, group: string, name: string | RegExp = /./): Locator =>
  page.getByRole('radiogroup', { name: group }).getByRole('radio', { name })
const noteField = (page: Page): Promise<void> => page.getByRole('textbox', { name: 'Note' }).waitFor()

const hasFocus = (wanted: Locator) => (): Promise<boolean> =>
  wanted.evaluate(element => element === document.activeElement)

/** Goes along a group of answers to one of them and chooses it. */
async function choose(page: Page, answer: Locator, key: 'Space' | 'Enter' = 'Space'): Promise<void> {
  await pressUntil(page, 'ArrowRight', hasFocus(answer))
  await page.keyboard.press(key)
}

async function pressButton(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, 'button', name)
  await page.keyboard.press('Enter')
}

/** Goes down the menu that has just opened to this item and takes it. */
async function pick(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('menu').locator(':focus').waitFor()
  await pressUntil(page, 'ArrowDown', hasFocus(page.getByRole('menuitem', { name })))
  await page.keyboard.press('Enter')
}

async function act(page: Page, name: string | RegExp): Promise<void> {
  await pressButton(page, /^Actions for/)
  await pick(page, name)
}

export async function openNotes(page: Page): Promise<void> {
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
}

export async function openQuestions(page: Page): Promise<void> {
  await tabTo(page, 'listbox', 'Outcomes to log')
  await page.keyboard.press('Enter')
  await noteField(page)
  await page.keyboard.press('Alt+o')
  await focusIsWithin(page, 'radiogroup', 'Outcome')
}

const openRow: Journey = async page => {
  await openDiaryRow(page)
  await act(page, 'Open the case')
  await focusIsWithin(page, 'region', 'Last three notes')
}

const recordAsMissed: Journey = async page => {
  await openPastRow(page)
  await act(page, 'Record as missed')
  await focused(page, 'radio', /not acceptable/)
}

const moveRow: Journey = async page => {
  await openPastRow(page)
  await act(page, 'Move or cancel')
  await focused(page, 'radio', 'Move it')
}

const walkIn: Journey = async page => {
  await pressButton(page, /walk-in or call/)
  await focused(page, 'combobox', /Name, CRN or date of birth/)
}

const goToOwed: Journey = page => tabTo(page, 'listbox', 'Owed')

const help: Journey = async page => {
  await pressButton(page, /All keys/)
  await page.getByRole('dialog', { name: 'Keys and settings' }).waitFor()
}

const mend: Journey = async page => {
  await page.keyboard.press('Control+5')
  await focused(page, 'listbox', 'Needs you')
  await pressButton(page, /Open and mend/)
  await noteField(page)
}

const check: Journey = async page => {
  await page.keyboard.press('Control+5')
  await pressButton(page, /^Check the connection/)
  await expect(status(page)).toContainText('This PC works without a central service')
}

const changeLine: Journey = async page => {
  await page.keyboard.press('Control+5')
  await pressButton(page, /whether this line is metered/)
  await expect(status(page)).toContainText('This line is metered: yes')
  await pressButton(page, /whether to wait on metered lines/)
  await expect(status(page)).toContainText('Wait on metered lines: no')
}

const searchWork: Journey = async page => {
  await page.keyboard.press('Control+5')
  await focused(page, 'listbox', 'Needs you')
  await tabTo(page, 'textbox', 'Search your work')
}

/** Types into Find and takes the first hit of a group. */
async function takeHit(page: Page, text: string, group: string): Promise<void> {
  await typeIntoFind(page, text)
  await focused(page, 'combobox', /./)
  const hit = page.getByRole('group', { name: group }).getByRole('option').first()
  await hit.waitFor()
  await pressUntil(page, 'ArrowDown', async () => (await hit.getAttribute('aria-selected')) === 'true')
  await page.keyboard.press('Enter')
}

const runCommand: Journey = async page => {
  await takeHit(page, 'Sync now', 'Commands')
  await expect(status(page)).toHaveText('Trying the line')
}

const openFoundNote: Journey = async page => {
  await takeHit(page, 'the', 'Notes')
  await page.getByText(/Recorded by/).waitFor()
}

const sortAndFilter: Journey = async page => {
  await openCaseload(page)
  await pressButton(page, 'Name')
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
  await tabTo(page, 'textbox', 'Filter by words')
  await page.keyboard.type('ar')
  await expect(page.getByText(/^\d+ of \d+ people$/)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await focused(page, 'grid', 'Caseload')
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
}

async function openRecord(page: Page, person: number): Promise<void> {
  await openCaseload(page)
  for (let row = 1; row < person; row++) await page.keyboard.press('ArrowDown')
  await act(page, 'Record a contact')
  await focusIsWithin(page, 'radiogroup', 'Kind of contact')
}

const recordFromCaseload: Journey = page => openRecord(page, 1)

/** Each with a person of its own, since a draft remembers its kind. */
const everyKind: Journey = async page => {
  await openRecord(page, 1)
  const kinds = await radios(page, 'Kind of contact').allInnerTexts()
  expect(kinds).toHaveLength(6)
  for (const [place] of kinds.entries()) {
    await openRecord(page, place + 1)
    await choose(page, radios(page, 'Kind of contact').nth(place))
    await expect(page.getByRole('radiogroup', { name: 'Kind of contact' })).toHaveCount(0)
  }
}

const foldNotes: Journey = async page => {
  await openNotes(page)
  for (const place of [0, 1, 2]) {
    const note = page.getByRole('feed').getByRole('article').nth(place)
    await pressUntil(page, 'ArrowDown', hasFocus(note))
    await page.keyboard.press('Enter')
    await expect(note).toHaveAttribute('data-fold', 'folded')
  }
}

const filterTimeline: Journey = async page => {
  await openNotes(page)
  await pressButton(page, /Filter by kind/)
  await focused(page, 'menuitemradio', 'All kinds')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /Filter by kind/ })).not.toContainText('All kinds')
  await pressButton(page, /Filter by compliance/)
  await focused(page, 'menuitemradio', 'Any compliance')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /Filter by compliance/ })).not.toContainText('Any compliance')
  await pressButton(page, /system hidden/)
  await expect(page.getByRole('button', { name: 'Hide system entries' })).toBeVisible()
  await tabTo(page, 'textbox', 'Words in this case')
  await page.keyboard.type('nowhere')
  await expect(page.getByRole('listbox', { name: 'Timeline' })).toHaveCount(0)
}

const recordFromCase: Journey = async page => {
  await openNotes(page)
  await pressButton(page, /record a contact/)
  await noteField(page)
}

/** The answers to the outcome that open a question, and that question. */
const QUESTIONS = [
  [/Sent home/, 'Sent home'],
  [/Rescheduled/, 'Rescheduled'],
  [/^Missed/, 'Acceptable?'],
] as const

const answerEverything: Journey = async page => {
  await openQuestions(page)
  for (const name of [/did not comply/, /complied$/]) {
    await answerOutcome(page, name)
    await expect(radios(page, 'Outcome', name)).toBeChecked()
  }
  for (const [name, group] of QUESTIONS) {
    const answers = radios(page, group)
    await answerOutcome(page, name)
    for (let place = 0; place < (await answers.count()); place++) {
      await backTo(page, group)
      await choose(page, answers.nth(place))
      await expect(answers.nth(place)).toBeChecked()
    }
  }
  const reasons = radios(page, 'Reason')
  await expect(reasons).toHaveCount(10)
  for (let place = 0; place < 10; place++) {
    await backTo(page, 'Reason')
    await choose(page, reasons.nth(place))
    await expect(reasons.nth(place)).toBeChecked()
  }
}

async function answerOutcome(page: Page, name: RegExp): Promise<void> {
  await page.keyboard.press('Alt+o')
  await focusIsWithin(page, 'radiogroup', 'Outcome')
  await choose(page, radios(page, 'Outcome', name))
}

/** An answer leads on to the next question; Shift+Tab leads back. */
async function backTo(page: Page, group: string): Promise<void> {
  const wanted = page.getByRole('radiogroup', { name: group })
  await wanted.waitFor()
  await pressUntil(page, 'Shift+Tab', () => wanted.evaluate(element => element.contains(document.activeElement)))
}

/** What is booked already stands in place of the times until another is asked for. */
async function askForAnother(page: Page): Promise<void> {
  const another = radios(page, 'Next appointment', 'Book another')
  await page.keyboard.press('Alt+n')
  await focusIsWithin(page, 'radiogroup', 'Next appointment')
  if (await another.isVisible()) await choose(page, another)
  await backTo(page, 'Next appointment')
}

const chooseNext: Journey = async page => {
  await openQuestions(page)
  await answerOutcome(page, /complied$/)
  await askForAnother(page)
  for (const weeks of ['1', '2', '4']) {
    const slot = page.getByRole('radiogroup', { name: 'Next appointment' }).locator(`[aria-keyshortcuts="${weeks}"]`)
    await backTo(page, 'Next appointment')
    await choose(page, slot)
    await expect(slot).toBeChecked()
  }
}

const recordMissed: Journey = async page => {
  await openQuestions(page)
  await answerOutcome(page, /^Missed/)
  await backTo(page, 'Acceptable?')
  await choose(page, radios(page, 'Acceptable?', 'choose a reason'))
  await focusIsWithin(page, 'radiogroup', 'Reason')
  await choose(page, radios(page, 'Reason', /Work/), 'Enter')
  await askForAnother(page)
  await choose(page, radios(page, 'Next appointment', 'Type a time'))
  await focused(page, 'textbox', 'Day and time')
  await page.keyboard.type('3w 11.20')
  await tabTo(page, 'textbox', 'Note')
  await page.keyboard.type('On shift until six.')
  await pressButton(page, /^Save$/)
  await expect(lastSave(page)).toContainText('11:20')
}

async function openMove(page: Page): Promise<void> {
  await tabTo(page, 'listbox', 'Appointments')
  await page.keyboard.press('Enter')
  await pick(page, 'Move or cancel')
  await focused(page, 'radio', 'Move it')
}

const moveAppointment: Journey = async page => {
  await openNotes(page)
  await openMove(page)
  await tabTo(page, 'textbox', 'New day and time')
  await page.keyboard.type('3w 11.40')
  await tabTo(page, 'button', 'Move the appointment')
  await page.keyboard.press('Space')
  await expect(lastSave(page)).toContainText('11:40')
}

const bookAppointment: Journey = async page => {
  await openNotes(page)
  await pressButton(page, 'New')
  await focused(page, 'textbox', 'Day and time')
  await page.keyboard.type('4w 11.50')
  await tabTo(page, 'combobox', 'Told')
  await page.keyboard.press('ArrowDown')
  await pressButton(page, 'Book the appointment')
  await expect(lastSave(page)).toContainText('11:50')
}

const amendEntry: Journey = async page => {
  await openNotes(page)
  await pressButton(page, 'Actions for the chosen entry')
  await pick(page, 'Amend')
  await focused(page, 'textbox', 'New text')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('He rang at nine.')
  await page.keyboard.press('Tab')
  await focused(page, 'textbox', 'Why')
  await page.keyboard.type('Wrong time')
  await pressButton(page, /^Amend$/)
  await expect(page.getByRole('region', { name: 'Last three notes' })).toContainText('He rang at nine.')
}

const editDetail: Journey = async page => {
  await openNotes(page)
  await tabTo(page, 'tab', 'Record')
  await page.keyboard.press('ArrowRight')
  await page.getByRole('tabpanel', { name: /^Documents/ }).waitFor()
  await tabTo(page, 'tab', /^Documents/)
  await page.keyboard.press('ArrowRight')
  await focusIsWithin(page, 'grid', 'Details')
  await page.keyboard.press('Enter')
  await focused(page, 'textbox', 'Given name')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Ffion')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ffion')
}

/** With the last of the caseload, for whom no draft is kept. */
const bookNone: Journey = async page => {
  await openCaseload(page)
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
  const name = await page.getByRole('heading', { level: 1 }).innerText()
  await cancelAll(page, openMove)
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await page.getByRole('group', { name: 'People' }).getByRole('option', { name }).waitFor()
  await page.keyboard.press('Shift+Enter')
  await focusIsWithin(page, 'radiogroup', 'Kind of contact')
  await choose(page, radios(page, 'Kind of contact').first())
  await focusIsWithin(page, 'radiogroup', 'Outcome')
  const none = radios(page, 'Next appointment', 'None now')
  await page.keyboard.press('Alt+n')
  await focusIsWithin(page, 'radiogroup', 'Next appointment')
  await choose(page, none)
  await expect(none).toBeChecked()
}

/** For each single key the way without it, in an order in which those that save come last. */
const journeyOf = {
  'today.open': openRow,
  'today.missed': recordAsMissed,
  'today.move': moveRow,
  'today.walkIn': walkIn,
  'today.owed': goToOwed,
  'app.helpKey': help,
  'sync.mend': mend,
  'sync.test': check,
  'sync.isMetered': changeLine,
  'sync.metered': changeLine,
  'sync.words': searchWork,
  'find.commands': runCommand,
  'find.notes': openFoundNote,
  'caseload.filter': sortAndFilter,
  'caseload.sort': sortAndFilter,
  'caseload.record': recordFromCaseload,
  'case.note1': foldNotes,
  'case.note2': foldNotes,
  'case.note3': foldNotes,
  'case.words': filterTimeline,
  'case.kind': filterTimeline,
  'case.compliance': filterTimeline,
  'case.system': filterTimeline,
  'case.record': recordFromCase,
  'record.kind1': everyKind,
  'record.kind2': everyKind,
  'record.kind3': everyKind,
  'record.kind4': everyKind,
  'record.kind5': everyKind,
  'record.kind6': everyKind,
  'record.attended': answerEverything,
  'record.didNotComply': answerEverything,
  'record.sentHome': answerEverything,
  'record.byService': answerEverything,
  'record.byBehaviour': answerEverything,
  'record.rescheduled': answerEverything,
  'record.movedByService': answerEverything,
  'record.movedByPerson': answerEverything,
  'record.unacceptable': answerEverything,
  'record.wait': answerEverything,
  'record.reasons': answerEverything,
  'record.reasonMedical': answerEverything,
  'record.reasonFamily': answerEverything,
  'record.reasonCourt': answerEverything,
  'record.reasonCustody': answerEverything,
  'record.reasonReligious': answerEverything,
  'record.reasonHoliday': answerEverything,
  'record.reasonStoodDown': answerEverything,
  'record.reasonJudgement': answerEverything,
  'record.reasonOther': answerEverything,
  'record.in1': chooseNext,
  'record.in2': chooseNext,
  'record.in4': chooseNext,
  'record.missed': recordMissed,
  'record.acceptable': recordMissed,
  'record.reasonWork': recordMissed,
  'record.typeTime': recordMissed,
  'case.newAppointment': bookAppointment,
  'case.move': moveAppointment,
  'case.amend': amendEntry,
  'case.documents': editDetail,
  'case.details': editDetail,
  'record.noNext': bookNone,
} satisfies Record<Exclude<SingleKeyId, SettleKeyId>, Journey>

/** Each journey with the keys that it does without. */
export const journeys: readonly (readonly [Journey, readonly string[]])[] = [
  ...Map.groupBy(Object.keys(journeyOf) as (keyof typeof journeyOf)[], id => journeyOf[id]), // the keys of the record
]

type SettleKeyId = Extract<SingleKeyId, `settle.${string}`>

const settleWith =
  (answer: RegExp, field: string): Journey =>
  async page => {
    await openSettle(page)
    await choose(page, radios(page, 'Which is right', answer))
    await focused(page, 'textbox', field)
  }

/** The same for the keys that want a field with two versions; the last one settles it. */
export const settleJourneys: Readonly<Record<SettleKeyId, Journey>> = {
  'settle.second': settleWith(/Ffion/, 'Why'),
  'settle.combine': settleWith(/Combine/, 'Your words'),
  'settle.first': async page => {
    await settleWith(/Fiona/, 'Why')(page)
    await page.keyboard.type('She wrote it herself')
    await pressButton(page, /^Settle/)
    await expect(lastSave(page)).toContainText('Settled')
  },
}
