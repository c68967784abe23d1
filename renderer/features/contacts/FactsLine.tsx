import { useState, type ReactNode } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { announce } from '../../app/announce.ts'
import { ariaKeysOf } from '../../app/keys.ts'
import type { ShortcutId } from '../../app/shortcuts.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { count } from '../../app/words.ts'
import { KeyCap } from '../../components/KeyCap.tsx'
import { minutesOf } from './entryRules.ts'
import classes from './FactsLine.module.css'
import type { RecordParts } from './recordParts.ts'
import { timesText } from './recordText.ts'
import { WhenAndWhere } from './WhenAndWhere.tsx'

interface FactsLineProps extends RecordParts {
  readonly reference: Answer<'session.reference'>
}

const FIELDS_BEHIND = ['startedOn', 'startedTime', 'durationMinutes', 'place', 'kind']

/** Times, place, people and sensitivity: shown as they will be saved, and changed where they are not right. */
export function FactsLine(props: FactsLineProps) {
  const { record, saving, focus, opened } = props
  const { state, described } = record
  const [isOpen, setOpen] = useState(false)
  const isRefused = FIELDS_BEHIND.some(field => saving.attempt.problems[field]) && state.kind !== ''
  const minutes = minutesOf(state.durationMinutes)

  function edit(target: 'minutes' | 'kind-field') {
    setOpen(true)
    focus.go(target)
  }
  function toggleSensitive() {
    record.set({ sensitive: !state.sensitive })
    announce(state.sensitive ? 'Sensitive: no' : 'Sensitive: yes. It cannot be taken off once it is saved')
  }
  useShortcut('record.duration', () => edit('minutes'))
  useShortcut('record.kind', () => edit('kind-field'))
  useShortcut('record.sensitive', toggleSensitive)

  return (
    <>
      <div className={classes.facts}>
        <Fact keys="record.duration" onClick={() => edit('minutes')}>
          <span>
            <b>{timesText(state)}</b>, {minutes === undefined ? 'no length' : count(minutes, 'minute')}
          </span>
        </Fact>
        <Fact keys="record.kind" onClick={() => edit('kind-field')}>
          {state.place || described.type?.label || 'Kind and place'}
        </Fact>
        {opened.appointment && <span>With {opened.appointment.withUserName}</span>}
        <Fact keys="record.sensitive" isOn={state.sensitive} onClick={toggleSensitive}>
          <span>
            Sensitive: <b>{state.sensitive ? 'yes' : 'no'}</b>
          </span>
        </Fact>
      </div>
      {(isOpen || isRefused) && <WhenAndWhere {...props} onDone={() => setOpen(false)} />}
    </>
  )
}

interface FactProps {
  readonly keys: ShortcutId
  readonly isOn?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

function Fact({ keys, isOn, onClick, children }: FactProps) {
  return (
    <button
      type="button"
      className={classes.fact}
      aria-keyshortcuts={ariaKeysOf(keys)}
      aria-pressed={isOn}
      onClick={onClick}
    >
      {children}
      <KeyCap id={keys} />
    </button>
  )
}
