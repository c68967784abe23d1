import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { SETTLE_REASON_MAX } from '../../../shared/features/conflicts/conflict.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import type { AppError } from '../../../shared/result.ts'
import type { FieldValue } from '../../../shared/sync/recordTypes.ts'
import { useAction } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { errorText, fieldProblems, reasonWords } from '../../app/errorText.ts'
import { plainText } from '../../app/plainText.ts'
import { offerUndo } from '../../app/undo.ts'
import { useListKeys } from '../../app/useListKeys.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { valueText } from '../../app/valueText.ts'
import { type Choice, ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { Form } from '../../components/Form.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { byText, type Conflict, inOrder, type Version, whichText } from './conflictText.ts'
import classes from './Versions.module.css'

interface SettleFormProps {
  /** As it was when the form opened: what is settled is what was on screen. */
  readonly opened: Conflict
  readonly ids: Answer<'forms.ids'>
  readonly onClose: () => void
}

const COMBINE = 'combine'

/** Asks which version is right, or for words in the place of all, and why. */
export function SettleForm({ opened, ids, onClose }: SettleFormProps) {
  const today = useToday()
  const [conflict] = useState(opened)
  const versions = inOrder(conflict.versions)
  const [chosen, setChosen] = useState<string | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [words, setWords] = useState(() => bothWords(conflict))
  const [asks, setAsks] = useState(0)
  const reason = useRef<HTMLInputElement>(null)
  const settle = useAction('conflicts.settle')
  const problems = error ? fieldProblems(error, OWN_WORDS) : undefined

  /** Choosing leads on: to the words, or to the reason. */
  function choose(place: string) {
    setChosen(place)
    if (place === COMBINE) setAsks(times => times + 1)
    else reason.current?.focus()
  }
  const onKeyDown = useListKeys({
    'settle.first': () => choose(keyOf(0)),
    'settle.second': () => choose(keyOf(1)),
    ...(conflict.canCombine && { 'settle.combine': () => choose(COMBINE) }),
  })
  useShortcut('settle.reason', () => reason.current?.focus())

  async function save() {
    const why = reason.current?.value.trim() ?? ''
    if (chosen === null) return setError({ code: 'invalid-input', fields: { value: 'required' } })
    if (why === '') return setError({ code: 'invalid-input', fields: { reason: 'required' } })
    const saved = await settle.run({
      actionId: ids.actionId,
      opId: ids.opIds[0],
      caseId: conflict.caseId,
      conflictId: conflict.conflictId,
      value: chosenValue(versions, chosen, words),
      seen: conflict.seen,
      reason: why,
    })
    if (!saved.ok) return setError(saved.error)
    offerUndo({ ...saved.value, text: `Settled: ${conflict.name}, ${whichText(conflict)}` })
    onClose()
  }

  return (
    <Form refusal={error}>
      {conflict.before !== null && <p className={classes.before}>Before: {valueText(conflict, conflict.before)}</p>}
      <div onKeyDown={onKeyDown}>
        <ChoiceGroup
          label="Which is right"
          look="cards"
          choices={choicesOf(conflict, versions, today)}
          chosen={chosen}
          onChoose={choose}
          error={chosen === COMBINE ? undefined : problems?.['value']}
          focusCount={1}
          isLabelShown
        />
      </div>
      {chosen === COMBINE && (
        <CombinedField value={words} onChange={setWords} error={problems?.['value']} focusCount={asks} />
      )}
      <TextInput
        ref={reason}
        label="Why"
        description="Stays in the record, for both of you to read"
        rightSection={<KeyCap id="settle.reason" />}
        rightSectionWidth={56}
        error={problems?.['reason']}
        autoComplete="off"
      />
      <FormFoot
        saveText="Settle"
        isSaving={settle.isRunning}
        onSave={() => void save()}
        onLeave={onClose}
        error={error && !problems ? errorText(error) : undefined}
      />
    </Form>
  )
}

interface CombinedFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
  /** A change of this number moves focus here. */
  readonly focusCount: number
}

function CombinedField({ value, onChange, error, focusCount }: CombinedFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  // The DOM: focus.
  useEffect(() => field.current?.focus(), [focusCount])
  return (
    <Textarea
      ref={field}
      label="Your words"
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      rows={4}
      error={error}
    />
  )
}

const OWN_WORDS = {
  ...reasonWords(SETTLE_REASON_MAX),
  value: {
    required: 'Choose what is right',
    'not-allowed': 'The field cannot hold this. Say it more briefly, on one line',
  },
}

const keyOf = (place: number): string => String(place)

function choicesOf(conflict: Conflict, versions: readonly Version[], today: string): readonly Choice<string>[] {
  const keys = ['settle.first', 'settle.second'] as const
  const given = versions.map((version, place) => ({
    value: keyOf(place),
    text: valueText(conflict, version.value),
    hint: byText(version, today),
    ...(keys[place] && { keys: keys[place] }),
  }))
  if (!conflict.canCombine) return given
  return [...given, { value: COMBINE, text: 'Combine', hint: 'In your own words', keys: 'settle.combine' }]
}

/** What combining begins with: all that was said, once. */
function bothWords(conflict: Conflict): string {
  const texts = [...new Set(inOrder(conflict.versions).map(one => (one.value === null ? '' : String(one.value))))]
  const isLong = texts.some(text => text.includes('\n') || text.length > LINE_LENGTH)
  return texts.filter(text => text !== '').join(isLong ? '\n' : ', ')
}
const LINE_LENGTH = 80

const chosenValue = (versions: readonly Version[], chosen: string, combined: string): FieldValue =>
  chosen === COMBINE ? plainText(combined).trim() : (versions[Number(chosen)]?.value ?? null)
