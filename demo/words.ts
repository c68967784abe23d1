import type { Person } from './people/person.ts'

/** What stands in braces in a text, by name. */
export type Words = Readonly<Record<string, string>>

/**
 * Puts the words in the place of `{name}`, from the first set that has it. A name that nobody knows stays, and a test looks
 * for it.
 */
export function fillIn(text: string, ...sets: readonly Words[]): string {
  let filled = ''
  let done = 0
  // By hand, since a regular expression with a function takes three times as long, and notes are most of the work.
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', done)) {
    const close = text.indexOf('}', open)
    if (close < 0) break
    filled += text.slice(done, open) + (wordFor(text.slice(open + 1, close), sets) ?? text.slice(open, close + 1))
    done = close + 1
  }
  return done === 0 ? text : filled + text.slice(done)
}

function wordFor(name: string, sets: readonly Words[]): string | undefined {
  for (const words of sets) {
    const word = words[name]
    if (word !== undefined) return word
  }
  return undefined
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The words for the person: `{Name}`, `{he}`, `{He}`, `{was}`, and the ending of `ring{s}` or `go{es}`. */
export function personWords({ called, pronouns }: Pick<Person, 'called' | 'pronouns'>): Words {
  const { he, him, his } = pronouns
  return { ...pronouns, Name: called, He: capital(he), Him: capital(him), His: capital(his) }
}
