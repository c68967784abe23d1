import { useEffect, useRef } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { announce } from '../../app/announce.ts'
import { count } from '../../app/words.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { effectsOf, type Effect } from './effects.ts'
import classes from './EffectsPanel.module.css'
import { servesRequirement } from './recordState.ts'
import type { RecordModel } from './useRecord.ts'

const SPEAK_AFTER_MS = 600

interface EffectsPanelProps {
  readonly record: RecordModel
  readonly orders: Answer<'cases.open'>['orders'] | undefined
}

/** What saving does: the confirmation page that there is not, on screen all the time. */
export function EffectsPanel({ record, orders }: EffectsPanelProps) {
  const { state, described, slot, told, credited, today } = record
  const order = orders?.find(one => one.isActive && one.failures !== null)
  const effects = effectsOf({
    ...described,
    today,
    slot,
    told,
    nextChoice: state.nextChoice,
    sensitive: state.sensitive,
    failures: order?.failures ?? null,
    credited: servesRequirement(described) ? credited : undefined,
  })
  useSpokenChanges(effects)

  return (
    <Panel title="What saving does" isArea={false}>
      {effects.length === 0 && <EmptyState>Choose an outcome first.</EmptyState>}
      {effects.length > 0 && (
        <>
          <div className={classes.open}>
            <Lines effects={effects} />
          </div>
          <details className={classes.folded}>
            <summary>Saving does {count(effects.length, 'thing')}</summary>
            <Lines effects={effects} />
          </details>
        </>
      )}
    </Panel>
  )
}

function Lines({ effects }: { readonly effects: readonly Effect[] }) {
  return (
    <ul className={classes.does}>
      {effects.map(({ about, text }) => (
        <li key={about}>
          <span aria-hidden className={classes.tick}>
            ✓
          </span>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}

/** Says what became different, once it has rested. */
function useSpokenChanges(effects: readonly Effect[]): void {
  const said = useRef<readonly string[] | null>(null)
  const lines = effects.map(effect => effect.text).join('\n')
  useEffect(() => {
    const rest = setTimeout(() => {
      const now = lines === '' ? [] : lines.split('\n')
      const fresh = now.filter(line => said.current !== null && !said.current.includes(line))
      said.current = now
      if (fresh.length > 0) announce(fresh.join('. '))
    }, SPEAK_AFTER_MS)
    return () => clearTimeout(rest)
  }, [lines])
}
