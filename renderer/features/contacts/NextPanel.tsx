import { NativeSelect } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { announce } from '../../app/announce.ts'
import { isToldHow, toldChoices } from '../../app/words.ts'
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { Panel } from '../../components/Panel.tsx'
import { WhenField } from '../../components/WhenField.tsx'
import classes from './NextPanel.module.css'
import { nextChoices } from './nextRules.ts'
import type { RecordParts } from './recordParts.ts'

/** The next appointment: proposed, and booked only when it is chosen. */
export function NextPanel(parts: RecordParts) {
  const { record, saving, focus, answer } = parts
  const { state, nextFacts, today, slot, told } = record
  const isTyped = state.nextChoice?.startsWith('typed') ?? false
  const choices = nextChoices(nextFacts, state.nextChoice, today)
  return (
    <Panel title="Next appointment" note="booked only if you choose" side={<KeyCap id="record.next" />}>
      <div className={classes.body}>
        <ChoiceGroup
          label="Next appointment"
          choices={choices}
          chosen={state.nextChoice}
          onChoose={nextChoice => answer({ nextChoice }, 'next')}
          look="column"
          focusCount={focus.countFor('next')}
          error={isTyped ? undefined : saving.attempt.problems['next']}
          isEntry
        />
        <div className={classes.more}>
          {isTyped && <TypedTime {...parts} />}
          {slot && (
            <NativeSelect
              label="Told"
              data={toldChoices()}
              value={told}
              onChange={({ currentTarget }) =>
                isToldHow(currentTarget.value) && record.set({ toldHow: currentTarget.value })
              }
            />
          )}
        </div>
      </div>
    </Panel>
  )
}

function TypedTime({ record, saving, focus }: RecordParts) {
  const { state, typedReading, slot } = record
  const field = useRef<HTMLInputElement>(null)
  const focusCount = focus.countFor('typed')
  // The DOM: focus.
  useEffect(() => {
    if (focusCount > 0) field.current?.focus()
  }, [focusCount])

  function finish(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.ctrlKey) return
    event.preventDefault()
    announce(typedReading)
    if (slot) focus.go('next')
  }

  return (
    <WhenField
      ref={field}
      label="Day and time"
      value={state.nextTyped}
      onChange={nextTyped => {
        record.set({ nextTyped, nextChoice: 'typed' })
        saving.clear('next')
      }}
      onKeyDown={finish}
      reading={typedReading}
      error={saving.attempt.problems['next']}
    />
  )
}
