import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ContactDraft } from '../../../shared/features/forms/formsContract.ts'
import { ok, refuse, type AppError } from '../../../shared/result.ts'
import { createDraftKeeper, takeUnkept, type DraftPlace } from './draftKeeper.ts'

const id = (last: string) => `01890000-0000-7000-8000-00000000000${last}`
const place: DraftPlace = {
  ids: { formId: id('1'), actionId: id('2'), contactId: id('3'), nextId: id('4'), opIds: [id('5'), id('6'), id('7')] },
  caseId: id('8'),
  appointmentId: null,
  mends: null,
}
const aDraft = (note: string): ContactDraft => ({
  kind: 'COAP',
  startedOn: '2 March 2026',
  startedTime: '10:00',
  durationMinutes: '15',
  outcome: null,
  note,
  sensitive: false,
  place: '',
  creditsRequirementId: null,
  template: null,
  nextChoice: null,
  nextTyped: '',
  toldHow: null,
  caret: 0,
})

/** Main, which keeps notes until it is told to refuse. */
function aMain() {
  const main = { kept: [] as string[], refusal: null as AppError | null }
  const invoke = (_name: string, { body }: { readonly body: ContactDraft }) => {
    if (main.refusal) return Promise.resolve(refuse(main.refusal))
    main.kept.push(body.note)
    return Promise.resolve(ok({ savedAt: 0 }))
  }
  vi.stubGlobal('window', { api: { invoke } })
  return main
}

const DISK_FULL: AppError = { code: 'not-saved', cause: 'disk-full' }
const NOTHING = { isDraft: false, draftSavedAt: null }

function aKeeper() {
  const keeper = createDraftKeeper(place, NOTHING)
  keeper.touch()
  return keeper
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  takeUnkept(place)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('keeps the last text of a screen although the disk said no a moment ago', async () => {
  const main = aMain()
  const keeper = aKeeper()
  main.refusal = DISK_FULL
  await keeper.keep(() => aDraft('Half'))

  main.refusal = null
  keeper.keepLast(() => aDraft('Whole'))
  await vi.advanceTimersByTimeAsync(0)

  expect(main.kept).toEqual(['Whole'])
})

it('tries every 5 seconds, after the screen has gone, until the text is kept', async () => {
  const main = aMain()
  main.refusal = DISK_FULL
  aKeeper().keepLast(() => aDraft('Whole'))
  await vi.advanceTimersByTimeAsync(9_000)

  main.refusal = null
  await vi.advanceTimersByTimeAsync(60_000)

  expect(main.kept).toEqual(['Whole'])
  expect(takeUnkept(place)).toBeUndefined()
})

it('gives what it could not keep to the next screen of the same meeting, once', async () => {
  const main = aMain()
  main.refusal = DISK_FULL
  aKeeper().keepLast(() => aDraft('Whole'))
  await vi.advanceTimersByTimeAsync(0)

  const taken = [takeUnkept(place)?.note, takeUnkept(place)]
  main.refusal = null
  await vi.advanceTimersByTimeAsync(60_000)

  expect(taken).toEqual(['Whole', undefined])
  expect(main.kept).toEqual([])
})

it('keeps the text of a screen that has gone when its save is refused, and not when it is saved', async () => {
  const main = aMain()
  const refused = aKeeper()
  await refused.stop()
  refused.keepLast(() => aDraft('Refused'))
  const saved = aKeeper()
  await saved.stop()
  saved.keepLast(() => aDraft('Saved'))

  refused.goOn()
  await vi.advanceTimersByTimeAsync(60_000)

  expect(main.kept).toEqual(['Refused'])
})

it('says which answer of a draft is not right', async () => {
  const main = aMain()
  main.refusal = { code: 'invalid-input', fields: { 'body.note': 'too-long' } }
  const keeper = aKeeper()

  await keeper.keep(() => aDraft('Too long'))

  expect(keeper.news.get()).toEqual({ isTrouble: true, text: expect.stringContaining('12,000 characters') as string })
})
