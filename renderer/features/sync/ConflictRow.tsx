import type { ConflictLine } from '../../../shared/features/conflicts/conflictsContract.ts'
import { fieldText, recordText } from '../../app/fieldText.ts'
import { stampText } from '../../app/words.ts'
import { StateDot } from '../../components/StateDot.tsx'
import { Unseen } from '../../components/Unseen.tsx'
import { conflictStateText } from './syncText.ts'
import classes from './WorkRow.module.css'

interface ConflictRowProps {
  readonly line: ConflictLine
  readonly today: string
}

/** One field with two versions: whose, which, by whom, and how it stands. What it says is shown when it is opened. */
export function ConflictRow({ line, today }: ConflictRowProps) {
  const { name, entity, field, by, since, state } = line
  return (
    <div className={classes.row}>
      <span className={classes.what}>
        <b>{name}</b>, {recordText(entity).toLowerCase()}, {fieldText(field).toLowerCase()}
        <span className={classes.about}>: {by.join(' and ')}</span>
        <Unseen>, </Unseen>
      </span>
      <span className={classes.state}>
        {stampText(since, today)}
        <Unseen>,</Unseen>{' '}
        <StateDot state={state === 'open' ? 'two-versions' : state === 'settled' ? 'confirmed' : 'saved'}>
          {conflictStateText(line)}
        </StateDot>
      </span>
    </div>
  )
}
