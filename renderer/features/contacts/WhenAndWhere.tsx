import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { Button } from '../../components/Button.tsx'
import { DateField } from '../../components/DateField.tsx'
import { TimeField } from '../../components/TimeField.tsx'
import type { RecordParts } from './recordParts.ts'
import type { RecordState } from './recordState.ts'
import classes from './WhenAndWhere.module.css'

interface WhenAndWhereProps extends RecordParts {
  readonly reference: Answer<'session.reference'>
  readonly onDone: () => void
}

/** Kind, day, time, length and place, each changed in its field. Enter and Esc lead on to the note. */
export function WhenAndWhere({ record, saving, focus, reference, onDone }: WhenAndWhereProps) {
  const { state, today } = record
  const { problems } = saving.attempt
  const kind = useFocus<HTMLSelectElement>(focus.countFor('kind-field'))
  const minutes = useFocus<HTMLInputElement>(focus.countFor('minutes'))

  function change(field: keyof RecordState, value: string) {
    record.set({ [field]: value })
    saving.clear(field)
  }
  function finish(event: KeyboardEvent) {
    const isEnter = event.key === 'Enter' && !event.ctrlKey && !(event.target instanceof HTMLButtonElement)
    if (!isEnter && event.key !== 'Escape') return
    event.preventDefault()
    close()
  }
  function close() {
    onDone()
    focus.go('note')
  }

  return (
    <div className={classes.fields} onKeyDown={finish}>
      <NativeSelect
        ref={kind}
        label="Kind of contact"
        data={kindGroups(reference)}
        value={state.kind}
        onChange={event => change('kind', event.currentTarget.value)}
        error={problems['kind']}
      />
      <DateField
        label="Day"
        value={state.startedOn}
        onChange={value => change('startedOn', value)}
        today={today}
        error={problems['startedOn']}
      />
      <TimeField
        label="Began at"
        value={state.startedTime}
        onChange={value => change('startedTime', value)}
        error={problems['startedTime']}
      />
      <TextInput
        ref={minutes}
        label="Length in minutes"
        inputMode="numeric"
        value={state.durationMinutes}
        onChange={event => change('durationMinutes', event.currentTarget.value)}
        error={problems['durationMinutes']}
        autoComplete="off"
      />
      <TextInput
        label="Place"
        value={state.place}
        onChange={event => change('place', event.currentTarget.value)}
        error={problems['place']}
        autoComplete="off"
      />
      <div className={classes.done}>
        <Button onClick={close}>Done</Button>
      </div>
    </div>
  )
}

/** Gives focus to a field, with its text chosen, when the number changes. */
function useFocus<Field extends HTMLInputElement | HTMLSelectElement>(count: number) {
  const field = useRef<Field>(null)
  useEffect(() => {
    if (count === 0) return
    field.current?.focus()
    if (field.current instanceof HTMLInputElement) field.current.select()
  }, [count])
  return field
}

function kindGroups({ contactTypes }: Answer<'session.reference'>) {
  const of = (use: 'appointment' | 'logged') =>
    contactTypes.filter(type => type.use === use).map(({ code, label }) => ({ value: code, label }))
  return [
    { value: '', label: 'Choose a kind', disabled: true },
    { group: 'Meetings', items: of('appointment') },
    { group: 'Calls, messages and letters', items: of('logged') },
  ]
}
