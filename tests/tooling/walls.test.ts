import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTree, judge } from '../../scripts/spoil.mjs'
import { walls } from '../../scripts/walls.mjs'
import { aFolder } from './aFolder.ts'

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[]
}

describe('the list of walls', () => {
  it('breaks every rule of the import walls', () => {
    const broken = new Set(walls.map(wall => wall.rule))

    expect(forbidden.map(rule => rule.name).filter(rule => !broken.has(rule))).toEqual([])
  })

  it('has a name for each', () => {
    expect(new Set(walls.map(wall => wall.name)).size).toBe(walls.length)
  })
})

describe('judging a check that was given a breach', () => {
  const says = ['no-cycles', 'shared/spoiled.ts']

  it('is content when it failed and said why and where', () => {
    expect(judge({ code: 1, output: 'no-cycles: shared/spoiled.ts', says })).toBeUndefined()
  })

  it.each([
    ['passed', { code: 0, output: 'no-cycles: shared/spoiled.ts' }],
    ['failed for another reason', { code: 1, output: 'no-cycles: db/other.ts' }],
  ])('is not when it %s', (_what, ended) => {
    expect(judge({ ...ended, says })).toContain('the check')
  })
})

describe('a breach', () => {
  const aTree = () => {
    const folder = aFolder({ 'shared/result.ts': 'export const a = 1\n' })
    return { folder, tree: createTree(folder, ['shared/result.ts']) }
  }

  it('adds, extends, replaces and removes', () => {
    const { folder, tree } = aTree()

    tree.append('shared/result.ts', 'export const b = 2')
    tree.replace('shared/result.ts', 'a = 1', 'a = 3')
    tree.add('shared/new.ts', 'new')

    expect(readFileSync(join(folder, 'shared/result.ts'), 'utf8')).toBe('export const a = 3\n\nexport const b = 2\n')
    expect(tree.read('shared/new.ts')).toBe('new')
    tree.removeAll(/\.ts$/, () => true)
    expect(existsSync(join(folder, 'shared/result.ts'))).toBe(false)
  })

  it('is an error when what it is to change is not there', () => {
    const { tree } = aTree()

    expect(() => tree.append('shared/gone.ts', '')).toThrow('shared/gone.ts is not there')
    expect(() => tree.add('gone/new.ts', '')).toThrow('gone is not there')
    expect(() => tree.add('shared/result.ts', '')).toThrow('is there already')
    expect(() => tree.replace('shared/result.ts', 'zzz', '')).toThrow('does not contain zzz')
    expect(() => tree.find(/^db\//)).toThrow('no file fits')
  })
})
