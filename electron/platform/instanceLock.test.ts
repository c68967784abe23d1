import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startProcess } from '../../tests/e2e/support/processes.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import { lockInstance, type InstanceLock } from './instanceLock.ts'

const ADDRESS = 'http://127.0.0.1:4711/'

/** A second Holdfast on the folder, as its own process; with the lock it announces itself and waits. */
const secondProcess = (folder: string) => {
  const running = startProcess(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { lockInstance } from ${JSON.stringify(new URL('./instanceLock.ts', import.meta.url).href)}
     const lock = lockInstance(${JSON.stringify(folder)})
     if ('heldBy' in lock) {
       console.log('refused ' + JSON.stringify(lock.heldBy ?? null))
       process.exit()
     }
     lock.announce(${JSON.stringify(ADDRESS)})
     process.stdin.resume().on('end', () => { lock.release(); process.exit() })
     console.log('has it')`,
  ])
  onTestFinished(() => running.kill())
  return running
}

/** The lock, which must be free; it is let go when the test ends. */
function take(folder: string): InstanceLock {
  const lock = lockInstance(folder)
  if ('heldBy' in lock) throw new Error(`held by ${JSON.stringify(lock.heldBy)}`)
  onTestFinished(lock.release)
  return lock
}

describe('a second start on the same data folder', () => {
  it('is refused and told who has it, where and since when', async () => {
    const folder = aFolder()
    const before = new Date().toISOString()
    const first = secondProcess(folder)
    await first.line(/has it/)

    const refused = lockInstance(folder)

    expect(refused).toEqual({
      heldBy: { pid: first.process.pid, address: ADDRESS, since: expect.any(String) as string },
    })
    const since = 'heldBy' in refused ? (refused.heldBy?.since ?? '') : ''
    expect(since >= before && since <= new Date().toISOString()).toBe(true)
  })

  it('is refused in another process too', async () => {
    const folder = aFolder()
    take(folder).announce('electron')

    const refused = JSON.parse(await secondProcess(folder).line(/refused (.*)/)) as unknown

    expect(refused).toMatchObject({ pid: process.pid, address: 'electron' })
  })

  it.each<[string, (folder: string) => void]>([
    ['has not said where it is', () => undefined],
    ['wrote half of it', folder => writeFileSync(join(folder, 'instance.json'), '{"pid":')],
    ['wrote something else', folder => writeFileSync(join(folder, 'instance.json'), '{"pid":"1"}')],
  ])('is refused when the first %s', (_what, spoil) => {
    const folder = aFolder()
    take(folder)
    spoil(folder)

    expect(lockInstance(folder)).toEqual({ heldBy: undefined })
  })

  it('is refused when the first could not write down where it is, and the first goes on', () => {
    const folder = aFolder()
    const first = take(folder)
    mkdirSync(join(folder, 'instance.json')) // nothing can be written there

    first.announce(ADDRESS)

    expect(lockInstance(folder)).toEqual({ heldBy: undefined })
    first.release()
    expect(() => take(folder)).not.toThrow()
  })

  it('is none on another folder', () => {
    take(aFolder())

    expect(() => take(aFolder())).not.toThrow()
  })
})

describe('the lock', () => {
  it('goes with a process that is killed, though what it announced stays', async () => {
    const folder = aFolder()
    const first = secondProcess(folder)
    await first.line(/has it/)

    await first.kill()

    expect(existsSync(join(folder, 'instance.json'))).toBe(true)
    expect(() => take(folder)).not.toThrow()
  })

  it('is free again after a release, and nothing is announced any more', async () => {
    const folder = aFolder()
    const first = secondProcess(folder)
    await first.line(/has it/)

    first.process.stdin?.end()
    await first.ended

    expect(existsSync(join(folder, 'instance.json'))).toBe(false)
    expect(() => take(folder)).not.toThrow()
  })

  it('makes a data folder that only this user can enter', () => {
    const folder = join(aFolder(), 'share', 'holdfast')

    take(folder).announce(ADDRESS)

    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'instance.json')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'instance.json'), 'utf8')).toContain(`"pid":${process.pid}`)
  })
})
