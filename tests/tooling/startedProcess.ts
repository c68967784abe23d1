import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

export interface StartedProcess {
  readonly pid: number
  /** Resolves once the text was printed, on either stream. */
  says(text: string): Promise<void>
  kill(signal: NodeJS.Signals): void
  /** Resolves when it has ended: all it printed, and its exit code or the signal that ended it. */
  readonly ended: Promise<{ readonly output: string; readonly code: number | NodeJS.Signals }>
}

interface Options {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Starts Node with these arguments; what is still running when the test ends is killed. */
export function startNode(args: readonly string[], { cwd, env = process.env }: Options = {}): StartedProcess {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const ended = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals | null)[]) => ({
    output,
    code: code ?? signal ?? 'SIGKILL',
  }))
  return {
    pid: child.pid ?? 0,
    kill: signal => child.kill(signal),
    ended,
    async says(text) {
      while (!output.includes(text)) {
        const heard = once(child.stdout, 'data').then(() => 'heard')
        const heardToo = once(child.stderr, 'data').then(() => 'heard')
        const event = await Promise.race([heard, heardToo, ended])
        if (event !== 'heard' && !output.includes(text)) throw new Error(`It ended without "${text}":\n${output}`)
      }
    },
  }
}
