import { creditOf } from './entryRules.ts'
import classes from './NotePanel.module.css'
import type { RecordParts } from './recordParts.ts'
import { servesRequirement } from './recordState.ts'

/** What of the order this contact serves: nothing unless it is pressed. */
export function CreditButtons({ record, opened }: RecordParts) {
  const { state, described } = record
  const countable = opened.progress.filter(
    one => one.done < one.amount && (one.unit === 'days' || one.unit === 'hours'),
  )
  if (countable.length === 0 || !servesRequirement(described)) return null
  return (
    <div className={classes.feeds} role="group" aria-label="What this contact counts for">
      <span>Counts for</span>
      {countable.map(({ requirementId, label, unit, done, amount }) => {
        const isOn = state.creditsRequirementId === requirementId
        const after = done + creditOf(unit, state.durationMinutes)
        return (
          <button
            key={requirementId}
            type="button"
            className={classes.credit}
            aria-pressed={isOn}
            onClick={() => record.set({ creditsRequirementId: isOn ? null : requirementId })}
          >
            {label}, {after} of {amount} {isOn ? '✓' : '?'}
          </button>
        )
      })}
    </div>
  )
}
