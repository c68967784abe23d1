import type { Case } from '../../shared/features/cases/case.ts'

/** What stands for the person in a sentence, with the verbs that change with it. */
export interface Pronouns {
  readonly he: string
  readonly him: string
  readonly his: string
  readonly himself: string
  readonly was: string
  readonly is: string
  readonly has: string
  /** Ending of a verb: he rings, they ring. */
  readonly s: string
  readonly es: string
  readonly ies: string
}

const they: Pronouns = {
  he: 'they',
  him: 'them',
  his: 'their',
  himself: 'themselves',
  was: 'were',
  is: 'are',
  has: 'have',
  s: '',
  es: '',
  ies: 'y',
}

const PRONOUNS: Readonly<Record<Case['pronoun'], Pronouns>> = {
  he: {
    he: 'he',
    him: 'him',
    his: 'his',
    himself: 'himself',
    was: 'was',
    is: 'is',
    has: 'has',
    s: 's',
    es: 'es',
    ies: 'ies',
  },
  she: {
    he: 'she',
    him: 'her',
    his: 'her',
    himself: 'herself',
    was: 'was',
    is: 'is',
    has: 'has',
    s: 's',
    es: 'es',
    ies: 'ies',
  },
  they,
  'not-recorded': they,
}

export const pronounsOf = (pronoun: Case['pronoun']): Pronouns => PRONOUNS[pronoun]
