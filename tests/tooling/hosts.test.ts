import { expect, it } from 'vitest'
import { root, run } from '../../scripts/node24.mjs'
import { hosts } from '../../scripts/parts.mjs'

interface ListedSuite {
  readonly specs?: readonly { readonly file: string; readonly title: string; readonly tests: readonly Listed[] }[]
  readonly suites?: readonly ListedSuite[]
}
interface Listed {
  readonly projectName: string
}

const listOf = (suite: ListedSuite): readonly (readonly [host: string, test: string])[] => [
  ...(suite.specs ?? []).flatMap(({ file, title, tests }) =>
    tests.map(({ projectName }) => [projectName, `${file}: ${title}`] as const),
  ),
  ...(suite.suites ?? []).flatMap(listOf),
]

it('lists the same end-to-end tests for every host', async () => {
  const cli = 'node_modules/@playwright/test/cli.js'
  const args = [cli, 'test', '--config=tests/e2e/playwright.config.ts', '--list', '--reporter=json']

  const { output } = await run(process.execPath, args, { cwd: root, keepOutput: true })

  const listed = listOf(JSON.parse(output) as ListedSuite) // Playwright's own report
  const [first = [], ...others] = hosts.map(({ name }) =>
    listed.filter(([host]) => host === name).map(([, test]) => test),
  )
  expect(first.length).toBeGreaterThan(10)
  for (const other of others) expect(other).toEqual(first)
})
