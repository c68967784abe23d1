import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { headlessPath } from '../../scripts/chromium.mjs'
import { hosts } from '../../scripts/parts.mjs'
import { CHROMIUM_FLAGS } from '../browser-shell/chromiumWindow.ts'
import type { HostOptions } from './support/fixtures.ts'

const root = join(import.meta.dirname, '../..')

/**
 * These start the browser shell whatever the host, or need what only it has; docs/untested.md says why. They are a project
 * of their own and count for no host.
 */
const shellOnly = ['commands', 'kill', 'start', 'stop', 'storeInShell'].map(name => `**/${name}.spec.ts`)

/** Every other end-to-end test is listed for each host; `npm test` runs those that can run here. */
export default defineConfig<HostOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: join(root, 'build/e2e-traces'),
  globalSetup: join(import.meta.dirname, 'support/globalSetup.ts'),
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // Waits end as soon as what they wait for is there: these are for a machine that has much else to do.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: join(root, 'build/results/e2e.json') }]],
  use: {
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: headlessPath() ?? '',
      args: CHROMIUM_FLAGS.filter(flag => flag !== '--incognito'),
    },
  },
  projects: [
    ...hosts.map(({ name }) => ({ name, testIgnore: shellOnly, use: { host: name } })),
    { name: 'shell-only', testMatch: shellOnly },
  ],
})
