import type { CaseHeader } from '../../../shared/features/cases/caseViews.ts'
import { dayMonthYear } from '../../../shared/time.ts'
import { staffRiskText } from './caseText.ts'
import classes from './StaffRiskBand.module.css'

interface StaffRiskBandProps {
  readonly risk: NonNullable<CaseHeader['staffRisk']>
}

/** What to do about the risk to staff. It cannot be dismissed. */
export function StaffRiskBand({ risk }: StaffRiskBandProps) {
  return (
    <div className={classes.band} role="note" aria-label="Risk to staff">
      <b>Risk to staff</b>
      <span className={classes.note}>{staffRiskText(risk)}</span>
      <span className={classes.reviewed}>
        Reviewed {dayMonthYear(risk.reviewedOn)} by {risk.by}
      </span>
    </div>
  )
}
