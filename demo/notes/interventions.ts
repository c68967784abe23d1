import type { OffenceTheme } from '../orders/offences.ts'

/** A piece of structured work done in a meeting. Each text goes on after "RAR day 4 of 20: " and stands alone as well. */
export interface Intervention {
  readonly title: string
  /** Empty for anybody. */
  readonly themes: readonly OffenceTheme[]
  readonly texts: readonly string[]
}

// prettier-ignore
export const interventions: readonly Intervention[] = [
  {
    title: 'thinking ahead', themes: [],
    texts: [
      'thinking ahead. Took the day of the offence in steps of an hour and marked where another road was open.',
      'thinking ahead. Used a decision from this week, a loan to a friend, and weighed it before and after.',
    ],
  },
  {
    title: 'problem solving', themes: [],
    texts: [
      'problem solving in five steps, on something real: the broken washing machine and no money.',
      'problem solving. Named the problem, five ways out, the cost of each, and chose one.',
    ],
  },
  {
    title: 'those harmed', themes: ['violence', 'home', 'theft', 'driving', 'weapons'],
    texts: [
      'who was harmed. Drew the circles: the person, their family, those who saw it, {his} own family.',
      'who was harmed. Read a short account by somebody in the same position as the person in {his} case.',
    ],
  },
  {
    title: 'feelings and signs', themes: ['violence', 'disorder', 'home'],
    texts: [
      'signs of anger in the body, and what to do at each of them. Made {his} own scale from one to ten.',
      'staying calm. Practised leaving a quarrel, with me as the quarrelsome one.',
    ],
  },
  {
    title: 'drinking', themes: ['alcohol'],
    texts: [
      'how drink and the offence hang together. Looked at how long a unit stays in the body.',
      'saying no. Practised four ways of turning down a drink without a speech.',
    ],
  },
  {
    title: 'drugs', themes: ['drugs'],
    texts: [
      'triggers. Listed people, places, times and feelings, and one answer for each.',
      'the cycle of change. {He} put {himself} between trying and keeping it up.',
    ],
  },
  {
    title: 'money', themes: ['money', 'theft'],
    texts: [
      'money and the offence: what it was for, and how else it could have been had.',
      'a budget for the month, with a line for the things that always come as a surprise.',
    ],
  },
  {
    title: 'strengths', themes: [],
    texts: [
      'strengths. {He} could name two; with the cards it became seven.',
      'what a good day looks like, hour by hour, and how many of those there were last month.',
    ],
  },
  {
    title: 'people round me', themes: [],
    texts: [
      'the people round {him}: who lifts, who drags, who does both.',
      'asking for help. Wrote down three people and what each could be asked.',
    ],
  },
  {
    title: 'the road', themes: ['driving'],
    texts: [
      'speed, drink and stopping distance. {He} had guessed half the real length.',
      'excuses drivers give, and which of them {he} had used {himself}.',
    ],
  },
  {
    title: 'knives', themes: ['weapons'],
    texts: [
      'what carrying does: the figures, and a story from a hospital. Long talk about feeling safe.',
      'what to do when somebody else carries. Practised leaving, and whom to tell.',
    ],
  },
  {
    title: 'respect', themes: ['home'],
    texts: [
      'respect and control. Sorted twenty cards into the two; three of them took a long time.',
      'what children hear. Wrote down the sounds of the evening in question as heard from upstairs.',
    ],
  },
  {
    title: 'looking ahead', themes: [],
    texts: [
      'a letter to {himself} in a year. Kept in an envelope on the file.',
      'goals for the next three months: one each for home, work and people.',
    ],
  },
]

/** The pieces of work that suit an offence of these themes. */
export const exercisesFor = (themes: readonly OffenceTheme[]): readonly string[] =>
  interventions
    .filter(one => one.themes.length === 0 || one.themes.some(theme => themes.includes(theme)))
    .flatMap(one => one.texts)

/** What group sessions are about, in the order they come. */
export const groupSessions: readonly string[] = [
  'ground rules and why we are here',
  'the offence as a chain of decisions',
  'what we tell ourselves',
  'feelings and how they show',
  'the other person',
  'friends, pressure and pride',
  'plans that survive a bad day',
  'looking back and going on',
]
export const groupRemarks: readonly string[] = [
  'Arrived on time, sat with the group, spoke when asked.',
  'Gave an honest example of {his} own, which moved the group on.',
  'Quiet, but listened; stayed behind to ask a question.',
  'Helped another member who found the writing hard.',
  'Phone out twice at the start, put away when asked.',
  'Argued well and accepted an answer.',
  'Good role play with another member, after some reluctance.',
  'Worked in a pair and reported back for both.',
]
/** What the session was like as a whole. */
export const groupMoments: readonly string[] = [
  'Seven in the room. The exercise with the two chairs took most of the time.',
  'Six in the room, a good session. Worksheet filled in and kept in the folder.',
  'A lively session; the break was needed. {Name} cleared the cups without being asked.',
  'Five in the room because of the weather. More time for each.',
  'The film was stopped three times for talk. {Name} spoke at the second stop.',
  'Homework: notice one moment in the week when it could have gone either way.',
  'Homework from last time looked at: done, half a page.',
  'The group agreed to be kinder to latecomers. {Name} thought it went too far.',
]
