import type { Page } from '@playwright/test'

const STEPS_MAX = 120

/** Tabs on until it comes to its first control again; what is wrong on the way, in sentences. */
export async function tabFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(markControls)
  let first = ''
  const faults = new Set<string>()
  for (let step = 0; step < STEPS_MAX; step++) {
    await page.keyboard.press('Tab')
    const { mark, fault } = await page.evaluate(visit)
    if (fault) faults.add(fault)
    if (first !== '' && mark === first) return [...faults, ...(await page.evaluate(unvisited))]
    first ||= mark
  }
  return [...faults, `Tab does not come round in ${STEPS_MAX} steps`]
}
/** Runs in the page: numbers every control that Tab should reach. */
function markControls(): void {
  const dialog = [...document.querySelectorAll('[aria-modal="true"]')].at(-1)
  const menu = document.querySelector('[role="menu"]')
  const controls = [
    ...(menu ?? dialog ?? document).querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    ),
  ].filter(
    control =>
      control.tabIndex >= 0 && !control.matches(':disabled') && control.checkVisibility({ visibilityProperty: true }),
  )
  for (const [place, control] of controls.entries()) control.dataset['walk'] = String(place)
}

/** Runs in the page: takes the number off what has the focus, and looks whether it can be seen. */
function visit(): { readonly mark: string; readonly fault: string } {
  const holder = document.activeElement
  if (!(holder instanceof HTMLElement) || holder === document.body) return { mark: '', fault: '' }
  holder.dataset['visited'] = 'yes'
  const row = document.getElementById(holder.getAttribute('aria-activedescendant') ?? '')
  const shown = row ?? (holder.offsetHeight > 0 ? holder : holder.nextElementSibling) ?? holder
  const box = shown.getBoundingClientRect()
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
  const isSeen = right > left && bottom > top && seen !== null && (shown.contains(seen) || seen.contains(shown))
  return { mark: holder.dataset['walk'] ?? '', fault: isSeen ? '' : `out of sight: ${shown.outerHTML.slice(0, 160)}` }
}

/** Runs in the page: the controls that are still there and that Tab did not come to. */
function unvisited(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-walk]:not([data-visited])')]
    .filter(control => control.tabIndex >= 0 && control.checkVisibility({ visibilityProperty: true }))
    .map(control => `not reached: ${control.outerHTML.slice(0, 160)}`)
}
