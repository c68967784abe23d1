import { describe, expect, it } from 'vitest'
import { ariaKeysOf, capOf, isPressOf, isSingleKey, type Press } from './keys.ts'
import { DIALOG_SCOPES, shortcuts, TAKES_OVER, type Scope, type Shortcut, type ShortcutId } from './shortcuts.ts'

const rows = Object.entries(shortcuts) as readonly (readonly [ShortcutId, Shortcut])[] // Object.entries widens the keys
const inScope = (scope: Scope) => rows.filter(([, row]) => row.scope === scope)
const keysOf = (some: readonly (readonly [ShortcutId, Shortcut])[]) => some.map(([, row]) => row.keys)

const aPress = (some: Partial<Press>): Press => ({
  key: '',
  code: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...some,
})

describe('the list of shortcuts', () => {
  const scopes = [...new Set(rows.map(([, row]) => row.scope))]

  it.each(scopes)('gives no two rows of %s the same keys', scope => {
    const keys = keysOf(inScope(scope))

    expect(keys).toEqual([...new Set(keys)])
  })

  it.each(scopes.filter(scope => scope !== 'everywhere' && !DIALOG_SCOPES.has(scope)))(
    'gives no row of %s the keys of one that works everywhere',
    scope => {
      const everywhere = new Set(keysOf(inScope('everywhere')))

      expect(keysOf(inScope(scope)).filter(keys => everywhere.has(keys))).toEqual([])
    },
  )

  it('takes over letters only from the screen that a question belongs to', () => {
    for (const scope of Object.keys(TAKES_OVER)) expect(scope.startsWith(TAKES_OVER[scope as Scope] ?? '-')).toBe(true)
  })

  it('uses nothing that belongs to Windows, to AltGr or to the browser', () => {
    const theirs =
      /^(Ctrl\+Alt\+.*|Alt\+(Tab|F4|D|E|F|Escape| )|Ctrl\+(Escape|N|T|W|A|C|X|V|Y|B|I|U)|F5|F7|F10|F11|F12)$/

    expect(keysOf(rows).filter(keys => theirs.test(keys))).toEqual([])
  })
})

describe('a key press', () => {
  it.each<[Partial<Press>, ShortcutId, boolean]>([
    [{ key: 'k', code: 'KeyK', ctrlKey: true }, 'app.find', true],
    [{ key: 'K', code: 'KeyK', ctrlKey: true }, 'app.find', true],
    [{ key: 'k', code: 'KeyK', ctrlKey: true, shiftKey: true }, 'app.find', false],
    [{ key: 'k', code: 'KeyK', ctrlKey: true, altKey: true }, 'app.find', false],
    [{ key: 'A', code: 'KeyA' }, 'record.attended', true],
    [{ key: 'a', code: 'KeyA', metaKey: true }, 'record.attended', false],
    [{ key: '1', code: 'Digit1', ctrlKey: true }, 'app.today', true],
    [{ key: '1', code: 'Numpad1' }, 'record.in1', false],
    [{ key: '?', code: 'Slash', shiftKey: true }, 'app.helpKey', true],
    [{ key: '/', code: 'Slash' }, 'caseload.filter', true],
    [{ key: ' ', code: 'Space' }, 'today.prepare', true],
    [{ key: 'F6', code: 'F6' }, 'app.nextArea', true],
    [{ key: 'F6', code: 'F6', shiftKey: true }, 'app.nextArea', false],
    [{ key: 'F6', code: 'F6', shiftKey: true }, 'app.previousArea', true],
    [{ key: 'ArrowLeft', code: 'ArrowLeft', altKey: true }, 'app.back', true],
    [{ key: 'ArrowLeft', code: 'ArrowLeft', altKey: true }, 'today.previousDay', false],
  ])('%o is %s: %s', (press, id, expected) => {
    expect(isPressOf(aPress(press), id)).toBe(expected)
  })

  it('is shown as its cap and told to assistive technology in its own words', () => {
    expect(capOf('record.saveNext')).toBe('Ctrl Shift Enter')
    expect(capOf('app.back')).toBe('Alt ←')
    expect(ariaKeysOf('app.save')).toBe('Control+Enter')
    expect(isSingleKey('app.helpKey')).toBe(true)
    expect(isSingleKey('today.main')).toBe(false)
  })
})
