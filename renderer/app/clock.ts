import { useSyncExternalStore } from 'react'
import { londonDate } from '../../shared/time.ts'

const MINUTE_MS = 60_000

/** This moment, in UTC milliseconds. For what the officer does; what is shown uses `useNow`. */
export const now = (): number => Date.now()

function everyMinute(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS / 4)
  return () => clearInterval(timer)
}

const thisMinute = () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS

/** The minute that it is, in UTC milliseconds. */
export const useNow = (): number => useSyncExternalStore(everyMinute, thisMinute)

/** Today in London. */
export const useToday = (): string => londonDate(useNow())
