import { describe, expect, it } from 'vitest'
import { commandsNow, fitting } from './commands.ts'

describe('commands', () => {
  const labels = (text: string) => fitting(commandsNow(), text).map(command => command.label)

  it('can switch single keys off and on, and the colours', () => {
    expect(labels('single keys')).toEqual(['Single keys: on', 'Single keys: off'])
    expect(labels('COLOURS dark')).toEqual(['Colours: dark'])
  })

  it('are all offered while nothing is typed', () => {
    expect(labels('').length).toBe(commandsNow().length)
  })
})
