import { TextInput } from '@mantine/core'
import type { ReactNode, Ref } from 'react'
import { longDay, readDate } from '../../shared/time.ts'

interface DateFieldProps {
  readonly label: string
  /** As typed. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly today: string
  readonly error?: ReactNode
  readonly ref?: Ref<HTMLInputElement>
}

/** A day, typed as officers write days: `17/3`, `17 March 2026`. Says under it which day it understood. */
export function DateField({ label, value, onChange, today, error, ref }: DateFieldProps) {
  const day = readDate(value, today)
  return (
    <TextInput
      ref={ref ?? null}
      label={label}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      description={day ? longDay(day) : 'Such as 17/3 or 17 March 2026'}
      error={error}
      autoComplete="off"
    />
  )
}
