/**
 * Every wall of the house and one way to break it. `npm run check -- --spoil` breaks each in a copy of the clone, runs the
 * one check that must notice, and looks for what that check must say.
 *
 * A new rule gets a line here: a test compares this list with `.dependency-cruiser.cjs`.
 */
import { dirname, join } from 'node:path'

/**
 * @typedef {object} Wall
 * @property {string} name what stands
 * @property {string} rule the name under which the check reports a breach
 * @property {string} [together] walls with the same word are broken in one copy and judged by one run of their check
 * @property {(tree: import('./spoil.mjs').Tree) => Breach} spoil
 * @typedef {object} Breach
 * @property {readonly string[]} command what must notice, run on Node 24
 * @property {string} [file] the one file that it is to look at
 * @property {readonly string[]} says all of it must be in the output: the rule, and where it was broken
 */

const tool = (...path) => join('node_modules', ...path)
const boundaries = ['scripts/boundaries.mjs']
const types = room => [tool('typescript', 'bin', 'tsc'), '-b', room]
const lint = [tool('eslint', 'bin', 'eslint.js')]
const unused = [tool('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints']
const format = [tool('prettier', 'bin', 'prettier.cjs'), '--check']
const unit = file => [tool('vitest', 'vitest.mjs'), 'run', '--project', 'unit', file]

/** An import that must not be there, judged by dependency-cruiser. */
const forbiddenImport = (rule, name, from, imported) => ({
  name,
  rule,
  together: 'boundaries',
  spoil: tree => {
    const file = typeof from === 'string' ? tree.add(from, '') : from(tree)
    tree.append(file, `import '${typeof imported === 'string' ? imported : imported(tree, file)}'`)
    return { command: boundaries, says: [`${rule}: ${file} → `] }
  },
})

/** Code that must not be there, judged by ESLint. `says` is the part of the message that tells which of its rules it was. */
const forbiddenCode = ({ rule, name, file, code, says = rule }) => ({
  name,
  rule,
  together: 'lint',
  spoil: tree => {
    tree.add(file, code)
    return { command: lint, file, says: [rule, says] }
  },
})

/** A table that no migration makes: generating one would write a file. */
const unmadeTable = (name, file, kind, migrations) => ({
  name,
  rule: 'tests/tooling/migrations.test.ts',
  together: 'migrations',
  spoil: tree => {
    tree.append(file, `export const spoiledTable = ${kind}('spoiled', { id: integer().primaryKey() })`)
    const test = tree.find(/^tests\/tooling\/migrations\.test\.ts$/)
    return { command: unit(test), says: [test, `+   "${migrations}/`] }
  },
})

const aService = tree => tree.find(/^electron\/features\/[^/]+\/\w+Service\.ts$/)

/** @type {readonly Wall[]} */
export const walls = [
  // Rooms, in the editor: TypeScript project references.
  {
    name: 'The window does not see the store',
    rule: 'TS6307',
    spoil: tree => {
      tree.add(
        'renderer/app/spoiledStore.ts',
        "import { openStore } from '../../db/openStore.ts'\nopenStore satisfies unknown\n",
      )
      return { command: types('renderer'), says: ['TS6307', 'db/openStore.ts'] }
    },
  },
  {
    name: 'The window does not see Node',
    rule: 'TS2591',
    together: 'types',
    spoil: tree => {
      tree.add('renderer/app/spoiledNode.ts', "import { readFileSync } from 'node:fs'\nreadFileSync('/')\n")
      return { command: types('renderer'), says: ['renderer/app/spoiledNode.ts', 'TS2591'] }
    },
  },
  {
    name: 'shared/ does not see Node',
    rule: 'TS2591',
    together: 'types',
    spoil: tree => {
      tree.add('shared/spoiled.ts', 'export const home = process.env.HOME\n')
      return { command: types('shared'), says: ['shared/spoiled.ts', 'TS2591'] }
    },
  },

  // Rooms and reach: dependency-cruiser.
  forbiddenImport('shared-imports-only-itself', 'shared/ is below all', 'shared/spoiled.ts', '../db/openStore.ts'),
  forbiddenImport('db-imports-only-shared', 'db/ is below main', 'db/spoiled.ts', '../electron/services.ts'),
  forbiddenImport(
    'electron-imports-only-shared-db-demo',
    'Main does not import the window',
    'electron/spoiled.ts',
    '../renderer/main.tsx',
  ),
  forbiddenImport(
    'renderer-imports-only-shared',
    'The window asks, it does not read',
    'renderer/spoiled.ts',
    '../db/openStore.ts',
  ),
  forbiddenImport(
    'central-imports-only-shared-demo',
    'The centre has its own tables',
    'central/spoiled.ts',
    '../db/openStore.ts',
  ),
  forbiddenImport('demo-imports-only-shared', 'The generator is pure', 'demo/spoiled.ts', '../db/openStore.ts'),
  forbiddenImport('shared-knows-no-platform', 'shared/ uses listed packages only', 'shared/spoiledPlatform.ts', 'pg'),
  {
    name: 'The window never reaches the store through a third file',
    rule: 'renderer-never-reaches-the-machine',
    together: 'boundaries',
    spoil: tree => {
      tree.add('renderer/app/third.ts', "import 'better-sqlite3'\n")
      tree.append('renderer/main.tsx', "import './app/third.ts'")
      return {
        command: boundaries,
        says: ['renderer-never-reaches-the-machine: renderer/main.tsx → renderer/app/third.ts → '],
      }
    },
  },
  forbiddenImport('only-db-knows-the-store-driver', 'No query outside db/', aService, 'drizzle-orm'),
  forbiddenImport('services-know-no-electron', 'Services know no Electron', aService, 'electron'),
  {
    name: 'The engine never reaches Electron through a third file',
    rule: 'engine-never-reaches-electron',
    spoil: tree => {
      tree.add('electron/third.ts', "import 'electron'\n")
      tree.append('electron/engine.ts', "import './third.ts'")
      return { command: boundaries, says: ['engine-never-reaches-electron: electron/engine.ts → electron/third.ts → '] }
    },
  },
  forbiddenImport(
    'features-meet-only-in-shared-or-services',
    'No feature reaches into another',
    aService,
    (tree, file) => {
      const ownFolder = dirname(file)
      const other = tree.find(/^electron\/features\/[^/]+\/\w+Service\.ts$/, found => dirname(found) !== ownFolder)
      return other.replace('electron/features', '..')
    },
  ),
  {
    name: 'The preload hands over, it does not decide',
    rule: 'preload-stays-thin',
    together: 'boundaries',
    spoil: tree => {
      tree.append('electron/preload.ts', "import { ok } from '../shared/result.ts'\nok(1)")
      return { command: boundaries, says: ['preload-stays-thin: electron/preload.ts → shared/result.ts'] }
    },
  },
  forbiddenImport(
    'demo-office-is-wired-in-one-place',
    'The demo office enters by one door',
    'electron/spoiledDemo.ts',
    tree => `../${tree.find(/^demo\/\w+\.ts$/)}`,
  ),
  forbiddenImport(
    'product-never-imports-tests',
    'The product imports no tests',
    'electron/spoiledTests.ts',
    tree => `../${tree.find(/^tests\/browser-shell\/\w+\.ts$/)}`,
  ),
  forbiddenImport(
    'scripts-are-run-not-imported',
    'Nobody imports scripts',
    'central/spoiledScripts.ts',
    '../scripts/node24.mjs',
  ),
  {
    name: 'No two files need each other',
    rule: 'no-cycles',
    together: 'boundaries',
    spoil: tree => {
      tree.add('shared/spoiledCycle.ts', "import './spoiledCycleToo.ts'\n")
      tree.add('shared/spoiledCycleToo.ts', "import './spoiledCycle.ts'\n")
      return { command: boundaries, says: ['no-cycles: shared/spoiledCycle.ts → shared/spoiledCycleToo.ts'] }
    },
  },
  {
    name: 'No file stands alone',
    rule: 'no-orphans',
    together: 'boundaries',
    spoil: tree => {
      tree.add('shared/spoiledOrphan.ts', 'export {}\n')
      return { command: boundaries, says: ['no-orphans: shared/spoiledOrphan.ts'] }
    },
  },
  forbiddenImport('every-import-resolves', 'What is imported exists', 'shared/spoiledMissing.ts', './missing.ts'),
  forbiddenImport('every-package-is-declared', 'What is imported is declared', 'electron/spoiledPackage.ts', 'acorn'),
  {
    name: 'The picture of the house is drawn from its imports',
    rule: 'The picture in docs/architecture.md',
    spoil: tree => {
      tree.replace('docs/architecture.md', '  renderer_room --> shared_room\n', '')
      return { command: boundaries, says: ['The picture in docs/architecture.md is of another house'] }
    },
  },
  {
    name: 'Judging nothing is a failure',
    rule: '0 modules seen',
    spoil: tree => {
      tree.removeAll(/\.(ts|tsx|mjs)$/, file => !file.startsWith('scripts/'))
      tree.moveScriptsAside()
      return { command: ['aside/boundaries.mjs'], says: ['0 modules seen'] }
    },
  },

  // Code: ESLint.
  forbiddenCode({
    rule: 'no-floating-promises',
    name: 'Every promise is awaited',
    file: 'shared/spoiledPromise.ts',
    code: 'Promise.resolve(1)\n',
  }),
  forbiddenCode({
    rule: 'no-explicit-any',
    name: 'Types are known',
    file: 'shared/spoiledAny.ts',
    code: 'export const it: any = 1\n',
  }),
  forbiddenCode({
    rule: 'no-non-null-assertion',
    name: 'What may be missing is looked at',
    file: 'shared/spoiledNull.ts',
    code: "export const at = 'a'.at(0)!\n",
  }),
  forbiddenCode({
    rule: 'switch-exhaustiveness-check',
    name: 'Every case is answered',
    file: 'shared/spoiledCase.ts',
    code: "export const spoiled = (kind: 'a' | 'b') => {\n  switch (kind) {\n    case 'a':\n      return 1\n  }\n  return 2\n}\n",
  }),
  forbiddenCode({
    rule: 'no-restricted-imports',
    name: 'Raw IPC stays in electron/ipc',
    file: 'electron/spoiled.ts',
    code: "import { ipcMain } from 'electron'\nipcMain.removeAllListeners()\n",
    says: 'Raw IPC',
  }),
  {
    name: 'Time is injected',
    rule: 'no-restricted-syntax',
    together: 'lint',
    spoil: tree => {
      const file = tree.find(/^electron\/sync\/\w+(?<!\.test)\.ts$/)
      tree.append(file, 'export const spoiledAt = Date.now()')
      return { command: lint, file, says: ['no-restricted-syntax', 'Date.now is ambient'] }
    },
  },
  forbiddenCode({
    rule: 'no-restricted-globals',
    name: 'Timers are injected',
    file: 'db/spoiled.ts',
    code: 'setTimeout(() => {}, 1)\n',
    says: 'setTimeout is ambient',
  }),
  forbiddenCode({
    rule: 'no-restricted-imports',
    name: 'Randomness is injected',
    file: 'electron/features/spoiled.ts',
    code: "import { randomUUID } from 'node:crypto'\nexport const id = randomUUID()\n",
    says: 'Take randomness as a parameter',
  }),
  forbiddenCode({
    rule: 'no-restricted-syntax',
    name: 'No test is skipped',
    file: 'shared/spoiled.test.ts',
    code: "import { it } from 'vitest'\nit.skip('does nothing', () => {})\n",
    says: 'No test is skipped',
  }),
  forbiddenCode({
    rule: 'no-restricted-syntax',
    name: 'No test is tried twice',
    file: 'tests/spoiledRetry.ts',
    code: 'export const config = { retries: 2 }\n',
    says: 'A test that needs a second try',
  }),
  forbiddenCode({
    rule: 'no-restricted-syntax',
    name: 'No test guesses a time',
    file: 'tests/spoiledTimeout.ts',
    code: 'export const guess = (page: { waitForTimeout(ms: number): void }) => page.waitForTimeout(5)\n',
    says: 'waitForTimeout guesses',
  }),
  forbiddenCode({
    rule: 'no-restricted-syntax',
    name: 'No test pauses',
    file: 'tests/spoiledPause.ts',
    code: 'export const pause = () => new Promise(resolve => setTimeout(resolve, 5))\n',
    says: 'A pause guesses',
  }),
  forbiddenCode({
    rule: 'no-restricted-syntax',
    name: 'Text never becomes code',
    file: 'renderer/app/spoiledHtml.tsx',
    code: "export const Spoiled = () => <p dangerouslySetInnerHTML={{ __html: '' }} />\n",
    says: 'dangerouslySetInnerHTML',
  }),
  forbiddenCode({
    rule: 'rules-of-hooks',
    name: 'Hooks are called in order',
    file: 'renderer/app/spoiledHook.tsx',
    code: "import { useState } from 'react'\nexport const useSpoiled = (on: boolean) => (on ? useState(1) : undefined)\n",
  }),

  // What nobody uses, and how it looks.
  {
    name: 'No export without a user',
    rule: 'Unused exports',
    together: 'unused',
    spoil: tree => {
      tree.append('shared/result.ts', 'export const spoiledExport = 1')
      return { command: unused, says: ['Unused exports', 'spoiledExport'] }
    },
  },
  {
    name: 'No file without a user',
    rule: 'Unused files',
    together: 'unused',
    spoil: tree => {
      tree.add('shared/spoiled.ts', "import { ok } from './result.ts'\nok(1)\n")
      return { command: unused, says: ['Unused files', 'shared/spoiled.ts'] }
    },
  },
  {
    name: 'No package without a user',
    rule: 'Unused devDependencies',
    together: 'unused',
    spoil: tree => {
      tree.replace('package.json', '"devDependencies": {', '"devDependencies": {\n    "acorn": "8.0.0",')
      return { command: unused, says: ['Unused devDependencies', 'acorn'] }
    },
  },
  {
    name: 'Prettier formats',
    rule: '[warn]',
    spoil: tree => {
      tree.append('shared/result.ts', 'export  const spoiled=1')
      return { command: format, file: 'shared/result.ts', says: ['[warn]', 'shared/result.ts'] }
    },
  },

  // The store.
  {
    name: 'Case tables are clustered by case (WITHOUT ROWID)',
    rule: 'db/storeLayout.test.ts',
    spoil: tree => {
      const migration = tree.find(/^db\/migrations\/.*\.sql$/, file =>
        tree.read(file).includes('CREATE TABLE `contacts`'),
      )
      tree.replace(migration, /(CREATE TABLE `contacts`[^;]*?)\s*WITHOUT ROWID;/, '$1;')
      const test = tree.find(/^db\/storeLayout\.test\.ts$/)
      return { command: unit(test), says: [test, '+   "contacts": "by rowid"'] }
    },
  },
  unmadeTable(
    'The migrations make the tables of the store',
    'db/features/session/sessionTables.ts',
    'sqliteTable',
    'db/migrations',
  ),

  // The centre.
  unmadeTable(
    'The migrations make the tables of the centre',
    'central/db/tables.ts',
    'pgTable',
    'central/db/migrations',
  ),
]
