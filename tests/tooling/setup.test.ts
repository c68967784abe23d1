import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { node24In, root } from '../../scripts/node24.mjs'
import { describeFailure, isInstalled, isReady, markReady, refuseOldNode } from '../../scripts/setup.mjs'
import { isStale } from '../../scripts/setupLock.mjs'
import { aFolder } from './aFolder.ts'
import { startNode } from './startedProcess.ts'

const lockfile = JSON.stringify({
  packages: {
    '': { name: 'holdfast' },
    'node_modules/zod': { version: '4.0.0', integrity: 'sha512-zod' },
    'node_modules/only-for-another-machine': { version: '1.0.0', integrity: 'sha512-other', optional: true },
  },
})

/**
 * An npm that does to a clone what npm would, notes each call, and then does as the test says: `hold` makes it wait for
 * the file `go`, `fail` makes it print an error and end with 1.
 */
const fakeNpm = `
const { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, watch, writeFileSync, readFileSync } = require('node:fs')
const [verb] = process.argv.slice(2)
appendFileSync('calls', verb + '\\n')
const finish = () => {
  if (existsSync('fail')) {
    console.error(readFileSync('fail', 'utf8'))
    process.exit(1)
  }
  if (verb === 'ci') {
    rmSync('node_modules', { recursive: true, force: true })
    mkdirSync('node_modules')
    writeFileSync('node_modules/.package-lock.json', readFileSync('package-lock.json'))
  } else {
    mkdirSync('node_modules/node/bin', { recursive: true })
    rmSync('node_modules/node/bin/node', { force: true })
    symlinkSync(process.execPath, 'node_modules/node/bin/node')
  }
  process.exit(0)
}
if (existsSync('hold') && verb === 'ci') {
  watch('.', () => existsSync('go') && finish())
  writeFileSync('npm-is-waiting', String(process.pid))
  if (existsSync('go')) finish()
} else finish()
`

/** Quoted: a path may have a space, which the first line of a script could not hold. */
const npmProgram = `#!/bin/sh\nexec '${process.execPath}' "\${0%/*}/npm.cjs" "$@"\n`

/** A fresh clone with the scripts and a lockfile, on a machine whose npm is the one above. */
function aClone(files: Record<string, string> = {}) {
  const clone = aFolder({ 'package-lock.json': lockfile, 'bin/npm': npmProgram, 'bin/npm.cjs': fakeNpm, ...files })
  cpSync(join(root, 'scripts'), join(clone, 'scripts'), { recursive: true })
  const env = { PATH: [join(clone, 'bin'), dirname(process.execPath)].join(delimiter) }
  const at = (file: string) => join(clone, file)
  return {
    clone,
    at,
    start: () => startNode(['scripts/setup.mjs'], { cwd: clone, env }),
    write: (file: string, text = '') => writeFileSync(at(file), text),
    calls: () => readFileSync(at('calls'), 'utf8').trim().split('\n'),
  }
}

describe('setting up a clone', () => {
  it('installs, completes and says how far it is', async () => {
    const { start, calls } = aClone()

    const { code, output } = await start().ended

    expect(output).toContain('Set-up, step 1 of 2: Installing the packages (npm ci)')
    expect(output).toContain('Set-up, step 2 of 2: ')
    expect(calls()).toEqual(['ci', 'rebuild'])
    expect(code).toBe(0)
  })

  it('does and prints nothing when nothing changed', async () => {
    const { start, calls } = aClone()
    await start().ended

    expect(await start().ended).toEqual({ code: 0, output: '' })

    expect(calls()).toEqual(['ci', 'rebuild'])
  })

  it('starts again when the lockfile changed', async () => {
    const { start, calls, write } = aClone()
    await start().ended

    write('package-lock.json', lockfile.replace('sha512-zod', 'sha512-newer'))
    await start().ended

    expect(calls()).toEqual(['ci', 'rebuild', 'ci', 'rebuild'])
  })

  it('keeps what npm install has already brought', async () => {
    const { start, calls, write } = aClone()
    await start().ended

    write('package-lock.json', lockfile.replace('sha512-zod', 'sha512-newer'))
    write('node_modules/.package-lock.json', lockfile.replace('sha512-zod', 'sha512-newer'))
    await start().ended

    expect(calls()).toEqual(['ci', 'rebuild', 'rebuild'])
  })

  it('shows what npm said when it fails, what to do, and tries again next time', async () => {
    const { start, calls, at, write } = aClone({ fail: 'npm error code ENOTFOUND' })

    const { code, output } = await start().ended

    expect(code).toBe(1)
    expect(output).toContain('npm error code ENOTFOUND')
    expect(output).toContain('Set-up failed: npm ci. The package registry could not be reached.')
    rmSync(at('fail'))
    write('calls')
    expect((await start().ended).code).toBe(0)
    expect(calls()).toEqual(['ci', 'rebuild'])
  })

  it('says so when there is no npm', async () => {
    const { start, at } = aClone()
    rmSync(at('bin/npm'))
    const { code, output } = await start().ended

    expect(code).toBe(1)
    expect(output).toContain('npm could not be started')
  })
})

/** Resolves once the held npm of this clone runs; its process is named in the lock then. */
async function heldSetUp() {
  const clone = aClone({ hold: '' })
  const first = clone.start()
  await expect.poll(() => existsSync(clone.at('npm-is-waiting')), { timeout: 10_000 }).toBe(true)
  const npm = Number(readFileSync(clone.at('npm-is-waiting'), 'utf8'))
  return { ...clone, first, npm }
}

describe('two set-ups of one clone', () => {
  it('take turns: the second waits and finds nothing left to do', async () => {
    const { start, first, write, calls } = await heldSetUp()
    const second = start()
    await second.says(`Another set-up of this clone is running (process ${first.pid})`)

    write('go')

    expect([(await first.ended).code, (await second.ended).code]).toEqual([0, 0])
    expect(calls()).toEqual(['ci', 'rebuild'])
  })

  it('do not mix when the first is killed: the second waits for its npm to end', async () => {
    const { start, first, write, calls, npm } = await heldSetUp()
    first.kill('SIGKILL')
    await first.ended
    const second = start()
    await second.says('Another set-up of this clone is running')

    write('go')

    expect((await second.ended).code).toBe(0)
    expect(calls().slice(0, 1)).toEqual(['ci'])
    expect(() => process.kill(npm, 0)).toThrow()
  })

  it('leave no npm behind when the first is stopped', async () => {
    const { first, npm } = await heldSetUp()

    first.kill('SIGTERM')

    expect((await first.ended).code).toBe(143)
    await expect.poll(() => isAlive(npm), { timeout: 10_000 }).toBe(false)
  })
})

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a lock', () => {
  const here = hostname()
  const gone = 2 ** 22 + 1 // above every process number of Linux

  it.each([
    ['of a living process', { host: here, pids: [process.pid], silentMs: 0 }, false],
    ['of a dead process with a living child', { host: here, pids: [gone, process.pid], silentMs: 0 }, false],
    ['of dead processes', { host: here, pids: [gone, gone + 1], silentMs: 0 }, true],
    ['of another machine that was heard of lately', { host: 'elsewhere', pids: [gone], silentMs: 60_000 }, false],
    ['of another machine, silent for long', { host: 'elsewhere', pids: [gone], silentMs: 600_001 }, true],
    ['of a process number that is somebody else’s now', { host: here, pids: [process.pid], silentMs: 600_001 }, true],
  ])('%s', (_whose, holder, expected) => {
    expect(isStale({ text: 'lock', ...holder })).toBe(expected)
  })

  it('that is just being written is not stale yet', () => {
    expect(isStale({ text: '', host: '', pids: [], silentMs: 10 })).toBe(false)
    expect(isStale({ text: '', host: '', pids: [], silentMs: 10_001 })).toBe(true)
  })

  it('left behind does not stop the next set-up', async () => {
    const { start, at, write } = aClone()
    mkdirSync(at('build'))
    write('build/setup.lock', `elsewhere\n${gone}`)
    utimesSync(at('build/setup.lock'), 0, 0)

    expect((await start().ended).code).toBe(0)
    expect(existsSync(at('build/setup.lock'))).toBe(false)
  })
})

describe('whether a clone is ready', () => {
  const aReadyClone = () => {
    const clone = aFolder({ 'package-lock.json': lockfile, 'node_modules/.package-lock.json': lockfile })
    mkdirSync(dirname(node24In(clone)), { recursive: true })
    writeFileSync(node24In(clone), '')
    markReady(clone)
    return clone
  }

  it('needs the mark of exactly this lockfile', () => {
    const clone = aReadyClone()
    expect(isReady(clone)).toBe(true)

    writeFileSync(join(clone, 'package-lock.json'), `${lockfile} `)

    expect(isReady(clone)).toBe(false)
  })

  it('needs Node 24', () => {
    const clone = aReadyClone()

    rmSync(node24In(clone))

    expect(isReady(clone)).toBe(false)
  })

  it('takes packages for other machines as not needed, and all others as needed', () => {
    const clone = aReadyClone()
    const installed = { packages: { 'node_modules/zod': { integrity: 'sha512-zod' } } }

    writeFileSync(join(clone, 'node_modules/.package-lock.json'), JSON.stringify(installed))
    expect(isInstalled(clone)).toBe(true)

    writeFileSync(join(clone, 'node_modules/.package-lock.json'), '{ "packages": {} }')
    expect(isInstalled(clone)).toBe(false)
  })
})

it.each([
  ['18.20.4', false],
  ['20.16.0', false],
  ['20.17.0', true],
  ['22.0.0', true],
])('Node %s: good enough to set up is %s', (version, isGood) => {
  const check = expect(() => refuseOldNode(version))

  if (isGood) check.not.toThrow()
  else check.toThrow(`this is Node ${version}`)
})

it.each([
  ['npm error code EUSAGE', 'npm install'],
  ['npm error code ENOSPC', 'The disk is full.'],
  ['npm error code E403', 'refused us'],
  ['npm error code EACCES', 'could not be written'],
  ['something new', 'Mend what it says'],
])('a failure with "%s" gets its advice', (output, advice) => {
  expect(describeFailure('npm ci', output)).toContain(advice)
})
