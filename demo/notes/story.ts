import type { Order } from '../orders/order.ts'
import type { Home, Person } from '../people/person.ts'
import type { Dice } from '../random.ts'
import { capital, personWords, type Words } from '../words.ts'
import type { Thread, ThreadFacts } from './thread.ts'
import { threads } from './threads/index.ts'

/** What is known of somebody's life before the first meeting: it never changes, so that notes agree with each other. */
export interface Story {
  readonly threads: readonly Thread[]
  /** Words for every text of this case: the person's and those of their life. */
  readonly words: Words
}

/** The subjects of the first case, whatever the dice say. */
const FIRST_THREADS = ['housing', 'alcohol', 'siteCard', 'relationships', 'group']
const THREADS_MIN = 4
const THREADS_MAX = 6

interface StoryPlan {
  readonly index: number
  readonly person: Person
  readonly order: Order
}

export function makeStory({ index, person, order }: StoryPlan, dice: Dice): Story {
  const hasChild = person.age >= 21 && person.age <= 56 && dice.chance(0.5)
  const facts: ThreadFacts = { age: person.age, home: person.home, themes: order.offence.themes, hasChild }
  const chosen =
    index === 0
      ? FIRST_THREADS.flatMap(id => threads.filter(thread => thread.id === id))
      : chooseThreads(facts, dice.between(THREADS_MIN, THREADS_MAX), dice)
  return { threads: chosen, words: { ...personWords(person), ...lifeWords(person, hasChild, dice) } }
}

/** The likeliest subjects, each drawn in turn by its weight. */
function chooseThreads(facts: ThreadFacts, count: number, dice: Dice): readonly Thread[] {
  let left = threads.map(thread => [thread, thread.fits(facts)] as const).filter(([, weight]) => weight > 0)
  const chosen: Thread[] = []
  while (chosen.length < count && left.length > 0) {
    const next = dice.pickWeighted(left)
    chosen.push(next)
    left = left.filter(([thread]) => thread !== next)
  }
  return chosen
}

const SLEEPING: Readonly<Record<Home, string>> = {
  settled: 'at home',
  temporary: 'in a room at the hostel',
  'no-fixed-abode': "on sofas, mostly at a friend's",
  'approved-premises': 'at Fixture House',
}

function lifeWords(person: Person, hasChild: boolean, dice: Dice): Words {
  const isGirl = dice.chance(0.5)
  const course = dice.pick([
    'bricklaying',
    'plumbing',
    'catering',
    'English and maths',
    'painting and decorating',
    'motor vehicle repair',
    'hairdressing',
  ])
  const drug = dice.pick(['cannabis', 'cannabis', 'cocaine'])
  return {
    child: isGirl ? 'daughter' : 'son',
    childHim: isGirl ? 'her' : 'him',
    childAge: String(Math.min(dice.between(3, 12), person.age - 18)),
    childOrNephew: hasChild ? (isGirl ? 'daughter' : 'son') : 'nephew',
    parent: person.age > 45 ? 'mother' : dice.pick(['mother', 'mother', 'father']),
    sibling: dice.pick(['sister', 'brother']),
    course,
    Course: capital(course),
    drug,
    Drug: capital(drug),
    aJob: dice.pick([
      'a warehouse picker',
      'a kitchen porter',
      'a cleaner at the school',
      'a packer at the bakery',
      'a hospital porter',
      'a yard hand at the garden centre',
    ]),
    group: dice.pick([
      'the allotment group',
      'the bike workshop',
      'the community kitchen',
      'the walking group',
      'the boxing gym',
      'the choir at the Quay',
      'the repair shop',
    ]),
    street: person.street,
    sleeping: SLEEPING[person.home],
  }
}
