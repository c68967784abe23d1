import { TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { AppError } from '../../../shared/result.ts'
import { announce } from '../../app/announce.ts'
import { queryClient, useAction } from '../../app/api.ts'
import { errorText, fieldProblems, reasonWords } from '../../app/errorText.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { Form } from '../../components/Form.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { workName, type Work } from './syncText.ts'

const REASON_LENGTH_MAX = 500

interface DiscardDialogProps {
  readonly item: Work
  readonly onClose: () => void
}

/** Takes something refused out of the queue, with a reason. Its text stays in the store, and the reason in the audit. */
export function DiscardDialog({ item, onClose }: DiscardDialogProps) {
  const reason = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<AppError | null>(null)
  const problems = error ? fieldProblems(error, reasonWords(REASON_LENGTH_MAX)) : undefined
  const discard = useAction('sync.discard')

  async function save() {
    const why = reason.current?.value.trim() ?? ''
    if (why === '') return setError({ code: 'invalid-input', fields: { reason: 'required' } })
    for (const { opId } of item.attention) {
      const done = await discard.run({ opId, reason: why })
      if (!done.ok) return setError(done.error)
    }
    await queryClient.invalidateQueries({ queryKey: ['sync.work'] })
    announce('Discarded')
    onClose()
  }

  return (
    <DialogFrame title="Discard" onClose={onClose} isForm>
      <p>{workName(item)}. It is not sent any more; its text is kept on this PC.</p>
      <Form refusal={error}>
        <TextInput ref={reason} label="Why" error={problems?.['reason']} autoComplete="off" data-autofocus />
        <FormFoot
          saveText="Discard"
          isSaving={discard.isRunning}
          onSave={() => void save()}
          onLeave={onClose}
          error={error && !problems ? errorText(error) : undefined}
        />
      </Form>
    </DialogFrame>
  )
}
