import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listBenchmarks } from '../../scripts/bench.mjs'
import { aFolder } from './aFolder.ts'

describe('listing the benchmarks', () => {
  it('gives the first line of each one’s first comment, and whether it needs peers or Chromium', () => {
    const folder = aFolder({
      'save.bench.ts': "/** Saves a contact and waits for the disk. */\nimport 'node:fs'\n",
      'search.bench.ts': '/**\n * Finds a word in 300,000 notes.\n *\n * More.\n */\nexport const needsPeers = true\n',
      'window.bench.ts': '/** Draws a window. */\nexport const needsChromium = true\n',
      'silent.bench.ts': 'export const a = 1\n',
      'timer.ts': '/** No benchmark. */\n',
    })

    expect(listBenchmarks(folder)).toEqual([
      {
        name: 'save',
        file: join(folder, 'save.bench.ts'),
        about: 'Saves a contact and waits for the disk.',
        needsPeers: false,
        needsChromium: false,
      },
      {
        name: 'search',
        file: join(folder, 'search.bench.ts'),
        about: 'Finds a word in 300,000 notes.',
        needsPeers: true,
        needsChromium: false,
      },
      {
        name: 'silent',
        file: join(folder, 'silent.bench.ts'),
        about: '(says nothing about itself)',
        needsPeers: false,
        needsChromium: false,
      },
      {
        name: 'window',
        file: join(folder, 'window.bench.ts'),
        about: 'Draws a window.',
        needsPeers: false,
        needsChromium: true,
      },
    ])
  })

  it('finds none in a folder that is not there', () => {
    expect(listBenchmarks(join(aFolder(), 'bench'))).toEqual([])
  })
})
