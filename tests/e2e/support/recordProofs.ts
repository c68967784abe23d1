import { expect, type Page } from '@playwright/test'
import type { ShortcutId } from '../../../renderer/app/shortcuts.ts'
import { focused, focusIsWithin, goToArea, openCaseload } from './keyboard.ts'
import { openCase, openOutcome } from './screens.ts'
import { press, type Proof, type ProofsOf } from './shortcutProofs.ts'

/** The outcome of an appointment, answered and open to be answered anew. */
async function openAnswered(page: Page): Promise<void> {
  await openOutcome(page)
  await page.keyboard.press('a')
  await page.keyboard.press('Alt+o')
  await focusIsWithin(page, 'radiogroup', 'Outcome')
}

const isChosen = (page: Page, group: string, name: RegExp): Promise<void> =>
  expect(page.getByRole('radiogroup', { name: group }).getByRole('radio', { name })).toBeChecked()

/** After these letters this shortcut chooses that answer. */
const answers =
  (id: ShortcutId, before: string, group: string, name: RegExp): Proof =>
  async page => {
    await openAnswered(page)
    for (const letter of before) await page.keyboard.press(letter)
    await press(page, id)
    await isChosen(page, group, name)
  }

const leadsTo =
  (id: ShortcutId, reached: (page: Page) => Promise<void>): Proof =>
  async page => {
    await openAnswered(page)
    await press(page, id)
    await reached(page)
  }

/** The slot that stands at this key is chosen for the next appointment. */
const books =
  (id: ShortcutId, key: string): Proof =>
  async page => {
    await openAnswered(page)
    await press(page, id)
    const slots = page.getByRole('radiogroup', { name: 'Next appointment' })
    await expect(slots.locator(`[aria-keyshortcuts="${key}"]`)).toBeChecked()
  }

/** Cancels all that is booked, so that "None now" is among the answers. */
export async function cancelAll(page: Page, openMove: (page: Page) => Promise<void>): Promise<void> {
  const none = page.getByText('No appointment is booked.')
  while (!(await none.isVisible())) {
    const booked = await page.getByRole('listbox', { name: 'Appointments' }).getByRole('option').count()
    await openMove(page)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await page.keyboard.press('Control+Enter')
    await focused(page, 'textbox', 'Why')
    await page.keyboard.type('Moved away')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('listbox', { name: 'Appointments' }).getByRole('option')).toHaveCount(booked - 1)
  }
}

async function openMove(page: Page): Promise<void> {
  await goToArea(page, 'listbox', 'Appointments')
  await page.keyboard.press('v')
  await focused(page, 'radio', 'Move it')
}

export const record: ProofsOf<'record'> = {
  'record.outcome': leadsTo('record.outcome', page => focusIsWithin(page, 'radiogroup', 'Outcome')),
  'record.attended': async page => {
    await openAnswered(page)
    await page.keyboard.press('d')
    await page.keyboard.press('Alt+o')
    await press(page, 'record.attended')
    await isChosen(page, 'Outcome', /complied$/)
  },
  'record.didNotComply': answers('record.didNotComply', '', 'Outcome', /did not comply/),
  'record.sentHome': answers('record.sentHome', '', 'Outcome', /Sent home/),
  'record.missed': answers('record.missed', '', 'Outcome', /Missed/),
  'record.rescheduled': answers('record.rescheduled', '', 'Outcome', /Rescheduled/),
  'record.unacceptable': answers('record.unacceptable', 'm', 'Acceptable?', /not acceptable/),
  'record.wait': answers('record.wait', 'm', 'Acceptable?', /Wait for evidence/),
  'record.acceptable': answers('record.acceptable', 'm', 'Acceptable?', /choose a reason/),
  'record.reasons': async page => {
    await answers('record.reasonWork', 'my', 'Reason', /Work/)(page)
    await page.keyboard.press('Alt+o')
    await press(page, 'record.reasons')
    await focusIsWithin(page, 'radiogroup', 'Reason')
    await expect(page.getByRole('radiogroup', { name: 'Reason' }).getByRole('radio', { checked: true })).toHaveCount(0)
  },
  'record.next': leadsTo('record.next', page => focusIsWithin(page, 'radiogroup', 'Next appointment')),
  'record.in1': books('record.in1', '1'),
  'record.in2': books('record.in2', '2'),
  'record.in4': books('record.in4', '4'),
  'record.typeTime': leadsTo('record.typeTime', page => focused(page, 'textbox', 'Day and time')),
  'record.noNext': async page => {
    await openCase(page)
    await cancelAll(page, openMove)
    await page.keyboard.press('Control+2')
    await focused(page, 'grid', 'Caseload')
    await page.keyboard.press('r')
    await focused(page, 'radio', /Office visit/)
    await page.keyboard.press('1')
    await focusIsWithin(page, 'radiogroup', 'Outcome')
    await press(page, 'record.noNext')
    await isChosen(page, 'Next appointment', /None now/)
  },
  'record.note': leadsTo('record.note', page => focused(page, 'textbox', 'Note')),
  'record.template': leadsTo('record.template', page => page.getByRole('menu').locator(':focus').waitFor()),
  'record.duration': leadsTo('record.duration', page => focused(page, 'textbox', 'Length in minutes')),
  'record.sensitive': leadsTo('record.sensitive', page =>
    page.getByRole('button', { name: 'Sensitive: yes', pressed: true }).waitFor(),
  ),
  'record.kind': leadsTo('record.kind', page => focused(page, 'combobox', 'Kind of contact')),
  'record.attach': async page => {
    await openAnswered(page)
    const chooser = page.waitForEvent('filechooser')
    await press(page, 'record.attach')
    expect((await chooser).isMultiple()).toBe(true)
  },
  'record.lastNotes': leadsTo('record.lastNotes', page =>
    page.getByRole('heading', { name: 'Last three notes' }).waitFor(),
  ),
  'record.saveNext': async page => {
    await openAnswered(page)
    await page.keyboard.press('1')
    await press(page, 'record.saveNext')
    await page.getByRole('region', { name: 'Last save' }).waitFor()
    await focusIsWithin(page, 'radiogroup', 'Outcome')
  },
}

export const questions: ProofsOf<'record sent home' | 'record reasons' | 'record rescheduled'> = {
  'record.byService': answers('record.byService', 'h', 'Sent home', /service/),
  'record.byBehaviour': answers('record.byBehaviour', 'h', 'Sent home', /behaviour/),
  'record.reasonMedical': answers('record.reasonMedical', 'my', 'Reason', /Medical/),
  'record.reasonWork': answers('record.reasonWork', 'my', 'Reason', /Work/),
  'record.reasonFamily': answers('record.reasonFamily', 'my', 'Reason', /Family/),
  'record.reasonCourt': answers('record.reasonCourt', 'my', 'Reason', /Court/),
  'record.reasonCustody': answers('record.reasonCustody', 'my', 'Reason', /custody/),
  'record.reasonReligious': answers('record.reasonReligious', 'my', 'Reason', /Religious/),
  'record.reasonHoliday': answers('record.reasonHoliday', 'my', 'Reason', /Holiday/),
  'record.reasonStoodDown': answers('record.reasonStoodDown', 'my', 'Reason', /Stood down/),
  'record.reasonJudgement': answers('record.reasonJudgement', 'my', 'Reason', /judgement/),
  'record.reasonOther': answers('record.reasonOther', 'my', 'Reason', /Other/),
  'record.movedByService': answers('record.movedByService', 'r', 'Rescheduled', /service/),
  'record.movedByPerson': answers('record.movedByPerson', 'r', 'Rescheduled', /person/),
}

/** Each with a person of its own, since a draft remembers its kind. */
const isOfKind =
  (id: ShortcutId, person: number, title: RegExp): Proof =>
  async page => {
    await openCaseload(page)
    for (let row = 1; row < person; row++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('r')
    await focused(page, 'radio', /Office visit/)
    await press(page, id)
    await page.getByRole('heading', { level: 2, name: title }).waitFor()
  }

export const walkIn: ProofsOf<'record walk-in'> = {
  'record.kind1': isOfKind('record.kind1', 1, /^Planned office visit/),
  'record.kind2': isOfKind('record.kind2', 2, /^Phone call from the person/),
  'record.kind3': isOfKind('record.kind3', 3, /^Phone call to the person/),
  'record.kind4': isOfKind('record.kind4', 4, /^Email or text from the person/),
  'record.kind5': isOfKind('record.kind5', 5, /^Email or text to the person/),
  'record.kind6': isOfKind('record.kind6', 6, /^Home visit/),
}
