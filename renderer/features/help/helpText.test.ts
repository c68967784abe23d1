import { describe, expect, it } from 'vitest'
import { shortcuts } from '../../app/shortcuts.ts'
import { helpRows, scopeAt } from './helpText.ts'

describe('the help sheet', () => {
  it('has every shortcut once', () => {
    const ids = helpRows('today').flatMap(({ rows }) => rows.map(row => row.id))

    expect(ids.toSorted()).toEqual(Object.keys(shortcuts).toSorted())
  })

  it('begins with the screen, then what belongs to it, then everywhere', () => {
    const scopes = helpRows('record').map(({ scope }) => scope)

    expect(scopes[0]).toBe('record')
    expect(scopes.indexOf('record reasons')).toBeLessThan(scopes.indexOf('everywhere'))
    expect(helpRows('today').map(({ scope }) => scope)[1]).toBe('everywhere')
  })

  it('begins with what works everywhere where the screen has no keys of its own', () => {
    expect(helpRows(null).map(({ scope }) => scope)[0]).toBe('everywhere')
  })

  it.each([
    ['/', 'today'],
    ['/caseload', 'caseload'],
    ['/case/01890000', 'case'],
    ['/case/01890000/details', 'case'],
    ['/case/01890000/record', 'record'],
    ['/sync', 'sync'],
    ['/results', null],
  ])('takes %s for the screen %s', (pathname, scope) => {
    expect(scopeAt(pathname)).toBe(scope)
  })
})
