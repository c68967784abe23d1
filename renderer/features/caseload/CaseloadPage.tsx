import { useCallback, useState } from 'react'
import type { CaseloadSort } from '../../../shared/features/caseload/caseloadContract.ts'
import { announce } from '../../app/announce.ts'
import { useToday } from '../../app/clock.ts'
import { errorText } from '../../app/errorText.ts'
import { useListKeys } from '../../app/useListKeys.ts'
import { useOpen } from '../../app/useOpen.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { KeyStrip } from '../../components/KeyStrip.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { RowMenu } from '../../components/RowMenu.tsx'
import { useRowMenu } from '../../components/useRowMenu.ts'
import { Waiting } from '../../components/Waiting.tsx'
import { WordsField } from '../../components/WordsField.tsx'
import { CaseloadGrid } from './CaseloadGrid.tsx'
import classes from './CaseloadPage.module.css'
import { countText, nextSort, sortText } from './caseloadText.ts'
import { useCaseload } from './useCaseload.ts'

const SIGHT_STEP = 50

/** Everybody whom this officer works with. */
export function CaseloadPage() {
  const thisDay = useToday()
  const [words, setWords] = useState('')
  const [sort, setSort] = useState<CaseloadSort>('owed')
  const [chosen, choose] = useState(0)
  const [inSight, setInSight] = useState({ from: 0, to: SIGHT_STEP })
  const [wordsFocus, setWordsFocus] = useState(0)
  const [gridFocus, setGridFocus] = useState(1)
  const menu = useRowMenu()
  const { openCase, record } = useOpen()
  const list = useCaseload(words, sort, inSight)
  const row = list.rowAt(Math.min(chosen, list.total - 1))

  const open = () => row && openCase(row.person.caseId)
  const recordFor = () => row && record(row.person.caseId)
  const focusWords = () => setWordsFocus(times => times + 1)

  function sortBy(next: CaseloadSort) {
    setSort(next)
    choose(0)
    announce(`Sorted: ${sortText[next]}`)
  }
  function filterBy(next: string) {
    setWords(next)
    choose(0)
  }
  // In steps, so that scrolling asks for pages and not for a new list at each row.
  const see = useCallback((from: number, to: number) => {
    const step = { from: from - (from % SIGHT_STEP), to: to + SIGHT_STEP - (to % SIGHT_STEP) }
    setInSight(before => (before.from === step.from && before.to === step.to ? before : step))
  }, [])

  const onKeyDown = useListKeys({
    'caseload.record': recordFor,
    'caseload.filter': focusWords,
    'caseload.sort': () => sortBy(nextSort(sort)),
    'app.rowMenu': menu.open,
  })
  const keys = [
    { id: 'caseload.open', label: 'open', run: () => open() },
    { id: 'caseload.record', label: 'record a contact', run: () => recordFor() },
    { id: 'caseload.filter', label: 'filter by words', run: focusWords },
    { id: 'caseload.sort', label: 'sort by the next column', run: () => sortBy(nextSort(sort)) },
  ] as const
  const actions = [
    { label: 'Open the case', keys: 'caseload.open', run: () => open() },
    { label: 'Record a contact', keys: 'caseload.record', run: () => recordFor() },
  ] as const

  return (
    <Page title="Caseload" onKeyDown={onKeyDown} foot={<KeyStrip keys={keys} />}>
      <div className={classes.whole}>
        <Panel
          level={1}
          title="Caseload"
          note={list.isWaiting ? undefined : countText(list.total, list.all, words)}
          side={
            <>
              <span>{sortText[sort]}</span>
              {row && <RowMenu whose={row.person.name} actions={actions} menu={menu} />}
              <WordsField
                label="Filter by words"
                placeholder="Name, alias, CRN or flag"
                keys="caseload.filter"
                onWords={filterBy}
                onDown={() => setGridFocus(times => times + 1)}
                focusCount={wordsFocus}
                isWide
              />
            </>
          }
        >
          {list.error && <ErrorPanel text={errorText(list.error)} onAgain={list.again} />}
          {list.isWaiting && <Waiting lines={10} />}
          {!list.isWaiting && !list.error && list.total === 0 && (
            <EmptyState>
              {words === '' ? 'No case is on this PC yet.' : `Nobody matches “${words}”. Esc clears.`}
            </EmptyState>
          )}
          {!list.isWaiting && !list.error && (
            <CaseloadGrid
              total={list.total}
              rowAt={list.rowAt}
              today={list.today ?? thisDay}
              sort={sort}
              onSort={sortBy}
              chosen={Math.min(chosen, Math.max(list.total - 1, 0))}
              onChoose={choose}
              onOpen={() => open()}
              onMenu={menu.open}
              onSight={see}
              focusCount={gridFocus}
              about={`${sort} ${words}`}
            />
          )}
        </Panel>
      </div>
    </Page>
  )
}
