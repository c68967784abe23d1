import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export { processesWith } from '../processList.ts'
export { removeDataFolder } from './dataFolder.ts'

/** A folder that only this user may enter. */
export const makePrivateFolder = (): string => mkdtempSync(join(tmpdir(), 'holdfast-private-'))

export interface Program {
  readonly child: ChildProcess
  readonly pid: number
  /** Everything it has written so far. */
  readonly output: { out: string; error: string }
  /** The first line on standard output that matches; fails when it ends without one. */
  line(pattern: RegExp): Promise<string>
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

/** Runs a file on this Node. It is killed when the test is over. */
export function runProgram(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, ...env }, stdio: 'pipe' })
  const output = { out: '', error: '' }
  const lines: string[] = []
  let changed = Promise.withResolvers<void>()
  const wake = () => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  child.stderr.on('data', (data: Buffer) => (output.error += data.toString()))
  child.stdout.on('data', (data: Buffer) => (output.out += data.toString()))
  createInterface(child.stdout).on('line', line => {
    lines.push(line)
    wake()
  })
  const ended = new Promise<number | NodeJS.Signals>(resolve => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? -1)
      wake()
    })
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return {
    child,
    pid: child.pid ?? -1,
    output,
    ended,
    async line(pattern) {
      for (;;) {
        const found = lines.find(line => pattern.test(line))
        if (found !== undefined) return found
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${output.error}`)
        await changed.promise
      }
    },
  }
}

/** Whether the process is there and not just waiting to be collected. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const stat = `/proc/${pid}/stat`
  return !existsSync(stat) || !/^\d+ \(.*\) Z/.test(readFileSync(stat, 'utf8'))
}
