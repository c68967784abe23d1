export const askedByChoices = [
  { value: 'person', text: 'The person' },
  { value: 'service', text: 'The service' },
] as const

export const moveChoices = [
  { value: 'move', text: 'Move it' },
  { value: 'cancel', text: 'Cancel it' },
] as const
