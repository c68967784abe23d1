import { UnstyledButton } from '@mantine/core'
import type { ComponentPropsWithRef } from 'react'
import { ariaKeysOf } from '../app/keys.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import classes from './Button.module.css'
import { KeyCap } from './KeyCap.tsx'

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly look?: 'plain' | 'main' | 'small' | 'small-main' | 'quiet'
  /** The shortcut that does the same; its key stands on the button. */
  readonly keys?: ShortcutId | undefined
  /** While its work is going on it does nothing, and keeps focus. */
  readonly isBusy?: boolean
}

/** A button with the key that does the same. */
export function Button({
  look = 'plain',
  keys,
  isBusy = false,
  type = 'button',
  onClick,
  children,
  ...others
}: ButtonProps) {
  const isFilled = look === 'main' || look === 'small-main'
  return (
    <UnstyledButton
      {...others}
      type={type}
      className={classes.button}
      data-look={look}
      onClick={isBusy ? undefined : onClick}
      aria-disabled={isBusy || undefined}
      aria-keyshortcuts={keys && ariaKeysOf(keys)}
    >
      {children}
      {keys && <KeyCap id={keys} look={isFilled ? 'on-fill' : 'solid'} />}
    </UnstyledButton>
  )
}
