import { useEffect } from 'react'
import { dayMonthYear, londonDate } from '../../../shared/time.ts'
import { focusFallback } from '../../app/areas.ts'
import { errorText } from '../../app/errorText.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { wordsOf } from '../../components/markWords.ts'
import { MoreButton } from '../../components/MoreButton.tsx'
import { Panel } from '../../components/Panel.tsx'
import { RowMenu, type RowAction } from '../../components/RowMenu.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { entryCountText, noEntriesText } from './caseText.ts'
import classes from './Timeline.module.css'
import { TimelineRow } from './TimelineRow.tsx'
import { TimelineTools } from './TimelineTools.tsx'
import { entryId, type CaseTimeline } from './useCaseTimeline.ts'
import type { DocumentsOf } from './useDocumentsOf.ts'
import type { HandProps } from './useInHand.ts'

interface TimelineProps {
  readonly timeline: CaseTimeline
  readonly today: string
  readonly documentsOf: DocumentsOf
  readonly actions: readonly RowAction[]
  /** Start of the oldest entry that is here, while older ones are still on their way; null when all are here. */
  readonly oldestHere: number | null
  readonly hand: HandProps
}

/** Every contact and appointment of the case, newest first. */
export function Timeline({ timeline, today, documentsOf, actions, oldestHere, hand }: TimelineProps) {
  const { entries, counts, error, again, isWaiting, more, isMoreUnderWay, chosen, choose, opened, toggle, filter } =
    timeline
  const words = wordsOf(filter.words)
  const isEmpty = counts !== undefined && entries.length === 0
  const { focusCount } = timeline
  // The DOM: an empty list is not there to take focus.
  useEffect(() => {
    if (isEmpty && focusCount > 0) focusFallback(document.querySelector('main'))
  }, [isEmpty, focusCount])
  return (
    <Panel
      title="Timeline"
      note={counts && entryCountText(counts)}
      side={chosen !== null && <RowMenu whose="the chosen entry" actions={actions} menu={timeline.rowMenu} />}
      isGrowing
    >
      <div className={classes.tools}>
        <TimelineTools timeline={timeline} />
      </div>
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {isWaiting && <Waiting lines={8} />}
      {isEmpty && <EmptyState>{noEntriesText(counts.all, filter.words)}</EmptyState>}
      {entries.length > 0 && (
        <div {...hand}>
          <ListBox
            label="Timeline"
            items={entries}
            keyOf={entryId}
            renderRow={entry => (
              <TimelineRow
                entry={entry}
                today={today}
                words={words}
                isOpen={opened.has(entryId(entry))}
                documents={entry.is === 'contact' ? documentsOf(entry.contact.id) : []}
              />
            )}
            chosen={chosen}
            onChoose={choose}
            onOpen={() => chosen !== null && toggle(chosen)}
            onMenu={timeline.rowMenu.open}
            rows="low"
            isEntry
            isQuiet
            focusCount={focusCount}
          />
        </div>
      )}
      {more && counts && (
        <MoreButton shown={entries.length} total={counts.shown} onMore={more} isBusy={isMoreUnderWay} />
      )}
      {oldestHere !== null && (
        <EmptyState>Entries before {dayMonthYear(londonDate(oldestHere))} are still on their way.</EmptyState>
      )}
    </Panel>
  )
}
