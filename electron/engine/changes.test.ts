import { describe, expect, it } from 'vitest'
import type { Changed } from '../../shared/ipc/contract.ts'
import { aMachine } from '../../tests/support/ports.ts'
import { createChanges } from './changes.ts'

/** The window with what it heard, and when, in milliseconds. */
function aWindow() {
  const { clock, timers } = aMachine()
  const heard: (Changed & { readonly atMs: number })[] = []
  const changed = createChanges(timers, change => heard.push({ ...change, atMs: Math.floor(clock.monotonicMs()) }))
  const pass = (milliseconds: number): void => {
    for (let passed = 0; passed < milliseconds; passed++) {
      clock.forward(1)
      timers.run()
    }
  }
  return { changed, heard, pass }
}

describe('telling the window what changed', () => {
  it('is done at once', () => {
    const { changed, heard } = aWindow()

    changed({ topic: 'diary' })

    expect(heard).toEqual([{ topic: 'diary', atMs: 0 }])
  })

  it('is done at most four times a second a topic while rows come in, and once more after the last', () => {
    const { changed, heard, pass } = aWindow()

    for (let row = 0; row < 100; row++) {
      changed({ topic: 'caseload' })
      pass(10)
    }
    pass(1_000)

    expect(heard.map(one => one.atMs)).toEqual([0, 250, 500, 750, 1_000])
  })

  it('ends with one that came alone', () => {
    const { changed, heard, pass } = aWindow()

    changed({ topic: 'caseload' })
    pass(1_000)

    expect(heard).toHaveLength(1)
  })

  it('holds up no other topic and no other case', () => {
    const { changed, heard } = aWindow()
    const all: readonly Changed[] = [
      { topic: 'case', caseId: 'a' },
      { topic: 'case', caseId: 'b' },
      { topic: 'diary', caseId: 'a' },
      { topic: 'sync' },
    ]

    for (const change of [...all, ...all]) changed(change)

    expect(heard.map(({ atMs: _, ...change }) => change)).toEqual(all)
  })

  it('gathers the cases of a topic that is about all of them', () => {
    const { changed, heard, pass } = aWindow()

    for (const caseId of ['a', 'b', 'c']) changed({ topic: 'caseload', caseId })
    pass(250)

    expect(heard.map(one => one.caseId)).toEqual(['a', 'c'])
  })
})
