import { Modal } from '@mantine/core'
import { LayerContext, useLayer } from '../../app/keyLayers.ts'
import { useFocusBack } from '../../components/DialogFrame.tsx'
import classes from './FindDialog.module.css'
import { FindBox } from './FindBox.tsx'

interface FindDialogProps {
  readonly purpose: 'open' | 'walk-in'
  /** The case that is open under Find; null where none is. */
  readonly within: string | null
  readonly onClose: () => void
}

/** Any person, any sentence, any command, from anywhere, line or no line. */
export function FindDialog({ purpose, within, onClose }: FindDialogProps) {
  const layer = useLayer(true)
  useFocusBack()
  const label = purpose === 'walk-in' ? 'Walk-in, call or other contact: with whom?' : 'Find'
  return (
    <Modal.Root opened onClose={onClose} size={720} closeOnEscape={false} returnFocus={false} classNames={classes}>
      <Modal.Overlay />
      <Modal.Content aria-label={label}>
        <Modal.Body>
          <LayerContext value={layer}>
            <FindBox purpose={purpose} within={within} onClose={onClose} />
          </LayerContext>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
