import { existsSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Removes a data folder with its PostgreSQL, wherever that is. */
export function removeDataFolder(folder: string): void {
  const home = join(folder, 'postgres')
  if (existsSync(home)) rmSync(realpathSync(home), { recursive: true })
  rmSync(folder, { recursive: true, force: true })
}
