import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeOnce, removeUnused } from './keptFolders.ts'
import { aFolder } from '../../tests/tooling/aFolder.ts'

const writeInto = (text: string) => (folder: string) => {
  writeFileSync(join(folder, 'store'), text)
}

describe('a folder that benchmarks share', () => {
  it('is filled the first time only', () => {
    const store = join(aFolder(), 'store-1')

    makeOnce(store, writeInto('first'))
    makeOnce(store, writeInto('second'))

    expect(readFileSync(join(store, 'store'), 'utf8')).toBe('first')
  })

  it('is made anew after one that was killed while it made it', () => {
    const folder = aFolder()
    const store = join(folder, 'store-1')
    const killed = (making: string): never => {
      writeInto('half')(making)
      throw new Error('killed')
    }
    expect(() => {
      makeOnce(store, killed)
    }).toThrow('killed')
    expect(existsSync(store)).toBe(false)

    makeOnce(store, making => {
      expect(readdirSync(making)).toEqual([])
      writeInto('whole')(making)
    })

    expect(readFileSync(join(store, 'store'), 'utf8')).toBe('whole')
    expect(readdirSync(folder)).toEqual(['store-1'])
  })

  it('stays as it is when another benchmark finished it meanwhile', () => {
    const folder = aFolder()
    const store = join(folder, 'store-1')

    makeOnce(store, making => {
      mkdirSync(store)
      writeInto('theirs')(store)
      writeInto('ours')(making)
    })

    expect(readFileSync(join(store, 'store'), 'utf8')).toBe('theirs')
    expect(readdirSync(folder)).toEqual(['store-1'])
  })

  it('goes when nobody used it for a day', () => {
    const folder = aFolder({ 'old/store': '', 'old.4711/store': '', 'new/store': '' })
    const longAgo = Date.now() / 1000 - 25 * 60 * 60
    for (const name of ['old', 'old.4711']) utimesSync(join(folder, name), longAgo, longAgo)

    removeUnused(folder)
    removeUnused(join(folder, 'is not there'))

    expect(readdirSync(folder)).toEqual(['new'])
  })
})
