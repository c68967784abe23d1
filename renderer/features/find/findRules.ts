import type { Answer } from '../../../shared/ipc/contract.ts'
import type { PersonLine } from '../../../shared/features/cases/caseViews.ts'
import type { Command } from './commands.ts'

export type FoundPerson = Answer<'find.people'>['people'][number]
export type FoundNote = Answer<'find.notes'>['notes'][number]
/** What tells people of one name apart, by case. */
export type About = ReadonlyMap<string, Answer<'find.about'>[number]>

/** One row of the results. */
export type Hit =
  | { readonly is: 'person'; readonly key: string; readonly person: FoundPerson }
  | { readonly is: 'recent'; readonly key: string; readonly person: PersonLine }
  | { readonly is: 'note'; readonly key: string; readonly note: FoundNote }
  | { readonly is: 'command'; readonly key: string; readonly command: Command }

/** Results of one sort, under their heading. */
export interface HitGroup {
  readonly title: string
  /** How many there are in all, in words. */
  readonly total: string
  readonly hits: readonly Hit[]
}

export interface Asked {
  readonly mode: 'all' | 'commands' | 'notes'
  /** What is searched for, without the first character that chooses the mode. */
  readonly text: string
}

/** What was typed: `>` alone at the beginning asks for commands, `#` for notes. */
export function readAsked(typed: string): Asked {
  const text = typed.trimStart()
  if (text.startsWith('>')) return { mode: 'commands', text: text.slice(1).trim() }
  if (text.startsWith('#')) return { mode: 'notes', text: text.slice(1).trim() }
  return { mode: 'all', text: text.trim() }
}

export const personHit = (person: FoundPerson): Hit => ({ is: 'person', key: `person ${person.caseId}`, person })
export const recentHit = (person: PersonLine): Hit => ({ is: 'recent', key: `recent ${person.caseId}`, person })
export const noteHit = (note: FoundNote): Hit => ({ is: 'note', key: `note ${note.contactId}`, note })
export const commandHit = (command: Command): Hit => ({ is: 'command', key: `command ${command.key}`, command })

/** The case that a hit belongs to; undefined for a command. */
export const caseOf = (hit: Hit | undefined): string | undefined => {
  if (!hit || hit.is === 'command') return undefined
  return hit.is === 'note' ? hit.note.caseId : hit.person.caseId
}
