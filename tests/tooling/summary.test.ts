import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, run } from '../../scripts/node24.mjs'
import { countPassedByProject, countPlaywright, countVitest, describeHosts, summarise } from '../../scripts/summary.mjs'
import { aFolder } from './aFolder.ts'

const aSuite = (changes = {}) => ({
  name: 'unit',
  passed: 3,
  failed: 0,
  skipped: 0,
  seconds: 1.25,
  code: 0,
  ...changes,
})

describe('the summary', () => {
  it('is good when everything passed', () => {
    const { text, code } = summarise([aSuite(), aSuite({ name: 'e2e', passed: 12 })])

    expect(code).toBe(0)
    expect(text).toBe(
      [
        '      passed  failed  skipped  time',
        'unit       3       0        0  1.3 s',
        'e2e       12       0        0  1.3 s',
      ].join('\n'),
    )
  })

  it.each([
    ['a failed test', { failed: 1, code: 1 }, 'FAILED'],
    ['a skipped test, though the runner was content', { skipped: 1 }, 'FAILED: no test may be skipped'],
    ['a suite without tests', { passed: 0 }, 'FAILED: no test ran'],
    ['a runner that failed though its tests passed', { code: 134 }, 'FAILED with exit code 134'],
  ])('fails for %s', (_what, changes, says) => {
    const { text, code } = summarise([aSuite(), aSuite(changes)])

    expect(code).toBe(1)
    expect(text.split('\n').at(-1)).toMatch(new RegExp(`${says}$`))
  })

  it('names the hosts, and never calls one covered that was not', () => {
    const hosts = [
      { name: 'browser-shell', canRun: true, why: '' },
      { name: 'electron', canRun: false, why: 'no Electron program' },
    ]

    expect(describeHosts(hosts, new Map([['browser-shell', 3]]))).toBe(
      'Hosts: browser-shell: covered (3 passed); electron: not covered here, no Electron program.',
    )
    expect(describeHosts(hosts, new Map())).toContain('browser-shell: not covered here, none of its tests passed')
  })
})

/** A folder with these files, in which our packages are found. */
function aProject(files: Record<string, string>) {
  const folder = aFolder({ 'package.json': '{ "type": "module" }', ...files })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return folder
}

describe('counting a real report', () => {
  it('of Vitest: passed, failed, skipped in three ways, and a file that does not load', async () => {
    const folder = aProject({
      'some.test.js': `import { it } from 'vitest'
        it('passes', () => {})
        it('fails', () => { throw new Error() })
        it.skip('is skipped', () => {})
        it('skips itself', test => test.skip())
        it.todo('is to be written')`,
      'broken.test.js': `throw new Error('not even loaded')`,
      'vitest.config.js': 'export default {}',
    })

    const args = ['run', '--root', folder, '--reporter=json', '--outputFile=report.json']
    await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: folder,
      keepOutput: true,
    })

    const report: unknown = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
    expect(countVitest(report)).toEqual({ passed: 1, failed: 2, skipped: 3 })
  })

  it('of Playwright: passed, failed, passed at the second try, skipped', async () => {
    const folder = aProject({
      'some.spec.js': `import { test } from '@playwright/test'
        test('passes', () => {})
        test('fails', () => { throw new Error() })
        test('passes at the second try', ({}, info) => { if (info.retry === 0) throw new Error() })
        test.skip('is skipped', () => {})`,
      'playwright.config.js': `export default { retries: 1, projects: [{ name: 'one' }, { name: 'other' }] }`,
    })

    const file = join(folder, 'report.json')
    const args = [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=json', '--project=one']
    await run(process.execPath, args, {
      cwd: folder,
      keepOutput: true,
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    })

    const report = JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof countPlaywright>[0]
    expect(countPlaywright(report)).toEqual({ passed: 1, failed: 2, skipped: 1 })
    expect(countPassedByProject(report)).toEqual(new Map([['one', 1]]))
  })
})
