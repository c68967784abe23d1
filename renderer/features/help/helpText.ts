import { shortcuts, TAKES_OVER, type Scope, type Shortcut, type ShortcutId } from '../../app/shortcuts.ts'

/** The scope of the screen at this address; null for a screen that has no keys of its own. */
export function scopeAt(pathname: string): Scope | null {
  if (pathname.endsWith('/record')) return 'record'
  if (pathname.startsWith('/case/')) return 'case'
  if (pathname.startsWith('/caseload')) return 'caseload'
  if (pathname.startsWith('/sync')) return 'sync'
  return pathname === '/' ? 'today' : null
}

export interface ScopeRows {
  readonly scope: Scope
  readonly rows: readonly { readonly id: ShortcutId; readonly label: string }[]
}

/** Every shortcut by scope: those of the screen first with the questions that belong to it, then everywhere, then the rest. */
export function helpRows(screen: Scope | null): readonly ScopeRows[] {
  const entries = Object.entries(shortcuts) as readonly (readonly [ShortcutId, Shortcut])[] // Object.entries widens the keys
  const scopes = [...new Set(entries.map(([, { scope }]) => scope))]
  const rank = (scope: Scope) =>
    scope === screen ? 0 : screen !== null && TAKES_OVER[scope] === screen ? 1 : scope === 'everywhere' ? 2 : 3
  return scopes
    .toSorted((a, b) => rank(a) - rank(b))
    .map(scope => ({
      scope,
      rows: entries.filter(([, row]) => row.scope === scope).map(([id, { label }]) => ({ id, label })),
    }))
}
