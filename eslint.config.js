/** What types cannot say. Formatting is Prettier's, import walls are dependency-cruiser's. */
import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const typescript = ['**/*.ts', '**/*.tsx']
const tests = ['**/*.test.ts', '**/*.test.tsx', 'tests/**']

const rawHtml = [
  ...['innerHTML', 'outerHTML'].map(name => ({
    selector: `AssignmentExpression > MemberExpression.left[property.name='${name}']`,
    message: `${name} lets text become code. Let React draw it.`,
  })),
  {
    selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message: 'dangerouslySetInnerHTML lets text become code. Let React draw it.',
  },
  {
    selector: 'CallExpression > MemberExpression.callee[property.name=/^(insertAdjacentHTML|setHTMLUnsafe)$/]',
    message: 'This lets text become code. Let React draw it.',
  },
]

/** What a function must be given instead of taking it from the air, so that tests decide time, chance and the line. */
const ambient = [
  ["MemberExpression[object.name='Date'][property.name='now']", 'Date.now'],
  ["NewExpression[callee.name='Date'][arguments.length=0]", 'new Date()'],
  ["MemberExpression[object.name='Temporal'][property.name='Now']", 'Temporal.Now'],
  ["MemberExpression[object.name='performance'][property.name='now']", 'performance.now'],
  ["MemberExpression[object.name='Math'][property.name='random']", 'Math.random'],
  ["MemberExpression[object.name='crypto'][property.name=/^(randomUUID|getRandomValues)$/]", 'crypto’s randomness'],
].map(([selector, what]) => ({ selector, message: `${what} is ambient: take it as a parameter.` }))
const ambientGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'fetch'].map(name => ({
  name,
  message: `${name} is ambient: take it as a parameter.`,
}))
const ambientImports = [
  {
    name: 'node:crypto',
    importNames: ['randomBytes', 'randomUUID', 'randomInt'],
    message: 'Take randomness as a parameter.',
  },
  ...['node:timers', 'node:timers/promises'].map(name => ({ name, message: 'Take timers as a parameter.' })),
]

const isTestFunction = ['object', 'object.object', 'object.object.object']
  .map(path => `[${path}.name=/^(it|test|describe|suite)$/]`)
  .join(', ')
const unfinishedTests = [
  {
    selector: `MemberExpression[property.name=/^(skip|only|fixme|todo|skipIf|runIf|fails|fail)$/]:matches(${isTestFunction})`,
    message: 'No test is skipped, singled out or expected to fail: mend it or delete it.',
  },
  {
    selector: "CallExpression > MemberExpression.callee[property.name='skip']",
    message: 'No test is skipped while it runs: mend it or delete it.',
  },
  {
    selector: 'Property[key.name=/^(retry|retries)$/] > Literal:not([value=0])',
    message: 'A test that needs a second try hides a fault: mend it.',
  },
  {
    selector: "CallExpression > MemberExpression.callee[property.name='waitForTimeout']",
    message: 'waitForTimeout guesses: wait for what the officer would see.',
  },
  {
    selector:
      "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout'], ImportDeclaration[source.value='node:timers/promises']",
    message: 'A pause guesses: wait for what is to happen.',
  },
]

const rawIpc = {
  name: 'electron',
  importNames: ['default', 'ipcMain', 'ipcRenderer'],
  message: 'Raw IPC is only in electron/ipc and electron/preload.ts: everything else goes through the contract.',
}

export default defineConfig(
  globalIgnores(['build/', 'node_modules/', 'bench/node_modules/', 'test-results/', '**/*.cjs']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: [...typescript, 'scripts/**/*.mjs'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: 'tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-control-regex': 'off', // text that arrives from outside is cleaned of them
      'no-restricted-imports': ['error', { paths: [rawIpc] }],
      'no-restricted-syntax': ['error', ...rawHtml],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/unbound-method': 'off', // we write factories: their functions know no `this`
    },
  },
  {
    files: ['electron/features/**', 'electron/sync/**', 'db/**', 'shared/**', 'demo/**'],
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', ...ambientGlobals],
      'no-restricted-imports': ['error', { paths: [rawIpc, ...ambientImports] }],
      'no-restricted-syntax': ['error', ...rawHtml, ...ambient],
    },
  },
  {
    files: ['electron/ipc/**', 'electron/preload.ts', 'tests/browser-shell/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // The plugin's other rules run React's compiler, which we do not use, and cost a fifth of the whole lint.
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: tests,
    rules: {
      'no-restricted-syntax': ['error', ...rawHtml, ...unfinishedTests],
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }], // Playwright's fixtures ask for `{}`
      '@typescript-eslint/max-params': 'off', // a table of cases has as many columns as it needs
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.js'],
    languageOptions: {
      globals: { console: false, process: false, URL: false, setInterval: false, clearInterval: false },
    },
    rules: {
      // Plain JavaScript that runs before any package is there: JSON and caught errors have no type.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
