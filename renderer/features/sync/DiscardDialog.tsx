import { Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { announce } from '../../app/announce.ts'
import { queryClient, useAction } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { Form } from '../../components/Form.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { workName, type Work } from './syncText.ts'

interface DiscardDialogProps {
  readonly item: Work
  readonly onClose: () => void
}

/** Takes something refused out of the queue, with a reason. Its text stays in the store, and the reason in the audit. */
export function DiscardDialog({ item, onClose }: DiscardDialogProps) {
  const reason = useRef<HTMLTextAreaElement>(null)
  const [refusal, setRefusal] = useState<{ readonly field?: string; readonly whole?: string } | null>(null)
  const discard = useAction('sync.discard')

  async function save() {
    const why = reason.current?.value.trim() ?? ''
    if (why === '') return setRefusal({ field: 'Say why' })
    for (const { opId } of item.attention) {
      const done = await discard.run({ opId, reason: why })
      if (!done.ok) return setRefusal({ whole: errorText(done.error) })
    }
    await queryClient.invalidateQueries({ queryKey: ['sync.work'] })
    announce('Discarded')
    onClose()
  }

  return (
    <DialogFrame title="Discard" onClose={onClose}>
      <p>{workName(item)}. It is not sent any more; its text is kept on this PC.</p>
      <Form refusal={refusal}>
        <Textarea ref={reason} label="Why" rows={2} error={refusal?.field} data-autofocus />
        <FormFoot
          saveText="Discard"
          isSaving={discard.isRunning}
          onSave={() => void save()}
          onLeave={onClose}
          error={refusal?.whole}
        />
      </Form>
    </DialogFrame>
  )
}
