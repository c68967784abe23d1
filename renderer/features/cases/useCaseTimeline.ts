import { useEffect, useState } from 'react'
import type { TimelineEntry, TimelineFilter } from '../../../shared/features/cases/casesContract.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { useChosen } from '../../components/useChosen.ts'
import { useRowMenu } from '../../components/useRowMenu.ts'
import { useTimeline } from './useTimeline.ts'

/** An entry as the window gets it. */
export type Entry = Answer<'cases.timeline'>['entries'][number]

const ALL: TimelineFilter = { words: '', category: null, compliance: null, showSystem: false }
// From this many rows before the end the next page is asked for.
const NEAR_END = 10

export const entryId = (entry: Entry | TimelineEntry): string =>
  entry.is === 'contact' ? entry.contact.id : entry.appointment.id

/** Where an entry lies in time. */
const entryAt = (entry: Entry): number =>
  entry.is === 'contact' ? entry.contact.startedAt : entry.appointment.startsAt

interface Target {
  readonly id: string
  readonly at: number
}

/** The timeline with its filters, the entry that is chosen, and those that are open. */
export function useCaseTimeline(caseId: string, target: Target | null, takesFocus: boolean) {
  const [filter, setFilter] = useState(ALL)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const [focusCount, setFocusCount] = useState(takesFocus ? 1 : 0)
  const [wordsFocus, setWordsFocus] = useState(0)
  const timeline = useTimeline(caseId, filter)
  const { entries, more } = timeline
  const keys = entries.map(entryId)
  const [chosen, choose] = useChosen(keys, { about: JSON.stringify(filter), isPrevious: timeline.isPrevious })
  const entry = entries.find(one => entryId(one) === chosen)

  // Main: the next page, before the officer comes to the end of this one.
  useEffect(() => {
    if (chosen !== null && more && keys.indexOf(chosen) >= keys.length - NEAR_END) more()
  }) // the list changes with every page, and `more` asks once for each

  const [sought, setSought] = useState<Target | null>(target)
  function endSearch() {
    setSought(null)
    setFocusCount(times => times + 1)
  }
  // Main: pages back to the entry that the address names.
  const last = entries.at(-1)
  const isFurtherBack = last !== undefined && more !== undefined && sought !== null && entryAt(last) >= sought.at
  useEffect(() => {
    if (isFurtherBack) more()
  }) // each page may call for the next, and `more` asks once for each
  if (sought && keys.includes(sought.id)) {
    choose(sought.id)
    setOpened(new Set([sought.id]))
    endSearch()
  } else if (sought && !timeline.isWaiting && !isFurtherBack) endSearch()

  return {
    ...timeline,
    filter,
    change: (part: Partial<TimelineFilter>) => setFilter(before => ({ ...before, ...part })),
    chosen,
    choose,
    entry,
    opened,
    toggle(id: string) {
      setOpened(before => (before.has(id) ? new Set([...before].filter(one => one !== id)) : new Set([...before, id])))
    },
    focusCount,
    focus: () => setFocusCount(times => times + 1),
    wordsFocus,
    focusWords: () => setWordsFocus(times => times + 1),
    kindMenu: useRowMenu(),
    complianceMenu: useRowMenu(),
    rowMenu: useRowMenu(),
  }
}
export type CaseTimeline = ReturnType<typeof useCaseTimeline>
