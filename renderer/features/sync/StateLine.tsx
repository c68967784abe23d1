import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { LineReason } from '../../../shared/features/sync/syncContract.ts'
import { announce } from '../../app/announce.ts'
import { useCall } from '../../app/api.ts'
import { useNow, useToday } from '../../app/clock.ts'
import { StateDot } from '../../components/StateDot.tsx'
import classes from './StateLine.module.css'
import { isDown, lineText, needsYouText, stateWords, stuckText } from './syncText.ts'

/** The state of the whole PC, in the top bar. Opens Sync. */
export function StateLine() {
  const { value: status } = useCall('sync.status', {})
  const now = useNow()
  const today = useToday()
  useSpokenLine(status?.reason)
  useSpokenNeed(status?.needsYou.count)
  useSpokenStuck(status && stuckText(status, now, today)?.what)
  if (!status) return null
  const { sign, text } = stateWords(status, now, today)
  return (
    <Link to="/sync" className={classes.line} data-sign={sign} title={text}>
      <StateDot state={sign}>
        <span className={classes.words}>{text}</span>
      </StateDot>
    </Link>
  )
}

/** Says when the line goes down or comes back, and nothing in between. */
function useSpokenLine(reason: LineReason | undefined): void {
  const before = useRef<LineReason>(undefined)
  useEffect(() => {
    const last = before.current
    before.current = reason
    if (last === undefined || reason === undefined || last === reason) return
    if (isDown(reason)) announce(lineText[reason].what)
    else if (isDown(last)) announce('The line is back')
  }, [reason])
}

/** Says once when work has waited for too long. */
function useSpokenStuck(what: string | undefined): void {
  const isStuck = what !== undefined
  const said = useRef(false)
  useEffect(() => {
    if (isStuck && !said.current) announce(what)
    said.current = isStuck
  }, [isStuck, what])
}

/** Says when something was refused or has two versions that was not so before. */
function useSpokenNeed(count: number | undefined): void {
  const before = useRef<number>(undefined)
  useEffect(() => {
    const last = before.current
    before.current = count
    if (last !== undefined && count !== undefined && count > last) announce(needsYouText(count))
  }, [count])
}
