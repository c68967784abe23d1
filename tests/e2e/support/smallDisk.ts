import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startProcess } from './processes.ts'

const execute = promisify(execFile)

/** A disk of its own, in memory, that only programs started with `prefix` can see. */
export interface SmallDisk {
  readonly folder: string
  readonly prefix: readonly string[]
  /** Takes every free byte. */
  fill(): Promise<void>
  makeRoom(): Promise<void>
  setWritable(isWritable: boolean): Promise<void>
  end(): Promise<void>
}

const REFUSED =
  'This test needs a disk of its own, and the system refuses "unshare --map-root-user --mount" with a tmpfs: install util-linux, ' +
  'and run it as root or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0)'

/** Makes a disk of that many megabytes, in a namespace of mounts that needs no rights of root. */
export async function aSmallDisk(folder: string, megabytes: number): Promise<SmallDisk> {
  mkdirSync(folder, { recursive: true })
  const script = `mount -t tmpfs -o size=${megabytes}m,mode=700 none "$1" && echo mounted && exec cat`
  const holder = startProcess('unshare', ['--map-root-user', '--mount', 'sh', '-c', script, 'sh', folder])
  await holder.line(/mounted/).catch((cause: unknown) => {
    throw new Error(REFUSED, { cause })
  })
  const enter = ['--target', String(holder.process.pid), '--mount', '--user', '--preserve-credentials']
  const inside = (...command: readonly string[]) => execute('nsenter', [...enter, ...command])
  const filler = join(folder, 'filler')
  return {
    folder,
    prefix: ['nsenter', ...enter, `--wd=${process.cwd()}`],
    async fill() {
      // dd ends with an error when the disk is full, which is what is wanted.
      await inside('dd', 'if=/dev/zero', `of=${filler}`, 'bs=4096').catch(() => undefined)
    },
    async makeRoom() {
      await inside('rm', filler)
    },
    async setWritable(isWritable) {
      // The mount, not its file system: that an ordinary user may not change.
      await inside('mount', '-o', `remount,bind,${isWritable ? 'rw' : 'ro'}`, folder)
    },
    async end() {
      await holder.kill()
    },
  }
}
