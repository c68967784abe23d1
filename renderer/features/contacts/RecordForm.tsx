import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { alert, announce } from '../../app/announce.ts'
import { call, useCall } from '../../app/api.ts'
import { leaveTextField } from '../../app/areas.ts'
import { now } from '../../app/clock.ts'
import { errorText } from '../../app/errorText.ts'
import { offerUndo } from '../../app/undo.ts'
import { useGoBack } from '../../app/useGoBack.ts'
import { useListKeys, type ListActions } from '../../app/useListKeys.ts'
import { useOpen } from '../../app/useOpen.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { slotText } from '../../app/slotText.ts'
import { Columns } from '../../components/Columns.tsx'
import { Page } from '../../components/Page.tsx'
import { ActionBar } from './ActionBar.tsx'
import { takeUnkept } from './draftKeeper.ts'
import { EffectsPanel } from './EffectsPanel.tsx'
import { focusAfterChoice, focusOnOpening } from './focusRules.ts'
import { LastNotesPanel } from './LastNotesPanel.tsx'
import { NextPanel } from './NextPanel.tsx'
import { NotePanel } from './NotePanel.tsx'
import { OutcomePanel } from './OutcomePanel.tsx'
import { nextKeys, outcomeKeys, walkInKeys } from './recordKeys.ts'
import { describedBy, hasOutcome, type RecordState } from './recordState.ts'
import { useFocusFlow } from './useFocusFlow.ts'
import { useRecord, type RecordProps } from './useRecord.ts'
import { useSaving } from './useSaving.ts'

/** The record screen: outcome, note, next appointment; beside it what saving does and the last note. */
export function RecordForm(props: RecordProps) {
  const { title, name, caseId, opensAtMissed } = props
  const [opened] = useState(() => withUnkept(props))
  const record = useRecord({ ...props, opened })
  const { state, set, draft, note, described, slot, today } = record
  const focus = useFocusFlow(focusOnOpening({ opened, type: described.type, opensAtMissed }))
  const leave = useGoBack()
  /** Only once the draft is kept: what is on screen would be lost with it. */
  async function leaveWithDraft() {
    await draft.keep(record.bodyNow)
    const { text, isTrouble } = draft.news.get()
    if (isTrouble) alert(text)
    else leave()
  }
  const navigate = useNavigate()
  const open = useOpen()
  const { value: theCase } = useCall('cases.open', { caseId })

  const saving = useSaving({
    draft,
    inputNow: () => record.inputAt(now()),
    check: record.checkSlot,
    onSaved: (saved, goesOn) => {
      const body = record.bodyNow()
      const what = slot ? `Contact and appointment ${slotText(slot, today)} for ${name}` : `Contact for ${name}`
      offerUndo({ ...saved, text: what, onUndone: () => void keepAgain(body) })
      if (goesOn) void goToNext()
      else leave()
    },
  })

  /** What was written comes back as a draft, on the same screen. */
  async function keepAgain(body: ReturnType<typeof record.bodyNow>) {
    const place = { caseId, appointmentId: opened.appointment?.id ?? null, mends: opened.mends }
    const again = await call('forms.openContact', place)
    if (!again.ok) return
    const [first, second, third] = again.value.ids.opIds
    await call('forms.keepDraft', { ...place, ids: { ...again.value.ids, opIds: [first, second, third] }, body })
    open.record(caseId, { ...(place.appointmentId && { appointment: place.appointmentId }) })
  }

  async function goToNext() {
    const next = await call('today.toLog', { limit: 1, offset: 0 })
    const [item] = next.ok ? next.value.items : []
    if (!item) {
      if (next.ok) announce('No more outcomes to log')
      else alert(errorText(next.error))
      return void navigate({ to: '/' })
    }
    void navigate({
      to: '/case/$caseId/record',
      params: { caseId: item.person.caseId },
      search: { appointment: item.appointment.id },
      replace: true,
    })
  }

  /** Answers one question and leads on to the next that needs an answer. */
  function answer(change: Partial<RecordState>, field: string) {
    const next = { ...state, ...change }
    set(change)
    saving.clear(field)
    const { type } = describedBy(next, props.reference)
    focus.go(focusAfterChoice(next, { field, type, noteIsEmpty: note.text().trim() === '' }))
  }

  const actions: ListActions = {
    ...walkInKeys(state, kind => answer({ kind }, 'kind')),
    ...(state.kind !== '' &&
      hasOutcome(described.type) &&
      outcomeKeys(state.outcome, outcome => answer({ outcome }, 'outcome'))),
    ...nextKeys(record.nextFacts, state, nextChoice => answer({ nextChoice }, 'next')),
  }
  const onKeyDown = useListKeys(actions)
  useShortcut('record.note', () => focus.go('note'))
  useShortcut('record.outcome', () => focus.go('outcome'))
  useShortcut('record.next', () => focus.go('next'))
  useShortcut('app.save', () => void saving.save(false))
  useShortcut('record.saveNext', () => void saving.save(true))
  useShortcut('app.close', () => {
    if (!leaveTextField()) void leaveWithDraft()
  })
  useShortcut('app.saveDraft', () => {
    draft.touch()
    void draft.keep(record.bodyNow).then(() => announce(draft.news.get().text))
  })

  const parts = { record, saving, focus, opened, answer }
  return (
    <Page
      title={title}
      onKeyDown={onKeyDown}
      foot={<ActionBar saving={saving} onLeave={() => void leaveWithDraft()} canGoOn={opened.appointment !== null} />}
    >
      <Columns
        sideLabel="Next appointment and effects"
        sideWidth="narrow"
        isFitted
        main={
          <>
            <OutcomePanel {...parts} reference={props.reference} />
            <NotePanel {...parts} caseId={caseId} reference={props.reference} />
          </>
        }
        side={
          <>
            <NextPanel {...parts} />
            <EffectsPanel record={record} orders={theCase?.orders} />
            <LastNotesPanel notes={opened.lastNotes} today={today} />
          </>
        }
      />
    </Page>
  )
}

/** The form begins with what the last one of this meeting left behind, where no disk has that yet. */
function withUnkept({ caseId, opened }: RecordProps): RecordProps['opened'] {
  const { appointment, mends } = opened
  const initial = takeUnkept({ caseId, appointmentId: appointment?.id ?? null, mends })
  return initial ? { ...opened, initial, isDraft: true, draftSavedAt: null } : opened
}
