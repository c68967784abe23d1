import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { announce } from '../../app/announce.ts'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { useOpen } from '../../app/useOpen.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { count } from '../../app/words.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { useChosen } from '../../components/useChosen.ts'
import { useFocusAtStart } from '../../components/useFocusAtStart.ts'
import { moveInList } from '../../components/moveInList.ts'
import { commandsNow } from './commands.ts'
import classes from './FindDialog.module.css'
import { FindFoot } from './FindFoot.tsx'
import { caseOf, readAsked, type Hit } from './findRules.ts'
import { findWords } from './findWords.ts'
import { HitList, hitId } from './HitList.tsx'
import { useHits } from './useHits.ts'

interface FindBoxProps {
  readonly purpose: 'open' | 'walk-in'
  readonly within: string | null
  readonly onClose: () => void
}

/** The box, its results and its keys. Focus stays in the box all the time. */
export function FindBox({ purpose, within, onClose }: FindBoxProps) {
  const navigate = useNavigate()
  const open = useOpen()
  const listId = useId()
  const box = useFocusAtStart<HTMLInputElement>()
  const [typed, setTyped] = useState('')
  const [commands] = useState(commandsNow)
  const header = useCall('cases.header', { caseId: within ?? '' }, { isWanted: within !== null })
  const isWalkIn = purpose === 'walk-in'
  const found = useHits({
    typed,
    within,
    withinName: header.value?.person.name ?? null,
    commands,
    onlyPeople: isWalkIn,
  })
  const hits = found.groups.flatMap(group => group.hits)
  // A command is chosen at once only where nothing that is still on its way could stand before it.
  const isCertain = found.isSettled || found.mode === 'commands' || hits[0]?.is !== 'command'
  const [chosen, choose] = useChosen(isCertain ? hits.map(hit => hit.key) : [], {
    about: typed,
    isPrevious: found.isPrevious,
  })
  const hit = hits.find(one => one.key === chosen) ?? hits[0]
  useShortcut('app.close', onClose)
  useSpokenCount(hits.length, found.isSettled && typed !== '')

  /** Closes first, so that focus is back before anything else takes it. */
  function leaveFor(go: () => void) {
    onClose()
    setTimeout(go, 0)
  }
  function openHit(one: Hit | undefined) {
    if (!one) return
    leaveFor(() => {
      if (one.is === 'command') one.command.run()
      else if (isWalkIn) open.record(one.is === 'note' ? one.note.caseId : one.person.caseId)
      else if (one.is === 'note') open.openEntry(one.note.caseId, one.note.contactId, one.note.startedAt)
      else open.openCase(one.person.caseId)
    })
  }
  function recordFor(one: Hit | undefined) {
    const caseId = caseOf(one)
    if (caseId !== undefined) leaveFor(() => open.record(caseId))
  }
  function showAll() {
    findWords.set(readAsked(box.current?.value ?? '').text)
    leaveFor(() => void navigate({ to: '/results' }))
  }

  // Enter may be faster than the results. It must not act on those of the words before.
  const awaited = useRef<((one: Hit | undefined) => void) | null>(null)
  function actOnHit() {
    const act = awaited.current
    if (!act || !found.isFirstHere || box.current?.value !== typed) return
    awaited.current = null
    act(hit)
  }
  useEffect(actOnHit)

  function onKeyDown(event: KeyboardEvent) {
    awaited.current = null
    if (event.key === 'Enter') {
      event.preventDefault()
      if (event.repeat) return
      if (event.ctrlKey && !isWalkIn) return showAll()
      awaited.current = event.shiftKey ? recordFor : openHit
      return actOnHit()
    }
    if (event.key === 'Home' || event.key === 'End' || event.altKey || event.ctrlKey) return
    const next = moveInList(
      event.key,
      hits.findIndex(one => one.key === chosen),
      hits.length,
    )
    const moved = next === undefined ? undefined : hits[next]
    if (!moved) return
    event.preventDefault()
    choose(moved.key)
  }

  return (
    <>
      <div className={classes.ask}>
        <input
          ref={box}
          type="text"
          role="combobox"
          aria-label={isWalkIn ? 'Name, CRN or date of birth of the person' : 'Find a person, a note or a command'}
          aria-expanded={hits.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen === null ? undefined : hitId(listId, chosen)}
          className={classes.input}
          placeholder={isWalkIn ? 'Who is it?' : 'Name, number, date of birth, words of a note or a command'}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onInput={event => afterPaint(event.currentTarget, setTyped)}
          onKeyDown={onKeyDown}
        />
        <span className={classes.where}>
          {found.cases !== undefined && `On this PC: ${count(found.cases, 'case')}. `}Works with the line down
        </span>
      </div>
      {found.error && <ErrorPanel text={errorText(found.error)} />}
      <HitList
        id={listId}
        groups={found.groups}
        about={found.about}
        text={found.text}
        within={within}
        chosen={chosen}
        onChoose={choose}
        onOpen={openHit}
      />
      {hits.length === 0 && found.isSettled && typed !== '' && (
        <EmptyState>{nothingText(found.text, found.mode, found.cases)}</EmptyState>
      )}
      <FindFoot isWalkIn={isWalkIn} />
    </>
  )
}

/** Gives the text on when the browser has shown it, so that a key is on screen before its results are worked out. */
function afterPaint(box: HTMLInputElement, give: (text: string) => void): void {
  requestAnimationFrame(() => setTimeout(() => give(box.value), 0))
}

function nothingText(text: string, mode: string, cases: number | undefined): string {
  if (mode === 'commands') return `No command fits “${text}”.`
  if (mode === 'notes') return `No note on this PC has “${text}”.`
  const here = cases === undefined ? '' : ` ${count(cases, 'case is', 'cases are')} here.`
  return `Nobody and no note on this PC matches “${text}”.${here}`
}

function useSpokenCount(hits: number, isSettled: boolean): void {
  useEffect(() => {
    if (isSettled) announce(count(hits, 'result'))
  }, [hits, isSettled])
}
