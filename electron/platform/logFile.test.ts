import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aFolder } from '../../tests/support/temporary.ts'
import { createLog } from './logFile.ts'

function aLog() {
  const folder = aFolder()
  const at = (name: string): string => join(folder, 'logs', name)
  return { folder, log: createLog(folder), at, read: (name: string) => readFileSync(at(name), 'utf8') }
}

describe('the log', () => {
  it('keeps line after line where only this user reads it, over a restart too', () => {
    const { folder, log, at, read } = aLog()

    log('first')
    log('second')
    createLog(folder)('third')

    expect(read('holdfast.log')).toBe('first\nsecond\nthird\n')
    expect(statSync(at('holdfast.log')).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'logs')).mode & 0o777).toBe(0o700)
  })

  it.each([
    [1_000_000, false],
    [1_000_001, true],
  ])('of %i bytes makes way for a new one: %s', (bytes, isNew) => {
    const { log, at, read } = aLog()
    log('first')
    writeFileSync(at('holdfast.log'), 'x'.repeat(bytes))

    log('next')

    expect(read('holdfast.log')).toBe(isNew ? 'next\n' : `${'x'.repeat(bytes)}next\n`)
    if (isNew) expect(read('holdfast-before.log')).toBe('x'.repeat(bytes))
  })

  it('keeps one full one, not more, so that it never fills the disk', () => {
    const { log, at, read } = aLog()
    log('first')

    for (const letter of ['a', 'b', 'c']) {
      writeFileSync(at('holdfast.log'), letter.repeat(1_000_001))
      log(letter)
    }

    expect(read('holdfast.log')).toBe('c\n')
    expect(read('holdfast-before.log')).toBe('c'.repeat(1_000_001))
  })
})

describe('a log that cannot be written', () => {
  it('stops nothing on a full disk', () => {
    const { log, at, read } = aLog()
    mkdirSync(at(''))
    symlinkSync('/dev/full', at('holdfast.log')) // a disk on which every byte is one too many
    expect(() => writeFileSync(at('holdfast.log'), 'x')).toThrow('ENOSPC')

    expect(() => log('lost')).not.toThrow()

    rmSync(at('holdfast.log'))
    log('there is room again')
    expect(read('holdfast.log')).toBe('there is room again\n')
  })

  it('stops nothing where its folder cannot be made', () => {
    const file = join(aFolder(), 'data')
    writeFileSync(file, 'not a folder')
    const log = createLog(file)

    expect(() => log('lost')).not.toThrow()

    expect(readFileSync(file, 'utf8')).toBe('not a folder')
  })
})
