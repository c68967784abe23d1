import type { ContactType, Outcome } from '../../../shared/features/reference/reference.ts'
import type { TemplateView } from '../../../shared/features/forms/formsContract.ts'

/** Stands before the words that were there when a template was put in. */
export const EARLIER_TEXT = 'Earlier text'

/**
 * The note with a template at its beginning. Every word that was typed stays, at the end; only another template that
 * nobody has touched goes.
 */
export function withTemplate(note: string, body: string, untouched: string | null): string {
  const typed = note.trim() === untouched?.trim() ? '' : note.trim()
  return typed === '' ? body : `${body.trimEnd()}\n\n${EARLIER_TEXT}\n${typed}`
}

/** Where to write first in a template: at the end of its first line that ends open, else at its end. */
export function firstPlace(body: string): number {
  const lines = body.split('\n')
  const heading = lines.findIndex((line, at) => line.trim() !== '' && (lines[at + 1] ?? '').trim() === '')
  if (heading < 0) return body.length
  // A heading is followed by an empty line to write on; without one, write at the end of the heading's own line.
  const before = lines.slice(0, heading + 1).join('\n').length
  return lines.length > heading + 1 ? before + 1 : before
}

interface Suited {
  /** Codes of kinds; empty for all. */
  readonly kinds: readonly string[]
  readonly suits: TemplateView['suits']
}

/** The templates that suit what is recorded; all of them where none does. */
export function suitableTemplates<Template extends Suited>(
  templates: readonly Template[],
  type: Pick<ContactType, 'code'> | undefined,
  outcome: Pick<Outcome, 'attendance'> | undefined,
): readonly Template[] {
  const suits = templates.filter(
    one =>
      (one.kinds.length === 0 || type === undefined || one.kinds.includes(type.code)) &&
      (one.suits === 'any' || outcome === undefined || one.suits === outcome.attendance),
  )
  return suits.length > 0 ? suits : templates
}
