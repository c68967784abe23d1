import type { Adjustment } from '../../shared/features/cases/case.ts'
import type { Dice } from '../random.ts'
import type { Person } from './person.ts'

interface Need {
  readonly kind: Adjustment['kind']
  readonly what: string
  /** What notes say about it now and then. */
  readonly said: readonly string[]
}

export const dyslexia: Need = {
  kind: 'dyslexia',
  what: 'Dyslexia: plain letters, large type on pale paper. Read letters aloud and give the main point in one line.',
  said: [
    'Read the papers aloud.',
    'Large-type copy given.',
    'Said the main points in one line each.',
    'Put the dates on pale paper, large.',
  ],
}

const needs: readonly Need[] = [
  dyslexia,
  {
    kind: 'hearing',
    what: 'Hearing loss in both ears, wears aids. Room with the loop, face {him} when speaking, text instead of ringing.',
    said: [
      'Met in the room with the loop; no trouble hearing.',
      'Wrote the date down, as {he} had not caught it the first time.',
    ],
  },
  {
    kind: 'learning',
    what: 'Learning difficulty. Short sentences, one thing at a time, ask {him} to say it back. Written card with date and time.',
    said: ['{Name} said the plan back in {his} own words.', 'Card with the date and time given.'],
  },
  {
    kind: 'mental-health',
    what: 'Anxious in waiting rooms. Offer the first appointment of the session and let {him} sit near the door.',
    said: ['Seen straight away so that {he} did not have to wait.', 'Offered a break halfway; {he} took it.'],
  },
  {
    kind: 'mobility',
    what: 'Walks with a stick, no stairs. Ground-floor room, and allow time to get there.',
    said: ['Ground-floor room used.', 'Managed the walk from the bus stop with the stick.'],
  },
  {
    kind: 'sight',
    what: 'Poor sight even with glasses. Letters in 18 point; say aloud what is on the screen.',
    said: ['Letter given in 18 point.', 'Described the form aloud before {he} signed it.'],
  },
  {
    kind: 'other',
    what: 'Full-time carer on weekday mornings until 09:30. No appointments before then.',
    said: ['Caring arrangements this morning were fine.'],
  },
]

const interpreterFor = (language: string): Need => ({
  kind: 'interpreter',
  what: `${language} interpreter for anything about the order, warnings or risk. Everyday English is good enough for short calls.`,
  said: [
    `${language} interpreter on the telephone for the whole meeting.`,
    `Interpreter (${language}) joined by telephone from the start.`,
  ],
})

/** What has to be done differently with this person: nothing for most. */
export function adjustmentFor(person: Person, index: number, dice: Dice): Need | null {
  if (index === 0) return dyslexia
  if (person.interpreter !== null && dice.chance(0.5)) return interpreterFor(person.interpreter)
  return dice.chance(0.24) ? dice.pick(needs.filter(need => need.kind !== 'mobility' || person.age > 45)) : null
}
export type { Need }
