import { cpSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../../scripts/node24.mjs'
import { aFolder } from './aFolder.ts'

/** A copy of these files and folders of the clone, with its packages: what a command writes there is written nowhere else. */
export function aClone(...paths: readonly string[]): string {
  const clone = aFolder()
  for (const path of ['scripts', 'package.json', 'package-lock.json', ...paths])
    cpSync(join(root, path), join(clone, path), { recursive: true, filter: file => basename(file) !== 'node_modules' })
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction')
  return clone
}
