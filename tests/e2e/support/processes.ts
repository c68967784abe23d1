import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../../..')

/** A real process of the product, started by a test. */
export interface Running {
  readonly process: ChildProcess
  /** Everything it printed so far. */
  readonly output: () => string
  /** The first group of the first line that fits; rejects when the process ends before. */
  line(pattern: RegExp): Promise<string>
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number>
  /** Asks it to stop and waits until it has. */
  stop(): Promise<number>
  /** Kills it on the spot, as a power cut would. */
  kill(): Promise<void>
}

/** Starts a program in the clone; `--stop-with-stdin` programs end with this test process. */
export function startProcess(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  return watchProcess(child, `${program} ${args.join(' ')}`)
}

/** @param name what it is called when it ends too early. */
export function watchProcess(child: ChildProcessWithoutNullStreams, name: string): Running {
  child.stdin.on('error', () => undefined)
  const lines: string[] = []
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lines.push(line)
      for (const check of waiting) check()
    })
  }
  // A program that is not there; `close` follows.
  child.on('error', error => lines.push(error.message))
  const ended = new Promise<number>(resolve => {
    child.once('close', (code, signal) => {
      resolve(code ?? (signal === null ? 1 : 128))
    })
  })

  return {
    process: child,
    output: () => lines.join('\n'),
    ended,
    line(pattern) {
      return new Promise((resolve, reject) => {
        const check = (): void => {
          const match = lines.map(line => pattern.exec(line)).find(found => found !== null)
          if (!match) return
          waiting.delete(check)
          resolve(match[1] ?? match[0])
        }
        waiting.add(check)
        check()
        void ended.then(code => {
          reject(new Error(`${name} ended with ${code} before it printed ${String(pattern)}:\n${lines.join('\n')}`))
        })
      })
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
