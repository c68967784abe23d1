import { dayMonthYear, longDay } from '../../../shared/time.ts'
import { useCall } from '../../app/api.ts'
import { count } from '../../app/words.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { failuresOutOf, whatFailuresOpen } from './caseText.ts'
import classes from './HowDialog.module.css'
import type { Order } from './OrderPanel.tsx'

interface HowDialogProps {
  readonly order: Order
  readonly onClose: () => void
}

/** How the failures of an order were counted: which they are, since when, by which rule. */
export function HowDialog({ order, onClose }: HowDialogProps) {
  const { value: reference } = useCall('session.reference', {})
  const { failures } = order
  if (!failures) return null
  const labelOf = (code: string) => reference?.outcomes.find(outcome => outcome.code === code)?.label ?? code
  return (
    <DialogFrame title={`Failures, ${order.label.toLowerCase()}: ${failuresOutOf(failures)}`} onClose={onClose}>
      <div className={classes.body}>
        <p>
          Counted since {dayMonthYear(failures.since)}
          {failures.withinMonths === null
            ? ', the whole of the order.'
            : `: the last ${count(failures.withinMonths, 'month')}, or since the order began.`}{' '}
          {whatFailuresOpen(failures)}
        </p>
        {failures.contacts.length === 0 && <p>No failure counts today.</p>}
        <ul className={classes.failures}>
          {failures.contacts.map(({ id, on, outcome }) => (
            <li key={id}>
              <b>{longDay(on)}</b> {labelOf(outcome)}
            </li>
          ))}
        </ul>
        <p className={classes.rule}>
          A contact counts when its kind counts for national standards, the person did not comply, it was not withdrawn,
          and no evidence is awaited. Rule: {failures.ruleVersion}.
        </p>
      </div>
    </DialogFrame>
  )
}
