import type { Deck } from '../deck.ts'
import { at, type Dice } from '../random.ts'
import { fillIn, type Words } from '../words.ts'
import { details } from './details.ts'
import type { Story } from './story.ts'
import type { Amount, Stage, Task, Thread } from './thread.ts'

/** One subject as a meeting finds it. */
export interface Turn {
  readonly thread: Thread
  /** How the last task went; null when none was open. */
  readonly followUp: string | null
  /** The news; null where the follow-up is all there is. */
  readonly told: string | null
  /** What else was said about it. */
  readonly detail: string | null
  /** What is to be done until next time; null when nothing is. */
  readonly task: string | null
}

interface Progress {
  readonly thread: Thread
  turns: number
  /** The stage it has reached; -1 before the first turn. */
  place: number
  /** Which text comes next in the last stage. */
  nextText: number
  lastMeeting: number
  open: Task | null
  /** Whether the open task was looked at once and found undone: it is done by the next time. */
  isSecondTry: boolean
  amount: number
  last: number
  readonly pay: number
}

/** Where every subject of a case stands, as its notes are written one after the other. */
export interface StoryState {
  /** The subjects of the next meeting, as many as asked for, each moved on by one. */
  tell(count: number, words: readonly Words[]): readonly Turn[]
  /** What the person might ring about by now, or somebody else write; null before there is anything. */
  remark(by: 'calls' | 'partner', words: readonly Words[]): string | null
  /** Where each goal that has come up stands, in order. */
  review(): string
}

export interface StoryOptions {
  /** About how many meetings the notes will tell of. */
  readonly meetings: number
  /** Share of the agreed tasks that are done by the next time. */
  readonly keepsWord: number
}

/** Subjects that a meeting has room for, on average. */
export const TOLD_PER_MEETING = 2.9

export function tellStory(story: Story, { meetings, keepsWord }: StoryOptions, deck: Deck, dice: Dice): StoryState {
  const turnsEach = (meetings * TOLD_PER_MEETING) / story.threads.length
  const all = story.threads.map(thread => begin(thread, dice))
  let meeting = 0
  return {
    tell(count, words) {
      meeting += 1
      const due = all
        .map((progress, place) => ({ progress, urgency: meeting - progress.lastMeeting - place * 0.15 + dice.next() }))
        .toSorted((a, b) => b.urgency - a.urgency)
        .slice(0, count)
      return due.map(({ progress }) => {
        progress.lastMeeting = meeting
        return takeTurn(progress, { turnsEach, keepsWord, words, deck }, dice)
      })
    },
    remark(by, words) {
      const known = all.flatMap(one =>
        one.thread[by].filter(([from]) => one.place >= from).map(remark => ({ one, remark })),
      )
      if (known.length === 0) return null
      const dealt = deck.from(known.map(({ remark }) => remark))
      const owner = known.find(({ remark }) => remark === dealt)?.one
      return fillIn(dealt[1], owner ? figures(owner) : {}, ...words)
    },
    review: () =>
      all
        .filter(one => one.place >= 0)
        .map((one, place) => `${place + 1} ${one.thread.goal}: ${standing(one, deck)}`)
        .join(' '),
  }
}

/** How a goal is getting on, by how far its story has come. */
function standing(progress: Progress, deck: Deck): string {
  const { thread, place } = progress
  const share = place / (thread.stages.length - 1)
  const words = deck.from(share < 0.3 ? BEGUN : share < 1 ? ON_THE_WAY : KEPT_UP)
  return thread.amount === null ? words : fillIn(`${words} ${thread.amount.figure}`, figures(progress))
}

const BEGUN = ['a start is made.', 'begun, slowly.', 'the first step is taken.', 'talked about more than done so far.']
const ON_THE_WAY = [
  'well on the way.',
  'moving, with setbacks told openly.',
  'slower than hoped, but going.',
  'half of it done.',
  'on the way; help still needed.',
]
const KEPT_UP = ['kept up.', 'as good as reached, to be kept.', 'goes by itself now.', 'steady.']

function begin(thread: Thread, dice: Dice): Progress {
  const { amount } = thread
  const start = amount ? amount.step * Math.round(dice.between(...amount.from) / amount.step) : 0
  return {
    thread,
    turns: 0,
    place: -1,
    nextText: 0,
    lastMeeting: -dice.between(0, 2),
    open: null,
    isSecondTry: false,
    amount: start,
    last: start,
    pay: amount ? dice.pick(amount.pay) : 0,
  }
}

interface TurnOptions {
  /** How many turns the subject will have in all. */
  readonly turnsEach: number
  readonly keepsWord: number
  readonly words: readonly Words[]
  readonly deck: Deck
}

/**
 * One turn: first what became of the task, then the news. A stage is over when its task is done or has been tried twice;
 * the next begins at once, unless that would bring a long order to the end of the story in its first months.
 */
function takeTurn(progress: Progress, options: TurnOptions, dice: Dice): Turn {
  if (progress.thread.amount && progress.turns > 0) moveAmount(progress, progress.thread.amount, dice)
  const fill = (text: string): string => fillIn(text, figures(progress), ...options.words)
  const followUp = followTask(progress, options, dice)
  const told = progress.open === null ? news(progress, options, followUp !== null, dice) : null
  progress.turns += 1
  return {
    thread: progress.thread,
    followUp: followUp === null ? null : fill(followUp),
    told: told === null ? null : fill(told),
    detail: dice.chance(DETAIL_SHARE) ? fill(options.deck.from(details[progress.thread.id] ?? [])) : null,
    task: progress.open === null ? null : fill(progress.open.ask),
  }
}

/** How often the talk round the news is written down too. */
const DETAIL_SHARE = 0.85

function moveAmount(progress: Progress, amount: Amount, dice: Dice): void {
  progress.last = progress.amount
  const isSetback = dice.chance(amount.setbacks)
  // What is paid is paid exactly; what is drunk goes up and down.
  const share = amount.setbacks === 0 ? 1 : 0.4 + dice.next()
  const change = amount.step * Math.round((progress.pay / amount.step) * share)
  progress.amount = Math.max(amount.floor, progress.amount + (isSetback ? change : -change))
}

function followTask(progress: Progress, { keepsWord }: TurnOptions, dice: Dice): string | null {
  const { open, isSecondTry } = progress
  if (open === null) return null
  if (isSecondTry || dice.chance(keepsWord)) {
    progress.open = null
    progress.isSecondTry = false
    return open.done
  }
  progress.isSecondTry = dice.chance(0.6)
  if (!progress.isSecondTry) progress.open = null
  return open.missed
}

/** When a long order has its subjects at their last stage, as a share of its meetings. */
const STORY_SHARE = 0.75

/** The next text, with the task that goes with it; null where the follow-up is news enough. */
function news(progress: Progress, { turnsEach }: TurnOptions, hasFollowUp: boolean, dice: Dice): string | null {
  const { thread, place, turns } = progress
  const last = thread.stages.length - 1
  if (place === last) return moreOfTheLast(progress, at(thread.stages, last), dice)
  const isEarly = (place + 1) / last > turns / (STORY_SHARE * turnsEach)
  return hasFollowUp && isEarly ? null : enter(progress, place + 1, dice)
}

/** One of the texts of a stage: cases differ, and within a case each stage is told once. */
function enter(progress: Progress, place: number, dice: Dice): string {
  const stage = at(progress.thread.stages, place)
  const text = dice.between(0, stage.told.length - 1)
  progress.place = place
  progress.nextText = text + 1
  progress.open = stage.task
  return at(stage.told, text)
}

/** The last stage goes on and on: its texts take turns, and now and then there is a task again. */
function moreOfTheLast(progress: Progress, stage: Stage, dice: Dice): string {
  const text = at(stage.told, progress.nextText)
  progress.nextText += 1
  progress.open = dice.chance(0.12) ? stage.task : null
  return text
}

const figures = ({ amount, last, pay }: Progress): Words => ({
  amount: inFigures(amount),
  last: inFigures(last),
  pay: inFigures(pay),
})

/** `1,040`; no amount of a story comes near a million. */
const inFigures = (count: number): string => String(count).replace(/(\d)(\d{3})$/, '$1,$2')
