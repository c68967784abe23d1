import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Input, Answer } from '../../../shared/ipc/contract.ts'
import type { AppError, FieldProblem } from '../../../shared/result.ts'
import { alert } from '../../app/announce.ts'
import { useAction } from '../../app/api.ts'
import { focusFirstProblem } from '../../app/areas.ts'
import { diskText, errorText } from '../../app/errorText.ts'
import type { DraftKeeper } from './draftKeeper.ts'
import { fieldOf, recordProblem } from './recordText.ts'

const RETRY_MS = 5_000

/** How the last attempt to save ended. */
interface Attempt {
  /** Refusals by field, in sentences. */
  readonly problems: Readonly<Record<string, string>>
  /** Why the whole was refused. */
  readonly error: string | null
  /** Whether the disk said no: it is tried again by itself. */
  readonly triesAgain: boolean
}

const NOTHING_WRONG: Attempt = { problems: {}, error: null, triesAgain: false }

export const refusedAttempt = (fields: Readonly<Record<string, FieldProblem>>): Attempt => ({
  ...NOTHING_WRONG,
  problems: Object.fromEntries(
    Object.entries(fields).map(([path, problem]) => [fieldOf(path), recordProblem(fieldOf(path), problem)]),
  ),
})

function attemptOf(error: AppError): Attempt {
  if (error.code === 'invalid-input') return refusedAttempt(error.fields)
  if (error.code !== 'not-saved') return { ...NOTHING_WRONG, error: errorText(error) }
  const text = `Not saved. ${diskText[error.cause]} Your draft is kept in memory and tried every 5 seconds.`
  return { ...NOTHING_WRONG, error: text, triesAgain: true }
}

interface SavingOptions {
  readonly draft: DraftKeeper
  /** What is to be saved, as the screen stands; refusals of its own where it cannot be saved. */
  readonly inputNow: () => Input<'contacts.record'> | Readonly<Record<string, FieldProblem>>
  /** What speaks against it that only main knows. */
  readonly check: () => Promise<Readonly<Record<string, FieldProblem>>>
  readonly onSaved: (saved: Answer<'contacts.record'>, goesOn: boolean) => void
}

/** Saves the contact; refusals are shown in place, and a disk that says no is tried again until it says yes. */
export function useSaving({ draft, inputNow, check, onSaved }: SavingOptions) {
  const record = useAction('contacts.record')
  const [attempt, setAttempt] = useState(NOTHING_WRONG)
  const [goesOn, setGoesOn] = useState(false)
  const [refusals, setRefusals] = useState(0)
  // A second press of Save may come before the screen shows the first; what is saved is left only once.
  const isUnderWay = useRef(false)

  async function save(goesOnAfter: boolean) {
    if (isUnderWay.current) return
    isUnderWay.current = true
    setGoesOn(goesOnAfter)
    const input = inputNow()
    if (!isInput(input)) return refuse(refusedAttempt(input))
    const problems = await check()
    if (Object.keys(problems).length > 0) return refuse(refusedAttempt(problems))
    // A draft that is kept after the save would come back as work that is still to do.
    await draft.stop()
    const saved = await record.run(input)
    if (saved.ok) return onSaved(saved.value, goesOnAfter)
    draft.goOn()
    refuse(attemptOf(saved.error))
  }

  function refuse(next: Attempt) {
    isUnderWay.current = false
    setAttempt(next)
    if (!next.triesAgain) setRefusals(times => times + 1)
    const [first] = Object.values(next.problems)
    const said = next.error ?? first
    if (said && said !== attempt.error) alert(said)
  }

  // The DOM: focus goes to the first field that was refused, when it is there.
  useEffect(() => {
    if (refusals > 0) focusFirstProblem()
  }, [refusals])

  const again = useEffectEvent(() => void save(goesOn))
  useEffect(() => {
    if (!attempt.triesAgain) return
    const timer = setTimeout(() => again(), RETRY_MS)
    return () => clearTimeout(timer)
  }, [attempt])

  return {
    attempt,
    isSaving: record.isRunning,
    save,
    /** Takes back the refusal of a field that was answered anew. */
    clear(field: string) {
      if (attempt.problems[field] === undefined) return
      const { [field]: _answered, ...problems } = attempt.problems
      setAttempt({ ...attempt, problems })
    },
  }
}
export type Saving = ReturnType<typeof useSaving>

const isInput = (input: object): input is Input<'contacts.record'> => 'ids' in input
