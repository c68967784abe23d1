import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT_HOME } from '../../central/postgres/programs.ts'

/** Processes whose command line has one of these texts, by the system's own list. */
export function processesWith(...texts: readonly string[]): readonly number[] {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids.map(Number).filter(pid => {
    const line = commandOf(pid)
    return texts.some(text => line.includes(text))
  })
}

/** The command line; empty of a process that has ended. */
export function commandOf(pid: number): string {
  return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
}

/** Everything that works for this data folder or one below it, its PostgreSQL too. */
export const processesOf = (folder: string): readonly number[] => processesWith(folder, ...databasesOf(folder))

/** As root, databases lie elsewhere, and a file in each names its data folder, also when that is gone. */
function databasesOf(folder: string): readonly string[] {
  if (!existsSync(ROOT_HOME)) return []
  const homes = readdirSync(ROOT_HOME).map(name => join(ROOT_HOME, name))
  return homes.filter(home => readText(join(home, 'data-folder')).startsWith(folder))
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it has just gone
  }
}
