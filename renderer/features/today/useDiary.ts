import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { DiaryItem } from '../../../shared/features/today/todayContract.ts'
import { useCall } from '../../app/api.ts'
import { useNow } from '../../app/clock.ts'
import { openDialog } from '../../app/dialogs.ts'
import { useOpen } from '../../app/useOpen.ts'
import { useChosen } from '../../components/useChosen.ts'
import { isToCome, rememberRow, rowToBegin } from './diaryRules.ts'

const REST_MS = 500
const NO_ITEMS: readonly DiaryItem[] = []

/** The diary of one day, the row that is chosen in it, and what can be done with that row. */
export function useDiary(day: string) {
  const { value, error, isWaiting, isPrevious, again } = useCall('today.diary', { day }, { keepsPrevious: true })
  const now = useNow()
  const { openCase, record } = useOpen()
  const items = value?.items ?? NO_ITEMS
  // Days change with the answer, not with the key, so that the old rows stay until the new are there.
  const shownDay = items[0]?.appointment.startsOn ?? day
  const keys = items.map(item => item.appointment.id)
  const [chosen, choose] = useChosen(keys, { preferred: rowToBegin(items, shownDay, now), about: shownDay })
  const item = items.find(one => one.appointment.id === chosen)
  const preparation = usePreparation(chosen)

  function withRow(action: (row: DiaryItem) => void) {
    return () => {
      if (!item) return
      rememberRow(item.appointment.startsOn, item.appointment.id)
      action(item)
    }
  }
  const isRecordable = (row: DiaryItem) => row.appointment.status === 'planned' && !isToCome(row, now)

  return {
    items,
    item,
    chosen,
    choose,
    now,
    error,
    isWaiting,
    isPrevious,
    again,
    preparation,
    act: {
      main: withRow(row =>
        isRecordable(row)
          ? record(row.person.caseId, { appointment: row.appointment.id })
          : openCase(row.person.caseId),
      ),
      prepare: preparation.ask,
      openCase: withRow(row => openCase(row.person.caseId)),
      missed: withRow(row => {
        if (isRecordable(row)) record(row.person.caseId, { appointment: row.appointment.id, missed: true })
      }),
      move: withRow(row => {
        if (row.appointment.status !== 'planned') return
        openDialog({ kind: 'move', appointment: row.appointment, name: row.person.name })
      }),
    },
  }
}
export type DiaryState = ReturnType<typeof useDiary>

/** What to read before the chosen meeting. It is a reading of the case, so it is asked for after a rest, or by its key. */
function usePreparation(appointmentId: string | null) {
  // Where the window is low it is folded until it is asked for, and nobody reads what is folded.
  const isFolded = useMediaQuery('(max-height: 699px)', false, { getInitialValueInEffect: false })
  const [wanted, setWanted] = useState<{ readonly id: string; readonly wasAsked: boolean } | null>(null)
  useEffect(() => {
    if (appointmentId === null || isFolded) return
    const rest = setTimeout(
      () => setWanted(before => (before?.id === appointmentId ? before : { id: appointmentId, wasAsked: false })),
      REST_MS,
    )
    return () => clearTimeout(rest)
  }, [appointmentId, isFolded])

  const isWanted = appointmentId !== null && wanted?.id === appointmentId && (wanted.wasAsked || !isFolded)
  const { value, error, again } = useCall('today.prepare', { appointmentId: appointmentId ?? '' }, { isWanted })
  return {
    value: isWanted ? value : undefined,
    error: isWanted ? error : undefined,
    again,
    /** Whether it was asked for by its key, which opens it where it is folded. */
    wasAsked: isWanted && wanted.wasAsked,
    ask: () => appointmentId !== null && setWanted({ id: appointmentId, wasAsked: true }),
  }
}
export type PreparationState = ReturnType<typeof usePreparation>
