import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findElectron, hasDisplay } from '../../scripts/electron.mjs'
import { node24In } from '../../scripts/node24.mjs'
import { aFolder } from './aFolder.ts'

const RUNS = '#!/bin/sh\necho run >> "$(dirname "$0")/runs"\n'
const LACKS_A_LIBRARY = `${RUNS}echo "libnss3.so: cannot open shared object file" >&2\nexit 127\n`

/** An ordinary user's clone with a display, whose Electron is there, or can be fetched, or cannot. */
function aMachine({ here, fetched }: { here?: string; fetched?: string } = {}) {
  const clone = aFolder({
    'node_modules/electron/package.json': '{ "version": "1.0.0" }',
    'node_modules/electron/install.js': `
      const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs')
      process.chdir(__dirname)
      appendFileSync('fetches', 'fetch\\n')
      const program = ${JSON.stringify(fetched ?? null)}
      if (program === null) process.exit(1)
      mkdirSync('dist')
      writeFileSync('dist/electron', program, { mode: 0o755 })
      writeFileSync('path.txt', 'electron')`,
    ...(here === undefined
      ? {}
      : { 'node_modules/electron/path.txt': 'electron', 'node_modules/electron/dist/electron': here }),
  })
  mkdirSync(dirname(node24In(clone)), { recursive: true })
  symlinkSync(process.execPath, node24In(clone))
  const count = (file: string) => {
    const path = join(clone, 'node_modules/electron', file)
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0
  }
  const find = (env: Record<string, string> = {}, more: { isRoot?: boolean; mayFetch?: boolean } = {}) =>
    findElectron({
      mayFetch: true,
      isRoot: false,
      clone,
      env: { PATH: process.env['PATH'], DISPLAY: ':0', ...env },
      ...more,
    })
  return {
    clone,
    program: join(clone, 'node_modules/electron/dist/electron'),
    find,
    fetches: () => count('fetches'),
    runs: () => count('dist/runs'),
  }
}

describe('the program of Electron', () => {
  it('is fetched once, seen to run once, and then found at once', async () => {
    const { find, program, fetches, runs } = aMachine({ fetched: RUNS })

    const found = [await find(), await find()]

    expect(found).toEqual([
      { path: program, why: '' },
      { path: program, why: '' },
    ])
    expect([fetches(), runs()]).toEqual([1, 1])
  })

  it('is not asked for again on the day that it could not be fetched, unless somebody wants that', async () => {
    const { find, fetches } = aMachine()

    const { path, why } = await find()
    await find()

    expect(path).toBeUndefined()
    expect(why).toContain('could not be fetched; it is tried again tomorrow, or now with HOLDFAST_WINDOW=electron')
    expect(fetches()).toBe(1)
    await find({ HOLDFAST_WINDOW: 'electron' })
    expect(fetches()).toBe(2)
  })

  it('is asked for again a day later', async () => {
    const { clone, find, fetches } = aMachine()
    await find()
    const note = join(clone, 'build/electron.json')
    const text = JSON.parse(readFileSync(note, 'utf8')) as { at: number }

    writeFileSync(note, JSON.stringify({ ...text, at: text.at - 24 * 60 * 60_000 }))
    await find()

    expect(fetches()).toBe(2)
  })

  it('that does not run is no program, and what it said is passed on', async () => {
    const { find, runs } = aMachine({ here: LACKS_A_LIBRARY })

    const found = [await find(), await find()]

    expect(found[0]?.path).toBeUndefined()
    expect(found[0]?.why).toContain('does not run here (code 127: libnss3.so: cannot open shared object file)')
    expect(found[1]).toEqual(found[0])
    expect(runs()).toBe(1)
  })

  it('is looked at anew when it came by another way', async () => {
    const { clone, find, program } = aMachine()
    await find()

    mkdirSync(dirname(program))
    writeFileSync(program, RUNS, { mode: 0o755 })
    writeFileSync(join(clone, 'node_modules/electron/path.txt'), 'electron')

    expect(await find()).toEqual({ path: program, why: '' })
  })

  it.each([
    ['for root', {}, { isRoot: true }, 'does not run as root'],
    ['without a display', { DISPLAY: '' }, {}, 'needs a display'],
    ['where Chromium is wanted', { HOLDFAST_WINDOW: 'chromium' }, {}, 'HOLDFAST_WINDOW=chromium'],
    ['where nothing may be fetched', {}, { mayFetch: false }, 'not here'],
  ])('is not fetched %s', async (_when, env, more, says) => {
    const { find, fetches } = aMachine({ fetched: RUNS })

    const { path, why } = await find(env, more)

    expect(path).toBeUndefined()
    expect(why).toContain(says)
    expect(fetches()).toBe(0)
  })

  it('is not guessed from a HOLDFAST_WINDOW that says something else', async () => {
    await expect(aMachine().find({ HOLDFAST_WINDOW: 'firefox' })).rejects.toThrow('give chromium or electron')
  })
})

it.each([
  [{}, false],
  [{ DISPLAY: '' }, false],
  [{ DISPLAY: ':0' }, true],
  [{ DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' }, true],
])('with %j in the environment Linux has a display: %s', (env, expected) => {
  expect(hasDisplay(env)).toBe(expected)
})
