import { Modal } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { focusAndShow, focusFallback } from '../app/areas.ts'
import { LayerContext, useLayer } from '../app/keyLayers.ts'
import { useShortcut } from '../app/useShortcut.ts'
import classes from './DialogFrame.module.css'
import { useFocusAtStart } from './useFocusAtStart.ts'

interface DialogFrameProps {
  readonly title: string
  readonly onClose: () => void
  /** Widest it gets, in CSS pixels. */
  readonly width?: number
  /** Whether something is typed in it: then a press beside it does not close it. */
  readonly isForm?: boolean
  readonly children: ReactNode
}

/** A dialog over the screen. Shuts out the keys of the screen; closing gives focus back to what had it. */
export function DialogFrame({ title, onClose, width = 560, isForm = false, children }: DialogFrameProps) {
  const layer = useLayer(true)
  useFocusBack()
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={width}
      closeOnEscape={false}
      closeOnClickOutside={!isForm}
      returnFocus={false}
      classNames={classes}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" className={classes.close} />
        </div>
        <LayerContext value={layer}>
          <Body onClose={onClose}>{children}</Body>
        </LayerContext>
      </Modal.Content>
    </Modal.Root>
  )
}

/** Has focus until the library or a form finds its first field, so that no key goes to the screen behind. */
function Body({ onClose, children }: Pick<DialogFrameProps, 'onClose' | 'children'>) {
  const body = useFocusAtStart<HTMLDivElement>()
  useShortcut('app.close', onClose)
  return (
    <Modal.Body ref={body} tabIndex={-1}>
      {children}
    </Modal.Body>
  )
}

/** Gives focus back, when the dialog goes, to what had it when the dialog came; unless something else took it meanwhile. */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      queueMicrotask(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        const isThere = opener instanceof HTMLElement && opener !== document.body && opener.isConnected
        if (isLost && isThere) focusAndShow(opener)
        else focusFallback(document.querySelector('main'))
      })
    },
    [opener],
  )
}
