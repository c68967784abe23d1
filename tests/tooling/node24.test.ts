import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, run } from '../../scripts/node24.mjs'
import { aFolder } from './aFolder.ts'
import { startNode } from './startedProcess.ts'

const node = (code: string) => run(process.execPath, ['-e', code], { keepOutput: true })

describe('running a program', () => {
  it('gives its output and its exit code', async () => {
    const ended = await node('console.log("out"); console.error("err"); process.exitCode = 3')

    expect(ended).toEqual({ code: 3, output: 'out\nerr\n' })
  })

  it('gives 128 and the number of the signal that ended it', async () => {
    expect((await node('process.kill(process.pid, "SIGTERM")')).code).toBe(143)
  })

  it('gives 127 for a program that is not there', async () => {
    expect((await run('/no/such/program', [], { keepOutput: true })).code).toBe(127)
  })

  it('gives 126 for a file that may not be run', async () => {
    expect((await run(aFolder(), [], { keepOutput: true })).code).toBe(126)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on and waits for the end', async signal => {
    const child = `process.once('${signal}', () => { console.log('tidied up'); process.exit(7) })
      setInterval(() => {}, 1_000)
      console.log('ready')`
    const script = join(root, 'scripts', 'node24.mjs')
    const folder = aFolder({
      'child.cjs': child,
      'parent.mjs': `import { run } from '${pathToFileURL(script).href}'
        const { code, stoppedBy } = await run(process.execPath, ['child.cjs'], { cwd: import.meta.dirname })
        console.log('stopped by ' + stoppedBy)
        process.exitCode = code`,
    })
    const parent = startNode(['parent.mjs'], { cwd: folder })
    await parent.says('ready')

    parent.kill(signal)

    expect(await parent.ended).toEqual({ code: 7, output: `ready\ntidied up\nstopped by ${signal}\n` })
  })
})
