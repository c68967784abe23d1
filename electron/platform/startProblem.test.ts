import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { developmentSafeStorage } from '../../tests/browser-shell/safeStorage.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import { lockInstance } from './instanceLock.ts'
import { OptionError } from './options.ts'
import { writeSecret } from './secretFiles.ts'
import { startProblem } from './startProblem.ts'

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('why Holdfast cannot start', () => {
  it('names the folder in which the lock cannot be written, and what to do', () => {
    const folder = aFolder()
    mkdirSync(join(folder, 'instance.lock')) // no file can be opened there

    const error = thrownBy(() => lockInstance(folder))

    expect(startProblem(error, folder)).toBe(
      `Holdfast cannot use its data in ${folder}: it cannot be written. Let this user write to it, or choose another folder with --user-data-dir.`,
    )
  })

  it('says that the disk is full when the enrolment cannot be written', () => {
    const folder = aFolder()
    const path = join(folder, 'officers', 'morgan.ashby', 'enrolment.json')
    const safeStorage = { ...developmentSafeStorage(() => folder), label: 'development' as const }
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync('/dev/full', `${path}.new`)

    const error = thrownBy(() => {
      writeSecret(safeStorage, path, 'secret')
    })

    expect(startProblem(error, folder)).toContain('the disk is full. Make room')
  })

  it('is what a flag or an enrolment says of itself', () => {
    expect(startProblem(new OptionError('--seed: give a number'), '/data')).toBe('--seed: give a number')
  })

  it('is not known of a fault of ours', () => {
    expect(startProblem(new TypeError('undefined is not a function'), '/data')).toBeUndefined()
  })
})
