interface PolicyFactory {
  createPolicy(name: string, rules: { readonly createHTML: (text: string) => string | null }): unknown
}

/**
 * Lets style sheets through and refuses markup: no text of a record can become an element, whatever a library does with it.
 * Without a rule for scripts, making one from a string is refused by the browser.
 */
export function refuseMarkup(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory } // not yet in TypeScript's DOM types
  trustedTypes?.createPolicy('default', { createHTML: text => (text.includes('<') ? null : text) })
}
