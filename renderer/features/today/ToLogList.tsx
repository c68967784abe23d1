import { daysBetween, londonDate } from '../../../shared/time.ts'
import { errorText } from '../../app/errorText.ts'
import { useOpen } from '../../app/useOpen.ts'
import { usePages } from '../../app/usePages.ts'
import { count, whenText } from '../../app/words.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { MoreButton } from '../../components/MoreButton.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useChosen } from '../../components/useChosen.ts'
import { DatedRow } from './DatedRow.tsx'

const PAGE_SIZE = 6
const MINUTE_MS = 60_000

interface ToLogListProps {
  readonly today: string
  readonly onFocus: () => void
}

/** Past appointments without an outcome, oldest first. */
export function ToLogList({ today, onFocus }: ToLogListProps) {
  const { record } = useOpen()
  const { items, first, error, again, more, isMoreUnderWay } = usePages(
    'today.toLog',
    {},
    {
      pageSize: PAGE_SIZE,
      itemsOf: answer => answer.items,
      hasMore: (answer, shown) => shown < answer.total,
      againMs: MINUTE_MS,
    },
  )
  const [chosen, choose] = useChosen(items.map(item => item.appointment.id))
  const item = items.find(one => one.appointment.id === chosen)
  const open = () => {
    if (item) record(item.person.caseId, { appointment: item.appointment.id })
  }
  const total = first?.total ?? 0

  return (
    <Panel
      title="Outcomes to log"
      count={total}
      note={first?.oldestAt == null ? '' : oldestText(first.oldestAt, today)}
    >
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {first && total === 0 && <EmptyState>No outcomes to log.</EmptyState>}
      {items.length > 0 && (
        <div onFocus={onFocus}>
          <ListBox
            label="Outcomes to log"
            items={items}
            keyOf={one => one.appointment.id}
            renderRow={one => (
              <DatedRow when={whenText(one.appointment.startsAt, today)}>
                {one.person.name}, {one.appointment.kindLabel.toLowerCase()}
              </DatedRow>
            )}
            chosen={chosen}
            onChoose={choose}
            onOpen={open}
            isQuiet
            isEntry
          />
        </div>
      )}
      {more && <MoreButton shown={items.length} total={total} onMore={more} isBusy={isMoreUnderWay} />}
    </Panel>
  )
}

function oldestText(oldestAt: number, today: string): string {
  const days = daysBetween(londonDate(oldestAt), today)
  return days === 0 ? 'oldest today' : `oldest ${count(days, 'day')}`
}
