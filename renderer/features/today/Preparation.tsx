import { useId, type ReactNode } from 'react'
import type { DiaryItem } from '../../../shared/features/today/todayContract.ts'
import { briefDay, londonDate } from '../../../shared/time.ts'
import { errorText } from '../../app/errorText.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import classes from './Preparation.module.css'
import type { PreparationState } from './useDiary.ts'

interface PreparationProps {
  readonly item: DiaryItem
  readonly today: string
  readonly preparation: PreparationState
}

/** What to read before the person sits down: the last note, what to ask, where things stand. */
export function Preparation({ item, today, preparation }: PreparationProps) {
  const { value, error, again, wasAsked } = preparation
  const id = useId()
  return (
    <section className={classes.pane} aria-labelledby={id} data-area tabIndex={-1} data-asked={wasAsked || undefined}>
      <div className={classes.head}>
        <h2 id={id}>For the meeting with {item.person.name}</h2>
        {!value && !error && (
          <span className={classes.hint}>
            after a short rest, or <KeyCap id="today.prepare" />
          </span>
        )}
      </div>
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {!value && !error && wasAsked && <Waiting />}
      {value && <Parts value={value} today={today} />}
    </section>
  )
}

function Parts({ value, today }: { readonly value: NonNullable<PreparationState['value']>; readonly today: string }) {
  const { lastNote, askAbout, standing } = value
  const day = lastNote && briefDay(londonDate(lastNote.startedAt), today)
  return (
    <div className={classes.parts}>
      <Part title={day ? `Last note, ${day}` : 'Last note'}>
        <p className={classes.note}>{lastNote?.note ?? 'No note yet.'}</p>
      </Part>
      <Part title="Ask about">
        <Lines lines={askAbout} none="Nothing is owed." />
      </Part>
      <Part title="Standing">
        <Lines lines={standing} none="No order runs today." />
      </Part>
    </div>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={classes.part}>
      <h3>{title}</h3>
      {children}
    </div>
  )
}

function Lines({ lines, none }: { readonly lines: readonly string[]; readonly none: string }) {
  if (lines.length === 0) return <p>{none}</p>
  return (
    <ul>
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
