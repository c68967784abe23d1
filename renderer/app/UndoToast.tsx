import { useEffect, useRef, useState } from 'react'
import { Button } from '../components/Button.tsx'
import { StateDot } from '../components/StateDot.tsx'
import { useFocusRescue } from '../components/useFocusRescue.ts'
import { useStore } from './store.ts'
import { lastSave, undoLastSave, type Undoable } from './undo.ts'
import classes from './UndoToast.module.css'
import { useShortcut } from './useShortcut.ts'
import { fullStop } from './words.ts'

/** Says what was just saved and takes it back for as long as nothing of it may go out. */
export function UndoToast() {
  const saved = useStore(lastSave)
  return saved && <Countdown key={saved.actionId} saved={saved} />
}

function Countdown({ saved }: { readonly saved: Undoable }) {
  const seconds = useSecondsUntil(saved.undoUntil)
  const button = useRef<HTMLButtonElement>(null)
  useFocusRescue(button)
  useShortcut('app.undo', () => void undoLastSave(), seconds > 0)
  useEffect(() => {
    if (seconds <= 0 && lastSave.get() === saved) lastSave.set(null)
  }, [seconds, saved])

  return (
    <section className={classes.toast} aria-label="Last save">
      <StateDot state="saved">Saved on this PC. {fullStop(saved.text)}</StateDot>
      <Button ref={button} look="small" keys="app.undo" onClick={() => void undoLastSave()}>
        Undo
      </Button>
      <span aria-hidden className={classes.seconds}>
        {seconds}
      </span>
    </section>
  )
}

const secondsUntil = (at: number) => Math.max(0, Math.ceil((at - Date.now()) / 1000))

function useSecondsUntil(at: number): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(at))
  useEffect(() => {
    const timer = setInterval(() => setSeconds(secondsUntil(at)), 250)
    return () => clearInterval(timer)
  }, [at])
  return seconds
}
