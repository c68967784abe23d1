import type { ReactNode } from 'react'

/** Words for readers alone, among the words that everybody sees. */
export function Unseen({ children }: { readonly children: ReactNode }) {
  return <span className="unseen">{children}</span>
}
