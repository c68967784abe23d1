import type { FlagView } from '../../../shared/features/cases/caseViews.ts'
import { dayMonthYear } from '../../../shared/time.ts'
import { useCall } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { errorText } from '../../app/errorText.ts'
import { roshText } from '../../app/words.ts'
import { Chip } from '../../components/Chip.tsx'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { flagDates, flagTone } from './caseText.ts'
import classes from './FlagsDialog.module.css'

interface FlagsDialogProps {
  readonly caseId: string
  readonly onClose: () => void
}

/** Risk and all flags of the person, with what to do and when they are reviewed; ended ones last. */
export function FlagsDialog({ caseId, onClose }: FlagsDialogProps) {
  const { value: header, error, again } = useCall('cases.header', { caseId })
  const today = useToday()
  return (
    <DialogFrame
      title={header ? `Risk and flags, ${header.person.name}` : 'Risk and flags'}
      onClose={onClose}
      width={680}
    >
      {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
      {!header && !error && <Waiting />}
      {header && (
        <>
          {header.person.rosh && <p>{roshText[header.person.rosh]}</p>}
          {header.flags.length === 0 && <EmptyState>No flag is on this case.</EmptyState>}
          <ul className={classes.flags}>
            {header.flags.map(flag => (
              <Flag key={flag.id} flag={flag} today={today} />
            ))}
          </ul>
        </>
      )}
    </DialogFrame>
  )
}

function Flag({ flag, today }: { readonly flag: FlagView; readonly today: string }) {
  return (
    <li className={classes.flag} data-ended={flag.endOn !== null || undefined}>
      <div className={classes.head}>
        <Chip tone={flagTone(flag, today)}>{flag.label}</Chip>
        <span className={classes.dates}>{flagDates(flag)}</span>
      </div>
      <p className={classes.note}>{flag.note || 'No note.'}</p>
      <p className={classes.dates}>
        {flag.officerName}, {dayMonthYear(flag.startOn)}
      </p>
    </li>
  )
}
