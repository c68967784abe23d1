import { dayMonthYear } from '../../../shared/time.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { count } from '../../app/words.ts'
import { daysLeftText, failuresOutOf, whatFailuresOpen } from './caseText.ts'
import classes from './OrderPanel.module.css'

export type Order = Answer<'cases.open'>['orders'][number]

interface OrderPanelProps {
  readonly orders: readonly Order[]
  readonly onHow: (order: Order) => void
}

/** The orders that run: how long still, how far each requirement is, and how failures stand. */
export function OrderPanel({ orders, onHow }: OrderPanelProps) {
  const active = orders.filter(order => order.isActive)
  const ended = orders.length - active.length
  return (
    <Panel title={active.length > 1 ? 'Orders' : 'Order'} note={count(orders.length, 'event')}>
      {active.length === 0 && <EmptyState>No order runs today.</EmptyState>}
      {active.map(order => (
        <RunningOrder key={order.eventId} order={order} onHow={() => onHow(order)} />
      ))}
      {ended > 0 && <EmptyState>{count(ended, 'ended order')} not shown.</EmptyState>}
    </Panel>
  )
}

function RunningOrder({ order, onHow }: { readonly order: Order; readonly onHow: () => void }) {
  return (
    <div className={classes.order}>
      <div>
        <div className={classes.line}>
          <span>{order.label}</span>
          <span className={classes.second}>{daysLeftText(order.daysLeft)}</span>
        </div>
        <Bar share={order.passed} />
        <p className={classes.small}>
          {dayMonthYear(order.startOn)} to {dayMonthYear(order.endOn)}. {order.offence}. {order.court}
        </p>
      </div>
      {order.requirements.map(({ requirementId, label, done, amount }) => (
        <div key={requirementId}>
          <div className={classes.line}>
            <span>{label}</span>
            {amount > 0 && (
              <span>
                <b>{done}</b> of {amount}
              </span>
            )}
          </div>
          {amount > 0 && <Bar share={done / amount} />}
        </div>
      ))}
      {order.failures && <Failures failures={order.failures} onHow={onHow} />}
    </div>
  )
}

interface FailuresProps {
  readonly failures: NonNullable<Order['failures']>
  readonly onHow: () => void
}

function Failures({ failures, onHow }: FailuresProps) {
  const { count: failed, withinMonths } = failures
  return (
    <div className={classes.failures}>
      <div className={classes.line}>
        <span>{withinMonths === null ? 'Failures' : `Failures in ${count(withinMonths, 'month')}`}</span>
        <span>
          <b data-loud={failed > 0 || undefined}>{failuresOutOf(failures)}</b>
        </span>
      </div>
      <p className={classes.small}>
        {whatFailuresOpen(failures)}{' '}
        <Button look="quiet" keys="app.how" onClick={onHow}>
          How counted
        </Button>
      </p>
    </div>
  )
}

/** How much of something is done, for the eye; the figures beside it say it in words. */
function Bar({ share }: { readonly share: number }) {
  const width = Math.round(Math.min(Math.max(share, 0), 1) * 100)
  return (
    <svg aria-hidden className={classes.bar} viewBox="0 0 100 6" preserveAspectRatio="none">
      <rect width={width} height="6" />
    </svg>
  )
}
