import type { OwedView } from '../../../shared/features/cases/caseViews.ts'
import { errorText } from '../../app/errorText.ts'
import { useOpen } from '../../app/useOpen.ts'
import { usePages } from '../../app/usePages.ts'
import { dueText, dueTone, owedBecause, owedText } from '../../app/words.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { MoreButton } from '../../components/MoreButton.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useChosen } from '../../components/useChosen.ts'
import { DatedRow } from './DatedRow.tsx'

const PAGE_SIZE = 8
const keyOf = (owed: OwedView) => `${owed.kind} ${owed.subjectId}`

interface OwedListProps {
  readonly today: string
  /** A change of this number moves focus here. */
  readonly focusCount: number
  readonly onFocus: () => void
}

/** What is owed: late, today, then by date, each with the sum behind it. */
export function OwedList({ today, focusCount, onFocus }: OwedListProps) {
  const { openCase } = useOpen()
  const { items, first, error, again, more, isMoreUnderWay } = usePages(
    'today.owed',
    {},
    {
      pageSize: PAGE_SIZE,
      itemsOf: answer => answer.items,
      hasMore: (answer, shown) => shown < answer.total,
    },
  )
  const [chosen, choose] = useChosen(items.map(keyOf))
  const item = items.find(one => keyOf(one) === chosen)
  const open = () => {
    if (item) openCase(item.caseId)
  }
  const total = first?.total ?? 0

  return (
    <Panel title="Owed" count={total} note="worked out from the record" side={<KeyCap id="today.owed" />} isGrowing>
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {first && total === 0 && <EmptyState>Nothing is owed.</EmptyState>}
      {items.length > 0 && (
        <div onFocus={onFocus}>
          <ListBox
            label="Owed"
            items={items}
            keyOf={keyOf}
            renderRow={one => (
              <DatedRow
                when={dueText(one.dueOn, today)}
                tone={dueTone(one.dueOn, today)}
                because={owedBecause(one, today)}
              >
                <b>{one.name}</b>, {owedText(one, today)}
              </DatedRow>
            )}
            chosen={chosen}
            onChoose={choose}
            onOpen={open}
            isQuiet
            isEntry
            focusCount={focusCount}
          />
        </div>
      )}
      {more && <MoreButton shown={items.length} total={total} onMore={more} isBusy={isMoreUnderWay} />}
    </Panel>
  )
}
