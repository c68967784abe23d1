import { toldHow, type ToldHow } from '../../../shared/features/appointments/appointment.ts'
import { capital, toldText } from '../../app/words.ts'

/** The ways in which somebody can be told, for a list. */
export const toldChoices: readonly { readonly value: ToldHow; readonly label: string }[] = toldHow.options.map(
  value => ({
    value,
    label: capital(toldText[value]),
  }),
)

export const isToldHow = (value: string): value is ToldHow => toldHow.safeParse(value).success

export const askedByChoices = [
  { value: 'person', text: 'The person' },
  { value: 'service', text: 'The service' },
] as const

export const moveChoices = [
  { value: 'move', text: 'Move it' },
  { value: 'cancel', text: 'Cancel it' },
] as const
