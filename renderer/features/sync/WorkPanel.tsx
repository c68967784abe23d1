import { useEffect, useState } from 'react'
import { focusFallback } from '../../app/areas.ts'
import { errorText } from '../../app/errorText.ts'
import { useListKeys, type ListActions } from '../../app/useListKeys.ts'
import { useOpen } from '../../app/useOpen.ts'
import { usePages } from '../../app/usePages.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { wordsOf } from '../../components/markWords.ts'
import { MoreButton } from '../../components/MoreButton.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useChosen } from '../../components/useChosen.ts'
import { WordsField } from '../../components/WordsField.tsx'
import { WorkRow } from './WorkRow.tsx'

const PAGE_SIZE = 25

interface WorkPanelProps {
  readonly today: string
  /** A change of this number moves focus to the words. */
  readonly wordsFocus: number
  /** The keys of the whole screen: they act while this list has focus too. */
  readonly screenKeys: ListActions
  /** Whether focus begins here. */
  readonly takesFocus: boolean
}

/** The officer's own work, newest first, each with its state. */
export function WorkPanel({ today, wordsFocus, screenKeys, takesFocus }: WorkPanelProps) {
  const [words, setWords] = useState('')
  const [listFocus, setListFocus] = useState(0)
  const { openCase } = useOpen()
  const { items, first, error, again, isPrevious, more, isMoreUnderWay } = usePages(
    'sync.work',
    { words, only: 'all' },
    { pageSize: PAGE_SIZE, itemsOf: answer => answer.items, hasMore: (answer, shown) => shown < answer.total },
  )
  const [chosen, choose] = useChosen(
    items.map(item => item.actionId),
    { about: words, isPrevious },
  )
  const item = items.find(one => one.actionId === chosen)
  const open = () => item && openCase(item.caseId)
  const isEmpty = first !== undefined && items.length === 0
  // The DOM: an empty list is not there to take focus.
  useEffect(() => {
    if (takesFocus && isEmpty) focusFallback(document.querySelector('main'))
  }, [takesFocus, isEmpty])
  const onKeyDown = useListKeys({ ...screenKeys })

  return (
    <Panel
      title="Your work"
      note="newest first"
      side={
        <WordsField
          label="Search your work"
          placeholder="Words"
          keys="sync.words"
          onWords={setWords}
          onDown={() => setListFocus(times => times + 1)}
          focusCount={wordsFocus}
        />
      }
      isGrowing
    >
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {isEmpty && (
        <EmptyState>
          {words === '' ? 'Nothing was saved on this PC yet.' : `Nothing in your work has “${words}”. Esc clears.`}
        </EmptyState>
      )}
      {items.length > 0 && (
        <div onKeyDown={onKeyDown}>
          <ListBox
            label="Your work"
            items={items}
            keyOf={one => one.actionId}
            renderRow={one => <WorkRow item={one} today={today} words={wordsOf(words)} />}
            chosen={chosen}
            onChoose={choose}
            onOpen={open}
            isQuiet
            isEntry
            focusCount={listFocus + (takesFocus ? 1 : 0)}
          />
        </div>
      )}
      {more && first && <MoreButton shown={items.length} total={first.total} onMore={more} isBusy={isMoreUnderWay} />}
    </Panel>
  )
}
