import { addMonths } from '../../shared/time.ts'
import { addDays, addWorkingDays } from '../days.ts'
import { type CaseFacts, officerOn } from '../caseFacts.ts'
import { isLetterOwed } from '../diary/slots.ts'
import { dayMonth, dayName } from '../days.ts'
import { reasonFor } from '../notes/absences.ts'
import { PROOF_DAYS } from '../notes/teller.ts'
import { administrator, senior } from '../office.ts'
import type { Dice } from '../random.ts'
import { fillIn } from '../words.ts'
import { type Entry, plainEntry } from './entry.ts'
import type { Meeting } from './meetings.ts'
import { isFailure } from './outcomes.ts'

/**
 * What followed each failure: the letter within two working days, and often a call about it. A second failure within a
 * year opens breach on most orders. The newest failure of a case whose letter is owed has no letter.
 */
export function enforcementOf(facts: CaseFacts, meetings: readonly Meeting[], dice: Dice): readonly Entry[] {
  const failures = meetings.filter(one => one.state === 'happened' && isFailure(one.outcome))
  return failures.flatMap((failure, place) => {
    const isOwed = isLetterOwed(facts.plan.slot.part) && place === failures.length - 1
    return isOwed ? [] : answerTo(failure, failures[place - 1], facts, dice)
  })
}

function answerTo(failure: Meeting, before: Meeting | undefined, facts: CaseFacts, dice: Dice): readonly Entry[] {
  const { calendar } = facts.plan
  const wanted = addWorkingDays(failure.on, dice.pick([0, 0, 0, 1, 1, 2]), calendar.holidays)
  const on = wanted > facts.order.lastOn ? failure.on : wanted
  const isRepeat = before !== undefined && before.on > addMonths(failure.on, -12)
  const letters = isRepeat ? repeatedLetters(on, failure, facts, dice) : firstLetters(on, failure, facts)
  return [...letters, ...callAbout(failure, on, facts, dice)]
}

function firstLetters(on: string, failure: Meeting, facts: CaseFacts): readonly Entry[] {
  if (facts.order.sentence === 'licence') return licenceLetter(on, failure, facts)
  return [
    letter(
      'AWLI',
      on,
      `First warning letter ${posted(facts)}, dated ${dayMonth(on)}. Proof of a reason by ${proofBy(failure)}.`,
      facts,
    ),
  ]
}

function repeatedLetters(on: string, failure: Meeting, facts: CaseFacts, dice: Dice): readonly Entry[] {
  const { sentence } = facts.order
  if (sentence === 'licence') return licenceLetter(on, failure, facts)
  if (sentence === 'suspended-sentence-order') {
    const text = `Second warning letter ${posted(facts)}, dated ${dayMonth(on)}. Proof of a reason by ${proofBy(failure)}. A third failure goes back to court.`
    return [letter('AWL2', on, text, facts)]
  }
  return breach(on, facts, dice)
}

function licenceLetter(on: string, failure: Meeting, facts: CaseFacts): readonly Entry[] {
  return [
    letter('AWLS', on, 'Licence compliance letter asked of administration.', facts),
    {
      ...letter(
        'LCL',
        on,
        `Licence compliance letter ${posted(facts)}. Proof of a reason by ${proofBy(failure)}.`,
        facts,
      ),
      time: '16:20',
      by: administrator,
    },
  ]
}

/** The law: warned once, failed again within twelve months, so back to court. */
function breach(on: string, facts: CaseFacts, dice: Dice): readonly Entry[] {
  const { calendar } = facts.plan
  const { court, lastOn } = facts.order
  const hearing = addWorkingDays(on, dice.between(14, 24), calendar.holidays)
  const about = `Second failure within twelve months of the warning. Talked over with ${senior.name}: breach. Engagement is otherwise fair, so we ask for the order to go on.`
  const heard = `${court}: breach proved. The order goes on, with a fine of £${dice.pick([40, 60, 80])}. {Name} was there and had been told what to expect.`
  return [
    { ...letter('CSPO', on, about, facts), time: '16:06' },
    letter('AWLS', on, 'Breach letter asked of administration.', facts),
    {
      ...letter('CLBR', on, `Breach letter ${posted(facts)}. Hearing at ${court} on ${dayName(hearing)}.`, facts),
      time: '16:20',
      by: administrator,
    },
    ...(hearing <= lastOn ? [{ ...letter('EAPP', hearing, heard, facts), time: '16:40' }] : []),
  ]
}

function callAbout(failure: Meeting, letterOn: string, facts: CaseFacts, dice: Dice): readonly Entry[] {
  const { order, plan, story } = facts
  const on = addWorkingDays(letterOn, dice.between(1, 3), plan.calendar.holidays)
  if (on > order.lastOn || failure.outcome !== 'UAAB' || !dice.chance(0.6)) return []
  const reason = reasonFor(failure.on)
  const text = dice.pick([
    `Rang about the letter. {He} ${reason}. Accepts it; no proof to send.`,
    `Rang after the letter came: {he} ${reason}. Explained what it means and what does not follow from it.`,
    `Upset about the letter at first. {He} ${reason}. Calmer when we had gone through it; accepts it.`,
  ])
  const write = (): string => fillIn(text, story.words)
  return [
    plainEntry({ on, time: '16:45', kind: 'CTOA', minutes: dice.between(4, 12), by: officerOn(facts, on), write }),
  ]
}

/** After the last appointment and the end of unpaid work, so that a day's entries come in the order of its hours. */
const LETTER_TIME = '16:10'

const letter = (kind: string, on: string, text: string, facts: CaseFacts): Entry =>
  plainEntry({ on, time: LETTER_TIME, kind, by: officerOn(facts, on), write: () => fillIn(text, facts.story.words) })

function posted({ person, adjustment }: CaseFacts): string {
  const how = person.home === 'no-fixed-abode' ? 'left at the advice centre' : `posted to ${person.street}`
  const inWelsh = person.language === 'cy' ? ', in Welsh' : ''
  const isPlain = adjustment?.kind === 'dyslexia' || adjustment?.kind === 'sight'
  return `${how}${inWelsh}${isPlain ? ', in large type' : ''}`
}

const proofBy = (failure: Meeting): string => dayMonth(addDays(failure.on, PROOF_DAYS))
