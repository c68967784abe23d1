import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../scripts/chromium.mjs'
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
  return { at, find }
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
