import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ToldHow } from '../../../shared/features/appointments/appointment.ts'
import type { AppointmentView } from '../../../shared/features/appointments/appointmentViews.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import type { AppError } from '../../../shared/result.ts'
import { useAction } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { errorText, fieldProblems, reasonWords } from '../../app/errorText.ts'
import { slotText } from '../../app/slotText.ts'
import { offerUndo } from '../../app/undo.ts'
import { useTypedSlot } from '../../app/useTypedSlot.ts'
import { isToldHow, toldChoices } from '../../app/words.ts'
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { Form } from '../../components/Form.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { WhenField } from '../../components/WhenField.tsx'
import { askedByChoices, moveChoices } from './appointmentText.ts'

const REASON_LENGTH_MAX = 160

interface MoveFormProps {
  readonly appointment: AppointmentView
  readonly name: string
  readonly opened: Answer<'forms.openContact'>
  readonly ids: Answer<'forms.ids'>
  readonly onClose: () => void
}

/** Asks who wanted it, why, and for when. */
export function MoveForm({ appointment, name, opened, ids, onClose }: MoveFormProps) {
  const today = useToday()
  const [what, setWhat] = useState<'move' | 'cancel'>('move')
  const [askedBy, setAskedBy] = useState<'person' | 'service'>('person')
  const [typed, setTyped] = useState('')
  const [toldHow, setToldHow] = useState<ToldHow>('not-told')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<AppError | null>(null)
  const from = { on: appointment.startsOn, time: appointment.startsTime }
  const { when, reading } = useTypedSlot(typed, today, from, appointment.durationMinutes)
  const move = useAction('appointments.move')
  const cancel = useAction('appointments.cancel')
  const problems = error ? fieldProblems(error, reasonWords(REASON_LENGTH_MAX)) : undefined

  async function save() {
    const base = {
      actionId: ids.actionId,
      caseId: appointment.caseId,
      appointmentId: appointment.id,
      baseRev: opened.appointmentBaseRev,
      askedBy,
      reason,
    }
    const missing = whatIsMissing({ what, when, reason })
    if (missing) return setError(missing)
    const saved =
      what === 'cancel'
        ? await cancel.run({ ...base, opId: ids.opIds[0] })
        : await move.run({
            ...base,
            opIds: [...ids.opIds],
            newId: ids.id,
            startsOn: when?.on ?? '',
            startsTime: when?.time ?? '',
            toldHow,
          })
    if (!saved.ok) return setError(saved.error)
    const done = what === 'move' && when ? `moved to ${slotText(when, today)}` : 'cancelled'
    offerUndo({ ...saved.value, text: `Appointment of ${name} ${done}` })
    onClose()
  }

  return (
    <Form refusal={error}>
      <ChoiceGroup label="What" choices={moveChoices} chosen={what} onChoose={setWhat} focusCount={1} isLabelShown />
      <ChoiceGroup label="Who asked" choices={askedByChoices} chosen={askedBy} onChoose={setAskedBy} isLabelShown />
      {what === 'move' && (
        <>
          <WhenField
            label="New day and time"
            value={typed}
            onChange={setTyped}
            reading={reading}
            error={problems?.['startsOn'] ?? problems?.['startsTime']}
          />
          <NativeSelect
            label="Told"
            data={toldChoices()}
            value={toldHow}
            onChange={({ currentTarget }) => isToldHow(currentTarget.value) && setToldHow(currentTarget.value)}
          />
        </>
      )}
      <TextInput
        label={what === 'cancel' ? 'Why' : 'Why (if there is something to say)'}
        value={reason}
        onChange={event => setReason(event.currentTarget.value)}
        error={problems?.['reason']}
        autoComplete="off"
      />
      <FormFoot
        saveText={what === 'move' ? 'Move the appointment' : 'Cancel the appointment'}
        isSaving={move.isRunning || cancel.isRunning}
        onSave={() => void save()}
        onLeave={onClose}
        error={error && !problems ? errorText(error) : undefined}
      />
    </Form>
  )
}

interface MoveAnswers {
  readonly what: 'move' | 'cancel'
  readonly when: { readonly on: string } | undefined
  readonly reason: string
}

function whatIsMissing({ what, when, reason }: MoveAnswers): AppError | undefined {
  if (what === 'move' && !when) return { code: 'invalid-input', fields: { startsOn: 'not-understood' } }
  if (what === 'cancel' && reason.trim() === '') return { code: 'invalid-input', fields: { reason: 'required' } }
  return undefined
}
