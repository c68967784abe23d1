import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type axe from 'axe-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const SCHEMES = ['light', 'dark'] as const
type Scheme = (typeof SCHEMES)[number]

/** The rules that see colours. In the dark the others would look at the same document again. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** What is wrong with the screen as it stands, in light and in dark, each in a sentence. Leaves the focus where it is. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.locator('h1').waitFor({ state: 'attached' }) // a form may be ready before the header above it is
  await page.locator(':focus').waitFor({ state: 'attached' }) // a list takes it once its rows are there
  const faults = [...(await page.evaluate(roomFaults)), ...(await page.evaluate(sightFaults))]
  const marked = new Map<Scheme, FocusLines>()
  for (const scheme of SCHEMES) {
    await paintIn(page, scheme)
    const found = await axeFaults(page, scheme === 'light' ? AXE_TAGS : COLOUR_RULES)
    faults.push(...found.map(fault => `${scheme}: ${fault}`))
    marked.set(scheme, await page.evaluate(focusLines))
  }
  await page.evaluate(leaveFocus)
  // The other way round, since each new paint takes its time.
  for (const scheme of SCHEMES.toReversed()) {
    await paintIn(page, scheme)
    const plain = await page.evaluate(focusLines)
    if (!isMarked(marked.get(scheme) ?? [], plain)) faults.push(`${scheme}: the focus is not visible`)
  }
  await page.evaluate(giveFocusBack)
  return faults
}

async function paintIn(page: Page, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme })
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' })
}

async function axeFaults(page: Page, runOnly: string[]): Promise<readonly string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis)
  if (!isThere) await page.evaluate(AXE)
  return page.evaluate(async chosen => {
    const { axe: inPage } = globalThis as unknown as { readonly axe: typeof axe } // the script above leaves it there
    const { violations } = await inPage.run(document, { runOnly: chosen, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) =>
          `${id} ${target.map(String).join(' ')} ${failureSummary.replaceAll('\n', ' ')}`,
      ),
    )
  }, runOnly)
}

/** Runs in the page: nothing scrolls sideways, and nothing is cut off where it cannot be scrolled to. */
function roomFaults(): readonly string[] {
  const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'
  const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
  const named = (element: Element) => element.outerHTML.slice(0, 140)
  const shown = [...document.querySelectorAll<HTMLElement>('html, body, body *')].filter(
    element => element.checkVisibility({ visibilityProperty: true }) && element.closest('.unseen, svg, input') === null,
  )

  const tooWide = shown.filter(element => {
    const { overflowX, textOverflow } = getComputedStyle(element)
    const isFrame = scrolls(overflowX) || element === document.documentElement
    const cuts = hides(overflowX) && textOverflow !== 'ellipsis'
    return (isFrame || cuts) && element.scrollWidth > element.clientWidth + 1
  })

  /** Whether the text is cut by a frame that does not scroll that way, be it the window. */
  const isCut = (element: HTMLElement): boolean => {
    const box = element.getBoundingClientRect()
    for (let frame = element.parentElement; frame; frame = frame.parentElement) {
      const { overflowX, overflowY, webkitLineClamp, position } = getComputedStyle(frame)
      const isWindow = frame === document.documentElement
      const { left, right, top, bottom } = isWindow
        ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
        : frame.getBoundingClientRect()
      if (scrolls(overflowY) || webkitLineClamp !== 'none') return false
      const isOutside = box.top >= bottom || box.bottom <= top
      if (hides(overflowX) && (box.right > right + 1 || box.left < left - 1)) return !isOutside
      if (hides(overflowY) && (box.bottom > bottom + 1 || box.top < top - 1)) return isWindow || !isOutside
      if (isWindow || position === 'fixed') break
    }
    return box.right > innerWidth + 1 || box.left < -1
  }
  const hasText = (element: HTMLElement) =>
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '')

  return [
    ...tooWide.map(element => `wider than its frame: ${named(element)}`),
    ...shown.filter(element => hasText(element) && isCut(element)).map(element => `cut off: ${named(element)}`),
  ]
}

/** Runs in the page: what has the focus, or in a list the row that is chosen, is in sight with nothing over it. */
function sightFaults(): readonly string[] {
  const SIGHT_MIN = 16
  const holder = document.activeElement
  if (!(holder instanceof HTMLElement) || holder === document.body) return ['nothing has the focus']
  const row = document.getElementById(holder.getAttribute('aria-activedescendant') ?? '')
  // An empty list is marked by the sentence that follows it.
  const target = row ?? (holder.offsetHeight > 0 ? holder : holder.nextElementSibling) ?? holder
  const name = target.outerHTML.slice(0, 140)
  const box = target.getBoundingClientRect()
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
  if (bottom - top < Math.min(SIGHT_MIN, box.height) || right <= left) return [`the focus is out of sight: ${name}`]
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
  const isSeen = seen && (target.contains(seen) || seen.contains(target))
  return isSeen ? [] : [`something lies over the focus: ${name}`]
}

/** For each place that may show the focus, the lines around it with their contrast to what they stand on. */
type FocusLines = readonly Readonly<Record<string, number>>[]

/** Runs in the page. The places are those of the focus when this first ran; `giveFocusBack` ends that. */
function focusLines(): FocusLines {
  const colourOf = (text: string): readonly number[] => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (/\(([^)]*)\)/.exec(text)?.[1] ?? '').split(/[\s,/]+/).map(Number)
    return [red, green, blue, alpha]
  }
  const luminance = (colour: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = colour
      .map(part => part / 255)
      .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one: string, other: string): number => {
    const [dark = 0, light = 0] = [luminance(colourOf(one)), luminance(colourOf(other))].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const groundOf = (element: Element | null): string => {
    for (let one = element; one; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one)
      if (colourOf(backgroundColor)[3] === 1) return backgroundColor
    }
    return 'rgb(255, 255, 255)'
  }
  const linesOf = (element: HTMLElement): Readonly<Record<string, number>> => {
    const style = getComputedStyle(element)
    const inside = groundOf(element)
    const outside = groundOf(element.parentElement)
    const lines: Record<string, number> = {}
    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) {
      const ground = parseFloat(style.outlineOffset) < 0 ? inside : outside
      lines[`outline ${style.outlineWidth} ${style.outlineColor}`] = contrast(style.outlineColor, ground)
    }
    for (const [width, colour] of [
      [style.borderTopWidth, style.borderTopColor],
      [style.borderBottomWidth, style.borderBottomColor],
      [style.borderLeftWidth, style.borderLeftColor],
    ] as const) {
      if (parseFloat(width) >= 1) lines[`border ${width} ${colour}`] = contrast(colour, inside)
    }
    const shadow = /rgba?\([^)]*\)/.exec(style.boxShadow)?.[0]
    if (shadow) lines[`shadow ${style.boxShadow}`] = contrast(shadow, inside)
    return lines
  }

  const places = (): readonly HTMLElement[] => {
    const holder = document.activeElement
    const row = document.getElementById(holder?.getAttribute('aria-activedescendant') ?? '')
    const isSeen = holder instanceof HTMLElement && holder.offsetHeight > 0
    // An empty list is marked by the sentence that follows it.
    const target = row ?? (isSeen ? holder : holder?.nextElementSibling)
    return [target, holder, holder?.parentElement, row?.parentElement].filter(place => place instanceof HTMLElement)
  }
  const page = globalThis as { focusPlaces?: readonly HTMLElement[] }
  page.focusPlaces ??= places()
  return page.focusPlaces.map(linesOf)
}

/** Runs in the page. */
function leaveFocus(): void {
  const page = globalThis as { focusHolder?: Element | null }
  page.focusHolder = document.activeElement
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

/** Runs in the page. */
function giveFocusBack(): void {
  const page = globalThis as { focusPlaces?: readonly HTMLElement[]; focusHolder?: Element | null }
  if (page.focusHolder instanceof HTMLElement) page.focusHolder.focus({ preventScroll: true })
  delete page.focusPlaces
  delete page.focusHolder
}

const CONTRAST_MIN = 3

/** Whether a line of enough contrast is there with the focus and not without. */
const isMarked = (marked: FocusLines, plain: FocusLines): boolean =>
  marked.some((lines, at) =>
    Object.entries(lines).some(([line, strength]) => strength >= CONTRAST_MIN && plain[at]?.[line] === undefined),
  )
