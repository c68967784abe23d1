import { closeSync, constants, fsyncSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../../shared/ids.ts'

/** The folder of sealed files beside the store. All that is in it is sealed, and no name says anything. */
export interface FileFolder {
  /** A name that no file has. */
  newName(): string
  /**
   * Writes these bytes and makes them durable.
   *
   * @throws what the disk says; the file may then have some of the bytes.
   */
  write(name: string, at: number, bytes: Uint8Array): void
  /** The bytes at this place; fewer at the end of the file, none where there is no file. */
  read(name: string, at: number, length: number): Buffer
  remove(name: string): void
  list(): readonly string[]
}

const NAME_BYTES = 16
const TO_WRITE = constants.O_RDWR | constants.O_CREAT

export function openFileFolder(folder: string, random: Random): FileFolder {
  const pathOf = (name: string): string => join(folder, name)

  function create(): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  return {
    newName: () => Buffer.from(random.bytes(NAME_BYTES)).toString('hex'),

    write(name, at, bytes) {
      if (at === 0) create()
      const file = openSync(pathOf(name), TO_WRITE, 0o600)
      try {
        for (let written = 0; written < bytes.length;)
          written += writeSync(file, bytes, written, bytes.length - written, at + written)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      if (at === 0) syncFolder(folder)
    },

    read(name, at, length) {
      const bytes = Buffer.alloc(length)
      const file = openIfThere(pathOf(name))
      if (file === undefined) return Buffer.alloc(0)
      try {
        let got = 0
        for (let more = -1; more !== 0 && got < length; got += more)
          more = readSync(file, bytes, got, length - got, at + got)
        return bytes.subarray(0, got)
      } finally {
        closeSync(file)
      }
    },

    remove(name) {
      rmSync(pathOf(name), { force: true })
    },

    list() {
      try {
        return readdirSync(folder)
      } catch (error) {
        if (isMissing(error)) return []
        throw error
      }
    },
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** So that the name is there after a power cut, too. Windows has no such step and keeps names by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
