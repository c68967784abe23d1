import { TextInput } from '@mantine/core'
import type { ReactNode, Ref } from 'react'
import { readTime } from '../../shared/time.ts'

interface TimeFieldProps {
  readonly label: string
  /** As typed. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: ReactNode
  readonly ref?: Ref<HTMLInputElement>
}

/** A time of day, typed as officers write times: `10.30`, `2pm`. Says under it which time it understood. */
export function TimeField({ label, value, onChange, error, ref }: TimeFieldProps) {
  return (
    <TextInput
      ref={ref ?? null}
      label={label}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      description={readTime(value) ?? 'Such as 10.30 or 2pm'}
      error={error}
      autoComplete="off"
    />
  )
}
