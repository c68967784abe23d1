import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A test file belongs to exactly one project, or to Playwright (tests/e2e). */
export default defineConfig({
  cacheDir: here('build/cache/vite'),
  resolve: {
    // A stray import of Electron under Node would start a download.
    alias: { electron: here('tests/browser-shell/electron.ts') },
  },
  test: {
    allowOnly: false,
    maxWorkers: 2, // by default one core of two stays idle
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,db,electron,renderer,demo,tests,bench/support}/**/*.test.{ts,tsx}'],
          exclude: ['tests/integration/**', 'tests/e2e/**'],
          isolate: false, // loading zod and drizzle anew for each file costs half of the time
          testTimeout: 120_000, // some start real programs, on a busy machine too
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{central,tests/integration}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
