import { useState } from 'react'
import { errorText } from '../../app/errorText.ts'
import { useListKeys, type ListActions } from '../../app/useListKeys.ts'
import { useOpen } from '../../app/useOpen.ts'
import { usePages } from '../../app/usePages.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { MoreButton } from '../../components/MoreButton.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useChosen } from '../../components/useChosen.ts'
import { DiscardDialog } from './DiscardDialog.tsx'
import { MendDialog } from './MendDialog.tsx'
import type { Work } from './syncText.ts'
import { WorkRow } from './WorkRow.tsx'

const PAGE_SIZE = 10

interface NeedsYouPanelProps {
  readonly today: string
  /** The keys of the whole screen: they act while this list has focus too. */
  readonly screenKeys: ListActions
  /** Whether focus begins here. */
  readonly takesFocus: boolean
}

/** What was refused: why, and what mends it. Nothing else waits behind it. */
export function NeedsYouPanel({ today, screenKeys, takesFocus }: NeedsYouPanelProps) {
  const { items, first, error, again, more, isMoreUnderWay } = usePages(
    'sync.work',
    { words: '', only: 'needs-you' },
    { pageSize: PAGE_SIZE, itemsOf: answer => answer.items, hasMore: (answer, shown) => shown < answer.total },
  )
  const [chosen, choose] = useChosen(items.map(item => item.actionId))
  const [discarded, setDiscarded] = useState<Work | null>(null)
  const item = items.find(one => one.actionId === chosen)
  const [mended, setMended] = useState<Work | null>(null)
  const mend = useMend(setMended)
  const openChosen = () => item && mend(item)
  const discardChosen = () => {
    if (item?.attention[0]) setDiscarded(item)
  }
  const onKeyDown = useListKeys({
    'sync.mend': openChosen,
    'sync.discard': discardChosen,
    ...screenKeys,
  })

  return (
    <Panel
      title="Needs you"
      count={first?.total}
      note="kept on this PC, nothing else waits behind it"
      side={
        item && (
          <>
            <Button look="small" keys="sync.mend" onClick={openChosen}>
              Open and mend
            </Button>
            <Button look="quiet" keys="sync.discard" onClick={discardChosen}>
              Discard
            </Button>
          </>
        )
      }
    >
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {first && items.length === 0 && <EmptyState>Nothing was refused.</EmptyState>}
      {items.length > 0 && (
        <div onKeyDown={onKeyDown}>
          <ListBox
            label="Needs you"
            items={items}
            keyOf={one => one.actionId}
            renderRow={one => <WorkRow item={one} today={today} tellsWhy />}
            chosen={chosen}
            onChoose={choose}
            onOpen={openChosen}
            isQuiet
            isEntry
            focusCount={takesFocus ? 1 : 0}
          />
        </div>
      )}
      {more && first && <MoreButton shown={items.length} total={first.total} onMore={more} isBusy={isMoreUnderWay} />}
      {mended && <MendDialog item={mended} onClose={() => setMended(null)} />}
      {discarded && <DiscardDialog item={discarded} onClose={() => setDiscarded(null)} />}
    </Panel>
  )
}

/** Opens what needs the officer where it can be put right. */
function useMend(openDialog: (item: Work) => void) {
  const { openCase, openDetails, record } = useOpen()
  return (item: Work) => {
    const [one] = item.attention
    if (one?.mendsOnRecord) return record(item.caseId, { mends: one.opId })
    if (one?.kind === 'refused') return openDialog(item)
    const isDetail = item.what.some(type => DETAIL_TYPES.test(type))
    return isDetail ? openDetails(item.caseId, undefined, one?.fields[0]) : openCase(item.caseId)
  }
}

const DETAIL_TYPES = /^(case|identifier|alias|address|contact_detail|adjustment)\./
