import { useEffect, useState } from 'react'
import { focusFallback } from '../../app/areas.ts'
import { errorText } from '../../app/errorText.ts'
import { useStore } from '../../app/store.ts'
import { useOpen } from '../../app/useOpen.ts'
import { usePages } from '../../app/usePages.ts'
import { Columns } from '../../components/Columns.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { MoreButton } from '../../components/MoreButton.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useChosen } from '../../components/useChosen.ts'
import { noteHit, personHit, type Hit } from './findRules.ts'
import { findWords } from './findWords.ts'
import { HitRow } from './HitRow.tsx'
import classes from './ResultsPage.module.css'

/** Everything that fits the words of the last search. */
export function ResultsPage() {
  const text = useStore(findWords)
  return (
    <Page title="All results">
      {text === '' ? (
        <Panel title="All results" level={1}>
          <EmptyState>Nothing was searched for yet. Ctrl K searches.</EmptyState>
        </Panel>
      ) : (
        <Columns main={<Notes text={text} />} side={<People text={text} />} sideLabel="People" />
      )}
    </Page>
  )
}

const PAGE_SIZE = 25

function People({ text }: { readonly text: string }) {
  const { openCase } = useOpen()
  const { items, first, error, again, more, isMoreUnderWay } = usePages(
    'find.people',
    { text },
    { pageSize: PAGE_SIZE, itemsOf: answer => answer.people, hasMore: (answer, shown) => shown < answer.total },
  )
  const hits = items.map(personHit)
  return (
    <Panel title="People" count={first?.total}>
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {first && hits.length === 0 && <EmptyState>Nobody on this PC matches “{text}”.</EmptyState>}
      <Hits label="People" hits={hits} text={text} onOpen={hit => hit.is === 'person' && openCase(hit.person.caseId)} />
      {more && first && <MoreButton shown={hits.length} total={first.total} onMore={more} isBusy={isMoreUnderWay} />}
    </Panel>
  )
}

function Notes({ text }: { readonly text: string }) {
  const { openEntry } = useOpen()
  const { items, first, error, again, more, isMoreUnderWay } = usePages(
    'find.notes',
    { text, within: null, without: null },
    { pageSize: PAGE_SIZE, itemsOf: answer => answer.notes, hasMore: answer => answer.hasMore },
  )
  const hits = items.map(noteHit)
  const isEmpty = first !== undefined && hits.length === 0
  // The DOM: an empty list is not there to take focus.
  useEffect(() => {
    if (isEmpty) focusFallback(document.querySelector('main'))
  }, [isEmpty])
  return (
    <Panel title={`Notes with “${text}”`} level={1}>
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {isEmpty && <EmptyState>No note on this PC has these words.</EmptyState>}
      <Hits
        label="Notes"
        hits={hits}
        text={text}
        onOpen={hit => hit.is === 'note' && openEntry(hit.note.caseId, hit.note.contactId, hit.note.startedAt)}
        takesFocus
      />
      {more && <MoreButton shown={hits.length} onMore={more} isBusy={isMoreUnderWay} />}
    </Panel>
  )
}

interface HitsProps {
  readonly label: string
  readonly hits: readonly Hit[]
  readonly text: string
  readonly onOpen: (hit: Hit) => void
  readonly takesFocus?: boolean
}

const NOTHING_MORE = new Map<string, never>()

function Hits({ label, hits, text, onOpen, takesFocus = false }: HitsProps) {
  const [chosen, choose] = useChosen(
    hits.map(hit => hit.key),
    { about: text },
  )
  const [focusCount] = useState(takesFocus ? 1 : 0)
  const hit = hits.find(one => one.key === chosen)
  if (hits.length === 0) return null
  return (
    <ListBox
      label={label}
      items={hits}
      keyOf={one => one.key}
      renderRow={one => (
        <div className={classes.row}>
          <HitRow hit={one} about={NOTHING_MORE} text={text} within={null} />
        </div>
      )}
      chosen={chosen}
      onChoose={choose}
      onOpen={() => hit && onOpen(hit)}
      focusCount={focusCount}
      isQuiet
      isEntry
    />
  )
}
