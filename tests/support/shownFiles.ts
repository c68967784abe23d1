import { readdirSync, readFileSync, readlinkSync, statSync, type Dirent } from 'node:fs'
import { join } from 'node:path'

/** Every file below a folder; other programs may take folders away meanwhile. */
export function filesIn(folder: string): readonly string[] {
  return listFolder(folder).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(path)
    return entry.isFile() ? [path] : []
  })
}

/** Files that the process holds open, deleted ones too. */
export function filesHeldBy(pid: number): readonly string[] {
  return listFolder(`/proc/${pid}/fd`)
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(path => readLink(path).startsWith('/') && statSync(path, { throwIfNoEntry: false })?.isFile() === true)
}

/** Those of the files that show the marker to whoever reads them. */
export const showing = (marker: string, files: readonly string[]): readonly string[] =>
  files.filter(path => {
    const bytes = readBytes(path)
    return bytes.includes(marker) || bytes.includes(Buffer.from(marker, 'utf16le'))
  })

export function listFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
