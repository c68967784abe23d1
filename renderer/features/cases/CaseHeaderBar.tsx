import { OverflowList } from '@mantine/core'
import type { Ref } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { useToday } from '../../app/clock.ts'
import { openDialog } from '../../app/dialogs.ts'
import { ariaKeysOf } from '../../app/keys.ts'
import { useOpen } from '../../app/useOpen.ts'
import { crnText, roshText, roshTone } from '../../app/words.ts'
import { Button } from '../../components/Button.tsx'
import { Chip } from '../../components/Chip.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import classes from './CaseHeaderBar.module.css'
import { birthText, daysLeftText, flagsToShow, flagText, flagTone } from './caseText.ts'

interface CaseHeaderBarProps {
  readonly header: Answer<'cases.header'>
  /** One line, for the record screen. */
  readonly isCompact: boolean
}
interface Fact {
  readonly key: string
  readonly tone: 'plain' | 'amber' | 'red' | 'quiet'
  readonly text: string
}

/** Who the case is of, and what to be careful of: the same on every screen of the case. */
export function CaseHeaderBar({ header, isCompact }: CaseHeaderBarProps) {
  const { person, order, telephone, age } = header
  const { record } = useOpen()
  return (
    <div className={classes.header} data-compact={isCompact || undefined}>
      <div className={classes.line}>
        <h1 className={classes.name}>{person.name}</h1>
        <span className={classes.fact}>
          {isCompact ? crnText(person.crn) : `CRN ${crnText(person.crn)}`}
          {isCompact && age !== null && `, aged ${age}`}
        </span>
        {!isCompact && <span className={classes.fact}>{birthText(header)}</span>}
        {!isCompact && telephone && <span className={`${classes.fact} ${classes.telephone}`}>{telephone}</span>}
        {isCompact && <Facts header={header} />}
        <span className={classes.side}>
          {order && (
            <span className={`${classes.fact} ${classes.order}`}>
              {order.label}, {daysLeftText(order.daysLeft)}
            </span>
          )}
          {!isCompact && (
            <Button look="small-main" keys="case.record" onClick={() => record(person.caseId)}>
              Record
            </Button>
          )}
        </span>
        {!isCompact && <Facts header={header} />}
      </div>
    </div>
  )
}

/** Risk, flags and adjustments: as many as fit, and how many more there are. */
function Facts({ header }: Pick<CaseHeaderBarProps, 'header'>) {
  const today = useToday()
  const { caseId } = header.person
  return (
    <div className={classes.facts}>
      <OverflowList
        data={[...factsOf(header, today), null]}
        gap={8}
        getItemKey={fact => fact?.key ?? 'flags'}
        renderItem={fact =>
          fact ? (
            <Chip key={fact.key} tone={fact.tone}>
              {fact.text}
            </Chip>
          ) : (
            <FlagsButton key="flags" caseId={caseId} text="flag notes" />
          )
        }
        renderOverflow={hidden => <FlagsButton caseId={caseId} text={`${hidden.length - 1} more`} />}
      />
    </div>
  )
}

interface FlagsButtonProps {
  readonly caseId: string
  readonly text: string
  /** The list that counts what fits measures the button. */
  readonly ref?: Ref<HTMLButtonElement>
}

function FlagsButton({ caseId, text, ref }: FlagsButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      className={classes.more}
      aria-keyshortcuts={ariaKeysOf('app.flags')}
      onClick={() => openDialog({ kind: 'flags', caseId })}
    >
      {text} <KeyCap id="app.flags" />
    </button>
  )
}

function factsOf(header: Answer<'cases.header'>, today: string): readonly Fact[] {
  const { person, adjustments } = header
  return [
    person.rosh
      ? { key: 'rosh', tone: roshTone[person.rosh], text: roshText[person.rosh] }
      : { key: 'rosh', tone: 'quiet', text: 'RoSH not known yet' },
    ...flagsToShow(header).map(flag => ({ key: flag.id, tone: flagTone(flag, today), text: flagText(flag, today) })),
    ...adjustments.map(text => ({ key: text, tone: 'plain' as const, text })),
    { key: 'tier', tone: 'quiet', text: 'Tier not known yet' },
  ]
}
