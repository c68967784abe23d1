import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { node24In, root } from '../../scripts/node24.mjs'
import { markReady } from '../../scripts/setup.mjs'
import { aFolder } from './aFolder.ts'
import { startNode } from './startedProcess.ts'

/** Notes each build and empties the folder as Vite does; then `fail` makes it fail and `hold` makes it wait for `go`. */
const builder = `
import { appendFileSync, existsSync, mkdirSync, rmSync, watch, writeFileSync } from 'node:fs'
appendFileSync('builds', 'build\\n')
rmSync('build/app/main', { recursive: true, force: true })
const finish = () => {
  if (existsSync('fail')) {
    console.error('a module is missing')
    process.exit(1)
  }
  mkdirSync('build/app/main', { recursive: true })
  process.exit()
}
if (existsSync('hold')) {
  watch('.', () => existsSync('go') && finish())
  writeFileSync('is-waiting', String(process.pid))
  if (existsSync('go')) finish()
} else finish()
`

/** A clone that is set up, with one source and the builder above. */
function aSmallClone(files: Record<string, string> = {}) {
  const clone = aFolder({
    'package.json': '{ "type": "module" }',
    'package-lock.json': '{ "packages": {} }',
    'electron.vite.config.ts': '',
    'electron/main.ts': 'export const version = 1',
    'node_modules/electron-vite/package.json': '{ "type": "module" }',
    'node_modules/electron-vite/bin/electron-vite.js': builder,
    ...files,
  })
  for (const room of ['renderer', 'shared', 'db', 'demo']) mkdirSync(join(clone, room))
  mkdirSync(dirname(node24In(clone)), { recursive: true })
  symlinkSync(process.execPath, node24In(clone))
  cpSync(join(root, 'scripts'), join(clone, 'scripts'), { recursive: true })
  markReady(clone)
  const at = (file: string) => join(clone, file)
  return {
    at,
    start: () => startNode(['scripts/build.mjs'], { cwd: clone }),
    write: (file: string, text = '') => writeFileSync(at(file), text),
    builds: () => readFileSync(at('builds'), 'utf8').trim().split('\n').length,
  }
}

describe('building the application', () => {
  it('is done once for the same sources', async () => {
    const { start, write, builds } = aSmallClone()

    expect(await start().ended).toEqual({ code: 0, output: 'Building the application...\n' })
    expect(await start().ended).toEqual({ code: 0, output: '' })

    expect(builds()).toBe(1)
    write('electron/main.ts', 'export const version = 2')
    expect((await start().ended).code).toBe(0)
    expect(builds()).toBe(2)
  })

  it('is done again after one that failed, also for the sources of the last good one', async () => {
    const { at, start, write, builds } = aSmallClone()
    await start().ended
    write('electron/main.ts', 'import "./gone.ts"')
    write('fail')

    expect(await start().ended).toEqual({ code: 1, output: expect.stringContaining('a module is missing') as string })

    rmSync(at('fail'))
    write('electron/main.ts', 'export const version = 1')
    expect((await start().ended).code).toBe(0)
    expect(builds()).toBe(3)
    expect(existsSync(at('build/app/main'))).toBe(true)
  })

  it('is done once when two want it', async () => {
    const { at, start, write, builds } = aSmallClone({ hold: '' })
    const first = start()
    await expect.poll(() => existsSync(at('is-waiting')), { timeout: 10_000 }).toBe(true)
    const second = start()
    await second.says(`Another build of this clone is running (process ${first.pid})`)

    write('go')

    expect([(await first.ended).code, (await second.ended).code]).toEqual([0, 0])
    expect(builds()).toBe(1)
  })

  it('waits for the builder of one that was killed', async () => {
    const { at, start, write, builds } = aSmallClone({ hold: '' })
    const first = start()
    await expect.poll(() => existsSync(at('is-waiting')), { timeout: 10_000 }).toBe(true)
    first.kill('SIGKILL')
    await first.ended
    const second = start()
    await second.says('Another build of this clone is running')

    write('go')

    expect((await second.ended).code).toBe(0)
    expect(builds()).toBe(2)
  })
})
