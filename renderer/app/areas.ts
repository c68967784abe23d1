import { takesText } from './keys.ts'

const TABBABLE =
  'a[href], button:not([disabled]):not([tabindex="-1"]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]'

const isVisible = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true })

/** What has focus first when one comes to an area of the screen: its list or field, else its first control, else itself. */
function entryOf(area: HTMLElement): HTMLElement {
  const marked = area.querySelector<HTMLElement>('[data-area-entry]')
  if (marked && isVisible(marked)) return marked
  return [...area.querySelectorAll<HTMLElement>(TABBABLE)].find(isVisible) ?? area
}

/** Moves focus to the area before (-1) or after (1) the one that has it, round the whole screen. */
export function moveArea(step: 1 | -1): void {
  const areas = [...document.querySelectorAll<HTMLElement>('[data-area]')].filter(isVisible)
  // An area may lie in another, as the preparation lies in the diary: the inner one is where focus is.
  const here = areas.findLastIndex(area => area.contains(document.activeElement))
  const next = here < 0 ? (step === 1 ? 0 : areas.length - 1) : (here + step + areas.length) % areas.length
  const area = areas[next]
  if (area) focusAndShow(entryOf(area))
}

// The browser forgets what had focus when it is taken out of the page.
let lastInFocus: EventTarget | null = null

/** Remembers what had focus last. Called once. */
export function followFocus(): void {
  document.addEventListener('focusin', event => (lastInFocus = event.target))
}

export const wasLastInFocus = (element: Element): boolean => lastInFocus === element

/** Where focus goes when what had it is gone: to the first list or field of the screen, if the screen is still there. */
export function focusFallback(screen: Element | null): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  if (!isLost || !screen?.isConnected) return
  const entry = [...screen.querySelectorAll<HTMLElement>('[data-area-entry]')].find(isVisible)
  const area = screen.querySelector<HTMLElement>('[data-area]')
  const target = entry ?? area
  if (target) focusAndShow(target)
}

/** Gives focus to an element and shows what is chosen in it: a list may be longer than the window. */
export function focusAndShow(element: HTMLElement): void {
  element.focus({ preventScroll: true })
  const chosen = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
  const shown = chosen ?? element
  shown.scrollIntoView({ block: 'nearest' })
}

/** The dialog on top, else the whole window. */
const inFront = (): ParentNode & Node => [...document.querySelectorAll('[aria-modal="true"]')].at(-1) ?? document

/**
 * Gives focus to a part of the screen, unless a dialog lies over it: what loads late must not take the keys from the
 * dialog. Says whether it has focus now.
 */
export function takeFocus(element: HTMLElement | null | undefined): boolean {
  if (!element || !inFront().contains(element)) return false
  focusAndShow(element)
  return true
}

/** Whether focus is on something of the main part of the screen that is not around this: not in the bar over it or nowhere. */
export function isFocusElsewhereOnScreen(element: Element | null): boolean {
  const focused = document.activeElement
  return focused?.closest('main') != null && !focused.contains(element)
}

/** Leaves the text field that has focus, if one has, for the list or choice group of its area. Says whether it did. */
export function leaveTextField(): boolean {
  const field = document.activeElement
  const area = field?.closest<HTMLElement>('[data-area]')
  if (!area || !takesText(field)) return false
  const entry = entryOf(area)
  const target = entry === field ? area : entry
  focusAndShow(target)
  return document.activeElement === target
}

const problemFields = () => [...inFront().querySelectorAll<HTMLElement>('[aria-invalid="true"]')].filter(isVisible)

/** Moves focus to the first field that was refused, if there is one. */
export const focusFirstProblem = (): boolean => focusProblem(problemFields()[0])

/** Moves focus to the next field that was refused, round the screen. Says whether there is one. */
export function focusNextProblem(): boolean {
  const fields = problemFields()
  const here = fields.findIndex(field => field.contains(document.activeElement))
  return focusProblem(fields[(here + 1) % fields.length])
}

function focusProblem(field: HTMLElement | undefined): boolean {
  const control = field?.matches('[role="radiogroup"]') ? field.querySelector<HTMLElement>('[tabindex="0"]') : field
  control?.focus()
  return control != null
}
