/** Runs programs on the Node 24 that the clone brings along (`node_modules/node`), whatever Node started us. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the clone. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The program of Node 24 in `clone`; there once set-up has run. */
export const node24In = clone =>
  join(clone, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program to its end and passes signals on to it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, keepOutput?: boolean, timeoutMs?: number,
 *   onStart?: (pid: number) => void }} [options] `keepOutput` collects what it prints instead of showing it; after
 *   `timeoutMs` it is killed.
 * @returns {Promise<{ code: number, output: string, stoppedBy?: NodeJS.Signals }>} code as a shell gives it: 127 not
 *   found, 126 not allowed to run, 128 + n ended by signal n. `stoppedBy` is a signal that was sent to us meanwhile.
 */
export function run(program, args, { cwd = root, env = process.env, keepOutput = false, timeoutMs, onStart } = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: keepOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
    })
    if (child.pid !== undefined) onStart?.(child.pid)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => (output += text))
    const forwarding = forwardSignals(child)
    const end = code => resolve({ code, output, ...forwarding.end() })
    child.once('error', error => {
      output += error.message
      end(/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' ? 127 : 126)
    })
    child.once('close', (code, signal) => end(code ?? exitCodeOf(signal)))
  })
}

/**
 * Runs a file (with its arguments) on Node 24, which is also the `node` that its own children find.
 *
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runOnNode24(args, options = {}) {
  const cwd = options.cwd ?? root
  const env = options.env ?? process.env
  const path = [dirname(node24In(cwd)), join(cwd, 'node_modules', '.bin'), env.PATH ?? env.Path].join(delimiter)
  // What was compiled once is kept: the service and the application start in half of the time.
  const compiled = { NODE_COMPILE_CACHE: join(root, 'build', 'cache', 'node') }
  return run(node24In(cwd), args, { ...options, env: { ...compiled, ...env, PATH: path } })
}

/** Our environment for a program whose output is read by us: without colours. */
export const plainEnvironment = () => ({ ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined })

/** What a shell calls the end by a signal: 128 + its number. */
export const exitCodeOf = signal => 128 + (constants.signals[signal] ?? 0)

/** Ctrl-C in a terminal reaches the child without us; everything else is sent to us alone and passed on. */
function forwardSignals(child) {
  /** @type {{ stoppedBy?: NodeJS.Signals }} */
  const received = {}
  const forward = signal => {
    received.stoppedBy = signal
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, forward)
  return {
    end: () => {
      for (const signal of forwarded) process.off(signal, forward)
      return received
    },
  }
}
