import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Fills the folder the first time. It gets its name once it is whole: a benchmark that is killed meanwhile leaves nothing
 * half made under it, and of two that make it at once the first is kept, for somebody may use it already.
 */
export function makeOnce(folder: string, fill: (folder: string) => void): void {
  if (existsSync(folder)) return
  const making = `${folder}.${process.pid}`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  fill(making)
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** Removes the folders in which nothing was made or opened for a day, and what is left of some that were never whole. */
export function removeUnused(parent: string): void {
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    const folder = join(parent, name)
    // Opening a store makes files beside it. Another benchmark may just have removed the folder.
    const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - changedAt > DAY_MS) rmSync(folder, { recursive: true, force: true })
  }
}
