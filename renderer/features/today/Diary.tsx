import { londonTime } from '../../../shared/time.ts'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { ariaKeysOf } from '../../app/keys.ts'
import { useListKeys } from '../../app/useListKeys.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { Panel } from '../../components/Panel.tsx'
import { RowMenu, type RowAction } from '../../components/RowMenu.tsx'
import { useRowMenu } from '../../components/useRowMenu.ts'
import { Waiting } from '../../components/Waiting.tsx'
import classes from './Diary.module.css'
import { DiaryRow } from './DiaryRow.tsx'
import { firstAfter } from './diaryRules.ts'
import { Preparation } from './Preparation.tsx'
import { backfillText, daySummary, dayTitle } from './todayText.ts'
import type { DiaryState } from './useDiary.ts'

interface DiaryProps {
  readonly day: string
  readonly today: string
  readonly diary: DiaryState
  readonly onDay: (step: 1 | -1) => void
  readonly onFocus: () => void
}

/** The officer's appointments of one day, with what to read before the chosen one. */
export function Diary({ day, today, diary, onDay, onFocus }: DiaryProps) {
  const { items, item, chosen, choose, now, act, error, again, isWaiting, isPrevious } = diary
  const menu = useRowMenu()
  const actions = rowActions(diary)
  const onKeyDown = useListKeys({
    'today.main': act.main,
    'today.prepare': act.prepare,
    'today.open': act.openCase,
    'today.missed': act.missed,
    'today.move': act.move,
    'app.rowMenu': menu.open,
  })
  const lineBefore = day === today ? firstAfter(items, now) : null
  const title = dayTitle(day, today)
  const nowLine = (
    <div role="presentation" className={classes.now}>
      Now {londonTime(now)}
    </div>
  )

  return (
    <Panel
      level={1}
      title={title}
      note={<Summary text={daySummary(items, day === today)} />}
      isGrowing
      side={
        <>
          {item && <RowMenu whose={item.person.name} actions={actions} menu={menu} />}
          <Days onDay={onDay} />
        </>
      }
    >
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {isWaiting && <Waiting lines={6} />}
      {!error && !isWaiting && (
        <div onKeyDown={onKeyDown} onFocus={onFocus}>
          <ListBox
            label={`Diary, ${title}`}
            items={items}
            keyOf={one => one.appointment.id}
            renderRow={(one, isChosen) => <DiaryRow item={one} isChosen={isChosen} now={now} onMain={act.main} />}
            renderBefore={one => one.appointment.id === lineBefore && nowLine}
            chosen={chosen}
            onChoose={choose}
            onOpen={act.main}
            onMenu={menu.open}
            rows="high"
            isEntry
            focusCount={1}
          />
          {items.length === 0 && !isPrevious && <EmptyState>Nothing in the diary on {title}.</EmptyState>}
        </div>
      )}
      {item && <Preparation key={item.appointment.id} item={item} today={today} preparation={diary.preparation} />}
    </Panel>
  )
}

function rowActions({ act }: DiaryState): readonly RowAction[] {
  return [
    { label: 'Record or open', keys: 'today.main', run: act.main },
    { label: 'Record as missed', keys: 'today.missed', run: act.missed },
    { label: 'Prepare', keys: 'today.prepare', run: act.prepare },
    { label: 'Open the case', keys: 'today.open', run: act.openCase },
    { label: 'Move or cancel', keys: 'today.move', run: act.move },
  ]
}

function Days({ onDay }: Pick<DiaryProps, 'onDay'>) {
  return (
    <span className={classes.days}>
      <button
        type="button"
        className={classes.day}
        aria-label="Day before"
        aria-keyshortcuts={ariaKeysOf('today.previousDay')}
        onClick={() => onDay(-1)}
      >
        <KeyCap id="today.previousDay" />
      </button>
      <button
        type="button"
        className={classes.day}
        aria-label="Day after"
        aria-keyshortcuts={ariaKeysOf('today.nextDay')}
        onClick={() => onDay(1)}
      >
        <KeyCap id="today.nextDay" />
      </button>
      day
    </span>
  )
}

/** What the day holds, and while cases are still arriving, how many are here. */
function Summary({ text }: { readonly text: string }) {
  const { value } = useCall('sync.status', {})
  const cases = value?.cases
  return (
    <span className={classes.summary}>
      <span>{text}</span>
      {cases && cases.complete < cases.all && <span>{backfillText(cases.complete, cases.all)}</span>}
    </span>
  )
}
