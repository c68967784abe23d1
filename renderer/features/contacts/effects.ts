import type { ToldHow } from '../../../shared/features/appointments/appointment.ts'
import type { When } from '../../../shared/features/appointments/readWhen.ts'
import { slotText } from '../../app/slotText.ts'
import { toldText } from '../../app/words.ts'
import type { NextChoice } from './nextRules.ts'
import { hasOutcome, type Described } from './recordState.ts'

/** One thing that saving does, in words. */
export interface Effect {
  readonly about: 'contact' | 'failures' | 'decision' | 'credits' | 'next' | 'sensitive'
  readonly text: string
}

export interface EffectFacts extends Described {
  readonly today: string
  /** How failures stand before this contact; null where the order counts none or is not known yet. */
  readonly failures: {
    readonly count: number
    readonly limit: number | null
    readonly afterwards: 'breach' | 'recall'
  } | null
  readonly credited:
    { readonly label: string; readonly done: number; readonly amount: number; readonly credit: number } | undefined
  readonly nextChoice: NextChoice | null
  readonly slot: When | null
  readonly told: ToldHow
  readonly sensitive: boolean
}

/** What saving does, in the order in which it is read. */
export function effectsOf(facts: EffectFacts): readonly Effect[] {
  const { type, outcome, sensitive } = facts
  if (hasOutcome(type) && !outcome) return []
  return [
    { about: 'contact', text: outcome?.label ?? type?.label ?? 'Contact' },
    ...failureEffects(facts),
    ...decisionEffects(facts),
    ...creditEffects(facts),
    ...nextEffects(facts),
    ...(sensitive
      ? [{ about: 'sensitive' as const, text: 'Sensitive: kept from the person. Cannot be taken off' }]
      : []),
  ]
}

/** Whether the outcome is a failure to comply: of a kind that counts, and not waiting for evidence. */
const isFailure = ({ type, outcome }: Described): boolean =>
  (type?.nationalStandards ?? false) && outcome !== undefined && !outcome.complied && outcome.code !== 'AFTA'

function failureEffects(facts: EffectFacts): readonly Effect[] {
  const { failures, outcome } = facts
  if (!failures || !outcome) return []
  const of = failures.limit === null ? '' : ` of ${failures.limit}`
  if (!isFailure(facts)) return [{ about: 'failures', text: `Failures stay at ${failures.count}${of}` }]
  const after = failures.count + 1
  const opens =
    failures.limit !== null && after >= failures.limit
      ? `. ${failures.afterwards === 'breach' ? 'Breach' : 'Recall'} opens`
      : ''
  return [{ about: 'failures', text: `Failures go from ${failures.count} to ${after}${of}${opens}` }]
}

function decisionEffects({ type, outcome }: EffectFacts): readonly Effect[] {
  if (!type?.nationalStandards) return []
  if (outcome?.code === 'UAAB') return [{ about: 'decision', text: 'A warning letter becomes owed' }]
  return outcome?.code === 'AFTA' ? [{ about: 'decision', text: 'Evidence becomes owed' }] : []
}

function creditEffects({ credited }: EffectFacts): readonly Effect[] {
  if (!credited) return []
  const { label, done, amount, credit } = credited
  return [{ about: 'credits', text: `${label} ${done} to ${done + credit} of ${amount}` }]
}

function nextEffects({ slot, told, nextChoice, today }: EffectFacts): readonly Effect[] {
  if (slot) return [{ about: 'next', text: `Appointment ${slotText(slot, today)}, ${toldWords(told)}` }]
  return nextChoice === 'none' ? [{ about: 'next', text: 'No next appointment' }] : []
}

const toldWords = (told: ToldHow): string => (told === 'not-told' ? toldText[told] : `told ${toldText[told]}`)
