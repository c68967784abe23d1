import { TextInput } from '@mantine/core'
import type { KeyboardEvent, ReactNode, Ref } from 'react'

interface WhenFieldProps {
  readonly label: string
  /** As typed. */
  readonly value: string
  readonly onChange: (value: string) => void
  /** What was understood and what speaks against it. */
  readonly reading: string
  readonly error?: ReactNode
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly ref?: Ref<HTMLInputElement>
}

/** A day and a time in one field: `17/3 10.30`, `tue 2pm`, `2w`. */
export function WhenField({ label, value, onChange, reading, error, onKeyDown, ref }: WhenFieldProps) {
  return (
    <TextInput
      ref={ref ?? null}
      label={label}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      description={reading}
      error={error}
      placeholder="17/3 10.30"
      autoComplete="off"
    />
  )
}
