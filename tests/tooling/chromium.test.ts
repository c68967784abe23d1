import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { chromiumPath, headlessPath, installChromium } from '../../scripts/chromium.mjs'
import { node24In, root, run } from '../../scripts/node24.mjs'
import { aClone } from './aClone.ts'
import { aFolder } from './aFolder.ts'

/** A machine with these programs: `bin` is on its PATH, `other` is not, `clone` is ours. */
function aMachine({ programs = [], fetched }: { programs?: readonly string[]; fetched?: string }) {
  const folder = aFolder(Object.fromEntries(programs.map(program => [program, ''])))
  const at = (path: string) => join(folder, path)
  if (fetched !== undefined) {
    mkdirSync(at('clone/build'), { recursive: true })
    writeFileSync(at('clone/build/chromium-path'), at(fetched))
  }
  const PATH = [at('empty'), at('bin')].join(delimiter)
  const find = (env: Record<string, string> = {}) =>
    chromiumPath({ env: { PATH, ...env }, clone: at('clone'), places: [at('other/Chrome')] })
  const findHeadless = (env: Record<string, string> = {}) => headlessPath({ env: { PATH, ...env }, clone: at('clone') })
  return { at, find, findHeadless }
}

describe('finding Chromium', () => {
  it('takes the one that CHROMIUM_PATH names before all others', () => {
    const { at, find } = aMachine({ programs: ['bin/chromium', 'mine'] })

    expect(find({ CHROMIUM_PATH: at('mine') })).toBe(at('mine'))
  })

  it('refuses a CHROMIUM_PATH that is not there, rather than take another', () => {
    const { at, find } = aMachine({ programs: ['bin/chromium'] })

    expect(() => find({ CHROMIUM_PATH: at('gone') })).toThrow(`CHROMIUM_PATH names ${at('gone')}`)
  })

  it.each([
    [['bin/chromium', 'bin/chromium-browser', 'bin/google-chrome'], 'bin/chromium'],
    [['bin/chromium-browser', 'bin/google-chrome'], 'bin/chromium-browser'],
    [['bin/google-chrome', 'other/Chrome'], 'bin/google-chrome'],
    [['other/Chrome', 'fetched'], 'other/Chrome'],
    [['fetched'], 'fetched'],
  ])('of %j takes %s', (programs, expected) => {
    const { at, find } = aMachine({ programs, fetched: 'fetched' })

    expect(find()).toBe(at(expected))
  })

  it('finds none where there is none, also where a fetched one was deleted', () => {
    const { find } = aMachine({ fetched: 'fetched' })

    expect(find()).toBeUndefined()
  })
})

describe('finding the Chromium of the tests', () => {
  it('takes the one without a window before any other, and never for somebody who looks at it', () => {
    const { at, find, findHeadless } = aMachine({ programs: ['bin/chromium', 'bin/chromium-headless-shell'] })

    expect(findHeadless()).toBe(at('bin/chromium-headless-shell'))
    expect(find()).toBe(at('bin/chromium'))
  })

  it('takes the one that CHROMIUM_PATH names, and any where it is alone', () => {
    const { at, findHeadless } = aMachine({ programs: ['bin/chromium-headless-shell', 'mine'] })
    const alone = aMachine({ programs: ['bin/chromium'] })

    expect(findHeadless({ CHROMIUM_PATH: at('mine') })).toBe(at('mine'))
    expect(alone.findHeadless()).toBe(alone.at('bin/chromium'))
  })
})

describe('fetching Chromium', () => {
  /** A clone on a machine without Debian's packages, where Playwright fetches this program. */
  function aFetch(program: string) {
    const clone = aClone()
    mkdirSync(join(clone, 'build'))
    vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', aFolder())
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const fetch = async () => {
      const where = "require('@playwright/test').chromium.executablePath()"
      const { output } = await run(node24In(root), ['-p', where], { keepOutput: true })
      mkdirSync(dirname(output.trim()), { recursive: true })
      writeFileSync(output.trim(), program, { mode: 0o755 })
      return { code: 0, output: '' }
    }
    const install = () =>
      installChromium(async (command, args) => {
        if (command === 'apt-get') return { code: 1, output: '' }
        return args.includes('install') ? fetch() : run(command, args, { keepOutput: true })
      }, clone)
    return { install, note: join(clone, 'build/chromium-path') }
  }

  it('notes where it is once it was seen to run', async () => {
    const { install, note } = aFetch('#!/bin/sh\n')

    await install()

    expect(readFileSync(note, 'utf8')).toContain('chrome')
  })

  it('says what it lacks when it does not run, and does not note it', async () => {
    const { install, note } = aFetch('#!/bin/sh\necho "libnss3.so: cannot open shared object file" >&2\nexit 127\n')

    await expect(install()).rejects.toThrow(
      'Chromium was fetched but does not run here: libnss3.so: cannot open shared object file',
    )

    expect(existsSync(note)).toBe(false)
  })
})
