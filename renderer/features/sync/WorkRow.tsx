import { stampText } from '../../app/words.ts'
import { Marked } from '../../components/Marked.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import { Unseen } from '../../components/Unseen.tsx'
import { aboutText, attentionText, personOf, whatText, workState, type Work } from './syncText.ts'
import classes from './WorkRow.module.css'

interface WorkRowProps {
  readonly item: Work
  readonly today: string
  readonly words?: readonly string[]
  /** Whether to say why it needs the officer, and what mends it. */
  readonly tellsWhy?: boolean
}

/** One action of the officer: for whom, what, about what, and where it is. */
export function WorkRow({ item, today, words = [], tellsWhy = false }: WorkRowProps) {
  return (
    <div className={classes.row}>
      <span className={classes.what}>
        <b>
          <Marked text={personOf(item)} words={words} />
        </b>
        , {whatText(item.what)}
        {item.about && (
          <span className={classes.about}>
            {': '}
            <Marked text={aboutText(item)} words={words} />
          </span>
        )}
        <Unseen>, </Unseen>
      </span>
      <span className={classes.state}>
        {stampText(item.at, today)}
        <Unseen>,</Unseen>{' '}
        <StateDot state={workState(item) === 'Two versions' ? 'two-versions' : item.state}>{workState(item)}</StateDot>
      </span>
      {tellsWhy &&
        item.attention.map(one => (
          <span key={one.opId} className={classes.why}>
            <Unseen>. </Unseen>
            {attentionText(one)}
          </span>
        ))}
    </div>
  )
}
