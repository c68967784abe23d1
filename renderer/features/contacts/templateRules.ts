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

/** The first place of a template that is to be replaced, in square brackets; its end where there is none. */
export function firstStop(body: string): { readonly from: number; readonly to: number } {
  const stop = /\[[^\]\n]*\]/.exec(body)
  return stop ? { from: stop.index, to: stop.index + stop[0].length } : { from: body.length, to: body.length }
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
