import type { Page } from '@playwright/test'
import type { ShortcutId } from '../../renderer/app/shortcuts.ts'
import { test } from './support/fixtures.ts'
import { backToToday, focused } from './support/keyboard.ts'
import { alone } from './support/office.ts'
import { questions, record, walkIn } from './support/recordProofs.ts'
import { openWithConflicts } from './support/conflict.ts'
import { openWithRefusal } from './support/refusal.ts'
import { caseload, everywhere, find, settle, sync, theCase, today, type Proof } from './support/shortcutProofs.ts'

// A shortcut without a proof does not compile.
void ({
  ...everywhere,
  ...today,
  ...caseload,
  ...theCase,
  ...record,
  ...questions,
  ...walkIn,
  ...find,
  ...sync,
  ...settle,
} satisfies Record<ShortcutId, Proof>)

const groups = {
  'everywhere and in lists': { ...everywhere, ...today, ...caseload, ...theCase, ...find },
  'while recording': { ...questions, ...record },
  'for a walk-in': walkIn,
}

for (const [name, proofs] of Object.entries(groups)) {
  test(`every shortcut ${name} does what the list says`, async ({ folder, openWorkstation }) => {
    const { page } = await openWorkstation({ folder, args: alone() })
    await proveAll(page, proofs)
  })
}

test('every shortcut of Sync does what the list says', async ({ folder, openWorkstation }) => {
  const page = await openWithRefusal(folder, openWorkstation)
  await proveAll(page, sync)
})

test('every shortcut for two versions of a field does what the list says', async ({ folder, openWorkstation }) => {
  const page = await openWithConflicts(folder, openWorkstation)
  await proveAll(page, settle)
})

async function proveAll(page: Page, proofs: Readonly<Record<string, Proof>>): Promise<void> {
  for (const [id, proof] of Object.entries(proofs)) {
    await test.step(id, async () => {
      await backToToday(page)
      await focused(page, 'listbox', /Diary/)
      await proof(page)
    })
  }
}
