import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ToldHow } from '../../../shared/features/appointments/appointment.ts'
import type { ContactType } from '../../../shared/features/reference/reference.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import type { AppError } from '../../../shared/result.ts'
import { useAction } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { errorText, fieldProblems } from '../../app/errorText.ts'
import { slotText } from '../../app/slotText.ts'
import { offerUndo } from '../../app/undo.ts'
import { useTypedSlot } from '../../app/useTypedSlot.ts'
import { isToldHow, toldChoices } from '../../app/words.ts'
import { FieldPair, Form } from '../../components/Form.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { useFocusAtStart } from '../../components/useFocusAtStart.ts'
import { WhenField } from '../../components/WhenField.tsx'

const USUAL_KIND = 'COAP'
const USUAL_MINUTES = 30

interface BookFormProps {
  readonly caseId: string
  readonly name: string
  readonly ids: Answer<'forms.ids'>
  readonly types: readonly ContactType[]
  readonly onClose: () => void
}

/** Asks for the kind, the time, the place and how the person was told. */
export function BookForm({ caseId, name, ids, types, onClose }: BookFormProps) {
  const today = useToday()
  const start = useFocusAtStart<HTMLInputElement>()
  const kinds = types.filter(type => type.use === 'appointment')
  const [kind, setKind] = useState(USUAL_KIND)
  const [typed, setTyped] = useState('')
  const [minutes, setMinutes] = useState(String(USUAL_MINUTES))
  const [place, setPlace] = useState('')
  const [toldHow, setToldHow] = useState<ToldHow>('not-told')
  const [error, setError] = useState<AppError | null>(null)
  const durationMinutes = /^\d{1,3}$/.test(minutes.trim()) ? Number(minutes) : Number.NaN
  const { when, reading } = useTypedSlot(typed, today, { on: today, time: '10:00' }, durationMinutes || USUAL_MINUTES)
  const book = useAction('appointments.book')
  const problems = error ? fieldProblems(error) : undefined
  const problemOf = (field: string) => problems?.[field] ?? problems?.[`appointment.${field}`]

  async function save() {
    if (!when) return setError({ code: 'invalid-input', fields: { startsOn: 'not-understood' } })
    if (Number.isNaN(durationMinutes))
      return setError({ code: 'invalid-input', fields: { durationMinutes: 'not-allowed' } })
    const saved = await book.run({
      actionId: ids.actionId,
      opId: ids.opIds[0],
      id: ids.id,
      caseId,
      appointment: { kind, startsOn: when.on, startsTime: when.time, durationMinutes, place, toldHow },
    })
    if (!saved.ok) return setError(saved.error)
    offerUndo({ ...saved.value, text: `Appointment for ${name}, ${slotText(when, today)}` })
    onClose()
  }

  return (
    <Form refusal={error}>
      <WhenField
        ref={start}
        label="Day and time"
        value={typed}
        onChange={setTyped}
        reading={reading}
        error={problemOf('startsOn') ?? problemOf('startsTime')}
      />
      <FieldPair>
        <NativeSelect
          label="Kind"
          data={kinds.map(({ code, label }) => ({ value: code, label }))}
          value={kind}
          onChange={event => setKind(event.currentTarget.value)}
          error={problemOf('kind')}
        />
        <TextInput
          label="Length in minutes"
          inputMode="numeric"
          value={minutes}
          onChange={event => setMinutes(event.currentTarget.value)}
          error={problemOf('durationMinutes') && 'Type a number of minutes from 0 to 600'}
        />
      </FieldPair>
      <FieldPair>
        <TextInput
          label="Place"
          value={place}
          onChange={event => setPlace(event.currentTarget.value)}
          error={problemOf('place')}
        />
        <NativeSelect
          label="Told"
          data={toldChoices()}
          value={toldHow}
          onChange={({ currentTarget }) => isToldHow(currentTarget.value) && setToldHow(currentTarget.value)}
        />
      </FieldPair>
      <FormFoot
        saveText="Book the appointment"
        isSaving={book.isRunning}
        onSave={() => void save()}
        onLeave={onClose}
        error={error && !problems ? errorText(error) : undefined}
      />
    </Form>
  )
}
