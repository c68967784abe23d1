import type { DiaryItem } from '../../../shared/features/today/todayContract.ts'
import { appointmentText, riskWords, roshText, roshTone } from '../../app/words.ts'
import { Chip } from '../../components/Chip.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import { Unseen } from '../../components/Unseen.tsx'
import classes from './DiaryRow.module.css'
import { isToCome } from './diaryRules.ts'
import { rowState } from './todayText.ts'

interface DiaryRowProps {
  readonly item: DiaryItem
  readonly isChosen: boolean
  readonly now: number
  readonly onMain: () => void
}

/** One appointment: when, who, what, and the one word that matters. The chosen one also shows risk and its key. */
export function DiaryRow({ item, isChosen, now, onMain }: DiaryRowProps) {
  const { person, appointment } = item
  const isPast = appointment.startsAt + appointment.durationMinutes * 60_000 <= now
  return (
    <div className={classes.row}>
      <span className={classes.time} data-past={isPast || undefined}>
        {appointment.startsTime}
        <Unseen>, </Unseen>
      </span>
      <span className={classes.name}>
        {person.name}
        <Unseen>, </Unseen>
      </span>
      <span className={classes.why}>
        {appointmentText(appointment)}
        <Unseen>, {[...riskWords(person), rowState(item, now).text].join(', ')}</Unseen>
      </span>
      {isChosen && appointment.status === 'planned' ? (
        <span aria-hidden className={classes.main} onClick={onMain}>
          {isToCome(item, now) ? 'Open' : 'Record'} <KeyCap id="today.main" />
        </span>
      ) : (
        <State item={item} now={now} />
      )}
      {isChosen && <Facts item={item} />}
    </div>
  )
}

function State({ item, now }: Pick<DiaryRowProps, 'item' | 'now'>) {
  const { text, tone, sign } = rowState(item, now)
  return (
    <span aria-hidden className={classes.state} data-tone={tone}>
      {sign ? <StateDot state={sign}>{text}</StateDot> : text}
    </span>
  )
}

function Facts({ item }: Pick<DiaryRowProps, 'item'>) {
  const { person, hasDraft, appointment } = item
  return (
    <span aria-hidden className={classes.facts}>
      {person.hasStaffRisk && <Chip tone="red">Risk to staff</Chip>}
      {person.rosh && <Chip tone={roshTone[person.rosh]}>{roshText[person.rosh]}</Chip>}
      {hasDraft && (
        <Chip tone="amber">
          <StateDot state="draft">Draft kept on this PC</StateDot>
        </Chip>
      )}
      {appointment.status === 'planned' && appointment.toldHow === 'not-told' && <Chip tone="amber">Not told yet</Chip>}
      {appointment.statusReason !== '' && <span>{appointment.statusReason}</span>}
      <span>
        <KeyCap id="today.prepare" /> prepare
      </span>
    </span>
  )
}
