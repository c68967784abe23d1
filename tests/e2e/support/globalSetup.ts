import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FullConfig } from '@playwright/test'
import { buildIfStale } from '../../../scripts/build.mjs'

const root = join(import.meta.dirname, '../../..')

/** Builds what is tested, and writes down on which hosts it is. */
export default async function globalSetup(config: FullConfig): Promise<void> {
  await buildIfStale()
  const covered = new Set(config.projects.map(project => project.name))
  const hosts = [
    { name: 'browser shell', covered: covered.has('browser-shell') },
    covered.has('electron')
      ? { name: 'Electron', covered: true }
      : { name: 'Electron', covered: false, why: 'no Electron program that this user can run' },
  ]
  mkdirSync(join(root, 'build'), { recursive: true })
  writeFileSync(join(root, 'build/e2e-hosts.json'), JSON.stringify({ hosts }))
}
