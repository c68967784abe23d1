import { Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import type { AppError } from '../../../shared/result.ts'
import { useAction, useCall } from '../../app/api.ts'
import { errorText, fieldProblems, reasonWords } from '../../app/errorText.ts'
import { plainText } from '../../app/plainText.ts'
import { offerUndo } from '../../app/undo.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Form } from '../../components/Form.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { useFocusAtStart } from '../../components/useFocusAtStart.ts'
import { contactLine, contactWhen } from './caseText.ts'
import type { Entry } from './useCaseTimeline.ts'

type Contact = Extract<Entry, { readonly is: 'contact' }>['contact']

/** What is to be done with a contact that is not right. */
export interface Correction {
  readonly how: 'amend' | 'strike'
  readonly contact: Contact
}

interface CorrectDialogProps {
  readonly correction: Correction
  readonly caseId: string
  readonly today: string
  readonly onClose: () => void
}

/** Amends the text of an entry or withdraws the entry, with a reason. The first text stays readable. */
export function CorrectDialog({ correction, caseId, today, onClose }: CorrectDialogProps) {
  const { how, contact } = correction
  const ids = useCall('forms.ids', {})
  return (
    <DialogFrame
      title={how === 'amend' ? 'Amend the entry' : 'Withdraw the entry'}
      onClose={onClose}
      width={720}
      isForm
    >
      <p>
        {contactWhen(contact, today)}. {contactLine(contact)}
      </p>
      {ids.error && <ErrorPanel text={errorText(ids.error)} onAgain={ids.again} />}
      {ids.value && <CorrectForm correction={correction} caseId={caseId} ids={ids.value} onClose={onClose} />}
    </DialogFrame>
  )
}

const REASON_LENGTH_MAX = 500

// Closing discards nothing: what was typed and not saved is there again when the same entry is corrected.
const begun = new Map<string, { readonly note: string; readonly reason: string }>()

interface CorrectFormProps {
  readonly correction: Correction
  readonly caseId: string
  readonly ids: Answer<'forms.ids'>
  readonly onClose: () => void
}

function CorrectForm({ correction, caseId, ids, onClose }: CorrectFormProps) {
  const { how, contact } = correction
  const start = useFocusAtStart<HTMLTextAreaElement & HTMLInputElement>()
  const other = useRef<HTMLTextAreaElement & HTMLInputElement>(null)
  const note = how === 'amend' ? start : other
  const reason = how === 'amend' ? other : start
  const place = `${how} ${contact.id}`
  const [before] = useState(() => begun.get(place))
  const [error, setError] = useState<AppError | null>(null)
  const amend = useAction('contacts.amend')
  const strike = useAction('contacts.strike')
  const problems = error ? fieldProblems(error, reasonWords(REASON_LENGTH_MAX)) : undefined

  const remember = () => begun.set(place, { note: note.current?.value ?? '', reason: reason.current?.value ?? '' })

  async function save() {
    const why = reason.current?.value ?? ''
    if (why.trim() === '') return setError({ code: 'invalid-input', fields: { reason: 'required' } })
    const base = {
      actionId: ids.actionId,
      opId: ids.opIds[0],
      id: ids.id,
      caseId,
      contactId: contact.id,
      startedAt: contact.startedAt,
      reason: why,
    }
    const saved =
      how === 'amend'
        ? await amend.run({ ...base, note: plainText(note.current?.value ?? '') })
        : await strike.run(base)
    if (!saved.ok) return setError(saved.error)
    begun.delete(place)
    offerUndo({ ...saved.value, text: how === 'amend' ? 'The entry was amended' : 'The entry was withdrawn' })
    onClose()
  }

  return (
    <Form refusal={error}>
      {how === 'amend' && (
        <Textarea
          ref={note}
          label="New text"
          description="The first text stays readable under the new one"
          defaultValue={before?.note ?? contact.note}
          onInput={remember}
          rows={10}
          error={problems?.['note']}
        />
      )}
      <TextInput
        ref={reason}
        label="Why"
        defaultValue={before?.reason ?? ''}
        onInput={remember}
        error={problems?.['reason']}
        autoComplete="off"
      />
      <FormFoot
        saveText={how === 'amend' ? 'Amend' : 'Withdraw'}
        isSaving={amend.isRunning || strike.isRunning}
        onSave={() => void save()}
        onLeave={onClose}
        error={error && !problems ? errorText(error) : undefined}
      />
    </Form>
  )
}
