import { describe, expect, it } from 'vitest'
import { pronounsOf } from '../people/pronouns.ts'
import { fillIn, personWords } from '../words.ts'
import { absenceNotes, refusals } from './absences.ts'
import { details } from './details.ts'
import { groupMoments, groupRemarks, interventions } from './interventions.ts'
import * as phrases from './phrases.ts'
import * as shortNotes from './shortNotes.ts'
import { talk } from './talk.ts'
import { threads } from './threads/index.ts'

const stageTexts = threads.flatMap(thread =>
  thread.stages.flatMap(({ told, task }) => [...told, task.ask, task.done, task.missed]),
)
const threadTexts = [
  ...stageTexts,
  ...threads.flatMap(thread => [...thread.calls, ...thread.partner].map(([, text]) => text)),
  ...Object.values(details).flat(),
]
const allTexts = [
  ...threadTexts,
  ...talk,
  ...interventions.flatMap(one => one.texts),
  ...groupMoments,
  ...groupRemarks,
  ...[...Object.values(absenceNotes), ...Object.values(refusals), ...Object.values(phrases.flagQuestions)].flat(),
  ...[...Object.values(phrases), ...Object.values(shortNotes)].flatMap((value: unknown) =>
    Array.isArray(value) ? value.map(String) : [],
  ),
]

describe('the texts that notes are made of', () => {
  it('are many: at least twelve subjects and 250 fragments, no two alike', () => {
    expect(threads.length).toBeGreaterThanOrEqual(12)
    expect(new Set(threadTexts).size).toBeGreaterThanOrEqual(250)
    expect(new Set(threadTexts).size).toBe(threadTexts.length)
  })

  it('have talk for every subject', () => {
    for (const { id } of threads) expect(details[id]?.length, id).toBeGreaterThanOrEqual(6)
    expect(Object.keys(details).sort()).toEqual(threads.map(({ id }) => id).sort())
  })

  it('leave the verb to the pronoun, so that they fit "they" as well', () => {
    // `{he} was` and `{he} rings` would read "they was" and "they rings".
    const wrong = allTexts.filter(text => /\{he\} (was|is|has|[a-z]+s)\b(?<!\b(this|his|always|sometimes))/i.test(text))

    expect(wrong).toEqual([])
  })

  it('have no gendered word of their own for the person', () => {
    // A third person may be "he": none is, so any such word is a slip.
    const wrong = allTexts.filter(text =>
      /\b(he|she|him|her|his|hers|himself|herself)\b/i.test(text.replace(/\{\w+\}/g, '')),
    )

    expect(wrong).toEqual([])
  })

  it('begin their stages at 0 and never beyond the last', () => {
    for (const thread of threads) {
      for (const [from] of [...thread.calls, ...thread.partner]) {
        expect(from).toBeGreaterThanOrEqual(0)
        expect(from, thread.id).toBeLessThan(thread.stages.length)
      }
    }
  })
})

describe('filling in', () => {
  it.each([
    ['he', 'Sam said he was tired; he rings, his own way, himself.'],
    ['she', 'Sam said she was tired; she rings, her own way, herself.'],
    ['they', 'Sam said they were tired; they ring, their own way, themselves.'],
    ['not-recorded', 'Sam said they were tired; they ring, their own way, themselves.'],
  ] as const)('makes a sentence about %s', (pronoun, expected) => {
    const words = personWords({ called: 'Sam', pronouns: pronounsOf(pronoun) })

    expect(fillIn('{Name} said {he} {was} tired; {he} ring{s}, {his} own way, {himself}.', words)).toBe(expected)
  })

  it('takes the first set that has the word and leaves an unknown one to be seen', () => {
    expect(fillIn('{a} {b} {c}', { a: '1' }, { a: '2', b: '3' })).toBe('1 3 {c}')
  })
})
