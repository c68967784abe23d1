/** Where Electron's program is, fetching it once if it can be fetched. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

const folder = join(root, 'node_modules', 'electron')
const fetchTimeoutMs = 120_000

/**
 * The program of Electron, or why there is none.
 *
 * @returns {{ path?: string, why: string }}
 */
export function electronPath() {
  if (process.getuid?.() === 0) return { why: 'Electron does not run as root.' }
  if (!programPath()) {
    console.error('Fetching Electron...')
    spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: fetchTimeoutMs })
  }
  const path = programPath()
  return path ? { path, why: '' } : { why: 'Electron is not here and could not be fetched.' }
}

export const canRunElectron = () => process.getuid?.() !== 0 && programPath() !== undefined

/** The program that is there already. */
export function programPath() {
  const pointer = join(folder, 'path.txt')
  if (!existsSync(pointer)) return undefined
  const path = join(folder, 'dist', readFileSync(pointer, 'utf8'))
  return existsSync(path) ? path : undefined
}
