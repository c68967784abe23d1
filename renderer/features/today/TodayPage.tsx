import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { addDays } from '../../../shared/time.ts'
import { useToday } from '../../app/clock.ts'
import { openDialog } from '../../app/dialogs.ts'
import { useListKeys } from '../../app/useListKeys.ts'
import { Columns } from '../../components/Columns.tsx'
import { KeyStrip } from '../../components/KeyStrip.tsx'
import { Page } from '../../components/Page.tsx'
import { Diary } from './Diary.tsx'
import { OwedList } from './OwedList.tsx'
import { RecentCases } from './RecentCases.tsx'
import { ToLogList } from './ToLogList.tsx'
import { useDiary } from './useDiary.ts'

/** What is now, what is left over, what is owed: one key from each to doing it. */
export function TodayPage() {
  const today = useToday()
  const { day = today } = useSearch({ from: '/' })
  const navigate = useNavigate()
  const [owedFocus, setOwedFocus] = useState(0)
  const showDay = (next: string) =>
    void navigate({ to: '/', search: next === today ? {} : { day: next }, replace: true })
  const walkIn = () => openDialog({ kind: 'find', purpose: 'walk-in', within: null })
  const goToOwed = () => setOwedFocus(times => times + 1)
  const diary = useDiary(day)
  const { act } = diary
  // The list that had focus last: the strip shows its keys.
  const [place, setPlace] = useState<'diary' | 'side'>('diary')
  const onDay = (step: 1 | -1) => showDay(addDays(day, step))
  const onKeyDown = useListKeys({
    'today.walkIn': walkIn,
    'today.owed': goToOwed,
    'today.previousDay': () => onDay(-1),
    'today.nextDay': () => onDay(1),
  })

  const diaryKeys = [
    { id: 'today.main', label: 'record', run: act.main },
    { id: 'today.prepare', label: 'prepare', run: act.prepare },
    { id: 'today.open', label: 'open case', run: act.openCase },
    { id: 'today.missed', label: 'missed', run: act.missed },
    { id: 'today.move', label: 'move or cancel', run: act.move },
  ] as const
  const keys = [
    ...(place === 'diary' ? diaryKeys : []),
    { id: 'today.walkIn', label: 'walk-in or call', run: walkIn },
    { id: 'today.owed', label: 'owed', run: goToOwed },
  ] as const

  return (
    <Page title="Today" onKeyDown={onKeyDown} foot={<KeyStrip keys={keys} />}>
      <Columns
        sideLabel="Left over and owed"
        main={
          <>
            <Diary day={day} today={today} diary={diary} onDay={onDay} onFocus={() => setPlace('diary')} />
            <RecentCases />
          </>
        }
        side={
          <>
            <ToLogList today={today} onFocus={() => setPlace('side')} />
            <OwedList today={today} focusCount={owedFocus} onFocus={() => setPlace('side')} />
          </>
        }
      />
    </Page>
  )
}
