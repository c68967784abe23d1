/** The parts of `npm run check` and `npm test`: for each, the command that Node 24 runs and where it reports. */
import { join } from 'node:path'
import { findElectron } from './electron.mjs'

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} command a file and its arguments, run on Node 24
 * @property {readonly string[]} [fix] the same, mending what it can
 * @property {'vitest' | 'playwright'} [reporter] whose JSON report it leaves in `reportFile(name)`
 */

const tool = (...path) => join('node_modules', ...path)
const vitest = tool('vitest', 'vitest.mjs')
const prettier = [tool('prettier', 'bin', 'prettier.cjs'), '.', '--cache', '--cache-location', 'build/cache/prettier']
const eslint = [tool('eslint', 'bin', 'eslint.js'), '.', '--cache', '--cache-location', 'build/cache/eslint']

/** Where a part's test runner leaves its report, relative to the clone. */
export const reportFile = name => `build/results/${name}.json`

const electron = await findElectron()

/** The hosts of the end-to-end tests, each a project of Playwright's with the same files, and whether it can run here. */
export const hosts = [
  { name: /** @type {const} */ ('browser-shell'), canRun: true, why: '' },
  { name: /** @type {const} */ ('electron'), canRun: electron.path !== undefined, why: electron.why },
]

const vitestProject = name => ({
  name,
  command: [
    vitest,
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${reportFile(name)}`,
  ],
  reporter: /** @type {const} */ ('vitest'),
})

/** The quick parts, the longest first, because two run at a time. @type {readonly Part[]} */
export const quickParts = [
  { name: 'lint', command: eslint, fix: [...eslint, '--fix'] },
  { name: 'types', command: [tool('typescript', 'bin', 'tsc'), '-b'] },
  vitestProject('unit'),
  { name: 'unused', command: [tool('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints'] },
  { name: 'boundaries', command: ['scripts/boundaries.mjs'] },
  {
    name: 'format',
    command: [...prettier, '--check', '--log-level=warn'],
    fix: [...prettier, '--write', '--log-level=warn'],
  },
]

/** The parts that need PostgreSQL or a window, each alone on the machine. @type {readonly Part[]} */
export const slowParts = [
  vitestProject('integration'),
  {
    name: 'e2e',
    command: [
      tool('@playwright', 'test', 'cli.js'),
      'test',
      '--config=tests/e2e/playwright.config.ts',
      '--reporter=list,json',
      ...hosts.filter(host => host.canRun).map(host => `--project=${host.name}`),
      '--project=shell-only',
    ],
    reporter: 'playwright',
  },
]
