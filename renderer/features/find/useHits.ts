import { useEffect, useState } from 'react'
import { useCall } from '../../app/api.ts'
import { count } from '../../app/words.ts'
import { fitting, type Command } from './commands.ts'
import { commandHit, noteHit, personHit, readAsked, recentHit, type HitGroup } from './findRules.ts'

const REST_MS = 300
const PEOPLE = 3
const NOTES = 3
const COMMANDS = 4

interface HitsOptions {
  readonly typed: string
  /** The case that is open under Find; null where none is. */
  readonly within: string | null
  readonly withinName: string | null
  readonly commands: readonly Command[]
  /** Only people: somebody is to be chosen for a record. */
  readonly onlyPeople: boolean
}

/** Results while typing: people at once; texts of cases after a rest, since showing them is a reading. */
export function useHits({ typed, within, withinName, commands, onlyPeople }: HitsOptions) {
  const { mode, text } = readAsked(typed)
  const rested = useRested(text)
  const wantsPeople = mode === 'all' && text !== ''
  const wantsNotes = mode !== 'commands' && !onlyPeople && rested !== '' && rested === text
  const people = useCall(
    'find.people',
    { text, limit: onlyPeople ? 8 : PEOPLE, offset: 0 },
    { isWanted: wantsPeople, keepsPrevious: true },
  )
  const recent = useCall('today.recent', {}, { isWanted: typed === '' })
  const base = { text: rested, limit: NOTES, offset: 0 }
  const here = useCall('find.notes', { ...base, within, without: null }, { isWanted: wantsNotes && within !== null })
  const others = useCall('find.notes', { ...base, within: null, without: within }, { isWanted: wantsNotes })
  const found = wantsPeople ? (people.value?.people ?? []) : []
  const caseIds = found.slice(0, 10).map(person => person.caseId)
  const about = useCall('find.about', { text: rested, caseIds }, { isWanted: caseIds.length > 0 && rested === text })

  const offered = onlyPeople || mode === 'notes' ? [] : fitting(commands, text)
  const shownCommands = mode === 'commands' ? offered : offered.slice(0, typed === '' ? COMMANDS * 2 : COMMANDS)
  const groups: readonly HitGroup[] = [
    { title: 'Recent cases', total: '', hits: typed === '' ? (recent.value ?? []).map(recentHit) : [] },
    { title: 'People', total: people.value ? String(people.value.total) : '', hits: found.map(personHit) },
    {
      title: withinName ? `In this case, ${withinName}` : 'In this case',
      total: notesTotal(here.value),
      hits: wantsNotes && within !== null ? (here.value?.notes ?? []).map(noteHit) : [],
    },
    {
      title: within === null ? 'Notes' : 'In other notes',
      total: notesTotal(others.value),
      hits: wantsNotes ? (others.value?.notes ?? []).map(noteHit) : [],
    },
    { title: 'Commands', total: '', hits: shownCommands.map(commandHit) },
  ]
  // People of the words before stand until those of these words are there.
  const isPrevious = wantsPeople && people.isPrevious
  const isWaiting = isPrevious || recent.isWaiting || people.isWaiting || here.isWaiting || others.isWaiting
  const isSettled = rested === text && !isWaiting
  const arePeopleHere = found.length > 0 && !isPrevious
  return {
    groups: groups.filter(group => group.hits.length > 0),
    about: new Map((about.value ?? []).map(one => [one.caseId, one])),
    cases: people.value?.cases,
    text,
    mode,
    error: people.error ?? here.error ?? others.error,
    /** Whether the first results are still those of the words before. */
    isPrevious,
    /** Whether everything that was asked for is here. */
    isSettled,
    /** Whether the first result is here: nothing that is still on its way stands before it. */
    isFirstHere: arePeopleHere || isSettled || mode === 'commands',
  }
}

function notesTotal(answer: { readonly hasMore: boolean; readonly notes: readonly unknown[] } | undefined): string {
  if (!answer) return ''
  return answer.hasMore ? `more than ${count(answer.notes.length, 'note')}` : count(answer.notes.length, 'note')
}

/** The text once it has rested. */
function useRested(text: string): string {
  const [rested, setRested] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
