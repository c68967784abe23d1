import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import type { AppError } from '../../../shared/result.ts'
import { queryClient, useAction, useCall } from '../../app/api.ts'
import { errorText, fieldProblems } from '../../app/errorText.ts'
import { fieldText } from '../../app/fieldText.ts'
import { plainText } from '../../app/plainText.ts'
import { offerUndo } from '../../app/undo.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Form } from '../../components/Form.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { useFocusAtStart } from '../../components/useFocusAtStart.ts'
import { attentionText, choiceText, mendable, workName, type Work } from './syncText.ts'

interface MendDialogProps {
  readonly item: Work
  readonly onClose: () => void
}

/** What was refused, field by field, to be put right and sent again in its place. */
export function MendDialog({ item, onClose }: MendDialogProps) {
  const [attention] = item.attention
  const refused = useCall('sync.refused', { opId: attention?.opId ?? '' })
  const ids = useCall('forms.ids', {})
  return (
    <DialogFrame title="Mend and send again" onClose={onClose} width={640} isForm>
      <p>
        <b>{workName(item)}.</b> {attention && attentionText(attention)}
      </p>
      {refused.error && <ErrorPanel text={errorText(refused.error)} onAgain={refused.again} />}
      {refused.value && ids.value && (
        <MendForm refused={refused.value} ids={ids.value} text={workName(item)} onClose={onClose} />
      )}
    </DialogFrame>
  )
}

interface MendFormProps {
  readonly refused: Answer<'sync.refused'>
  readonly ids: Answer<'forms.ids'>
  readonly text: string
  readonly onClose: () => void
}

function MendForm({ refused, ids, text, onClose }: MendFormProps) {
  const form = useRef<HTMLDivElement>(null)
  const [error, setError] = useState<AppError | null>(null)
  const problems = error ? fieldProblems(error) : undefined
  const resend = useAction('sync.resend')
  const fields = mendable(refused)

  async function save() {
    const controls = form.current?.querySelectorAll<HTMLInputElement>('[name]') ?? []
    const values = Object.fromEntries([...controls].map(one => [one.name, plainText(one.value)]))
    const saved = await resend.run({ actionId: ids.actionId, opId: ids.opIds[0], mends: refused.opId, values })
    if (!saved.ok) return setError(saved.error)
    await queryClient.invalidateQueries({ queryKey: ['sync.work'] })
    offerUndo({ ...saved.value, text })
    onClose()
  }

  return (
    <Form refusal={error}>
      <div ref={form}>
        {fields.map((field, place) => (
          <MendField key={field.field} field={field} problem={problems?.[field.field]} isFirst={place === 0} />
        ))}
      </div>
      <FormFoot
        saveText="Send again"
        isSaving={resend.isRunning}
        onSave={() => void save()}
        onLeave={onClose}
        error={error && !problems ? errorText(error) : undefined}
      />
    </Form>
  )
}

interface MendFieldProps {
  readonly field: Answer<'sync.refused'>['fields'][number]
  readonly problem: string | undefined
  readonly isFirst: boolean
}

function MendField({ field: { field, value, choices }, problem, isFirst }: MendFieldProps) {
  const start = useFocusAtStart<HTMLInputElement & HTMLTextAreaElement & HTMLSelectElement>()
  const shared = {
    name: field,
    label: fieldText(field),
    defaultValue: value ?? '',
    error: problem,
    ...(isFirst && { ref: start }),
  }
  if (choices) {
    return <NativeSelect {...shared} data={choices.map(one => ({ value: one, label: choiceText(one) }))} />
  }
  return (value ?? '').length > 100 || field === 'note' ? (
    <Textarea {...shared} rows={8} />
  ) : (
    <TextInput {...shared} autoComplete="off" />
  )
}
