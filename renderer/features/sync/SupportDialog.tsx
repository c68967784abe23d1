import { Textarea } from '@mantine/core'
import { useRef } from 'react'
import { announce } from '../../app/announce.ts'
import { useSession } from '../../app/session.ts'
import { Button } from '../../components/Button.tsx'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { supportText, type LastCheck } from './checkText.ts'

interface SupportDialogProps {
  readonly last: LastCheck
  readonly onClose: () => void
}

/** What the check found, as text for support: it names no person and no case. */
export function SupportDialog({ last, onClose }: SupportDialogProps) {
  const { version } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)

  function copy() {
    field.current?.select()
    // The newer way asks for a permission, and this window is given none.
    const isCopied = document.execCommand('copy')
    announce(isCopied ? 'Copied' : 'Press Ctrl+C to copy what is marked')
  }

  return (
    <DialogFrame title="For support" onClose={onClose}>
      <p>It names no person and no case.</p>
      <Textarea
        ref={field}
        label="What the check found"
        value={supportText(last, version)}
        rows={9}
        readOnly
        data-autofocus
        onFocus={event => event.currentTarget.select()}
      />
      <Button look="main" onClick={copy}>
        Copy
      </Button>
    </DialogFrame>
  )
}
