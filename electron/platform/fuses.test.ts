import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The sections of electron-builder.yml as they stand, each with its own lines. */
function sections(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8')
  const lines = text.split('\n').filter(line => line.trim() !== '' && !line.trimStart().startsWith('#'))
  const found = new Map<string, string[]>()
  let current: string[] = []
  for (const line of lines) {
    const [, name] = /^(\S+?):/.exec(line) ?? []
    if (name === undefined) current.push(line.trim())
    else {
      expect(found.has(name), `${name} stands there twice`).toBe(false)
      current = [line.slice(name.length + 1).trim()].filter(value => value !== '')
      found.set(name, current)
    }
  }
  return found
}

describe('the packed program', () => {
  it('has every switch the safe way round, and none that is not known here', () => {
    const fuses = sections().get('electronFuses') ?? []

    expect(fuses.map(line => line.split(': '))).toEqual([
      ['runAsNode', 'false'],
      ['enableCookieEncryption', 'true'],
      ['enableNodeOptionsEnvironmentVariable', 'false'],
      ['enableNodeCliInspectArguments', 'false'],
      ['enableEmbeddedAsarIntegrityValidation', 'true'],
      ['onlyLoadAppFromAsar', 'true'],
      ['loadBrowserProcessSpecificV8Snapshot', 'false'],
      ['grantFileProtocolExtraPrivileges', 'false'],
    ])
  })

  it('is one archive, as two of the switches need, of which only the SQLite driver lies outside', () => {
    expect(sections().get('asar')).toEqual(['true'])
    expect(sections().get('asarUnpack')).toEqual(['- node_modules/better-sqlite3/**'])
  })

  it('holds what was built, the migrations and the reference data; no source, no test, no map', () => {
    expect(sections().get('files')).toEqual([
      '- build/app/**',
      '- db/migrations/**',
      '- resources/**',
      '- package.json',
      "- '!**/*.map'",
    ])
  })
})
