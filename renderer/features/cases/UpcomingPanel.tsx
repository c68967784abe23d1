import type { Answer } from '../../../shared/ipc/contract.ts'
import { slotText } from '../../app/slotText.ts'
import { appointmentText, stateText, toldText } from '../../app/words.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ListBox } from '../../components/ListBox.tsx'
import { Panel } from '../../components/Panel.tsx'
import { RowMenu, type RowAction } from '../../components/RowMenu.tsx'
import { Unseen } from '../../components/Unseen.tsx'
import type { RowMenuState } from '../../components/useRowMenu.ts'
import classes from './UpcomingPanel.module.css'
import type { HandProps } from './useInHand.ts'

export type Upcoming = Answer<'cases.open'>['upcoming'][number]

interface UpcomingPanelProps {
  readonly upcoming: readonly Upcoming[]
  readonly today: string
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
  readonly onBook: () => void
  readonly actions: readonly RowAction[]
  readonly menu: RowMenuState
  readonly hand: HandProps
}

/** The appointments that are booked, soonest first. */
export function UpcomingPanel({ upcoming, today, chosen, onChoose, onBook, actions, menu, hand }: UpcomingPanelProps) {
  return (
    <Panel
      title="Appointments"
      side={
        <>
          {upcoming.length > 0 && <RowMenu whose="the chosen appointment" actions={actions} menu={menu} />}
          <Button look="quiet" keys="case.newAppointment" onClick={onBook}>
            New
          </Button>
        </>
      }
      isGrowing
    >
      {upcoming.length === 0 && <EmptyState>No appointment is booked.</EmptyState>}
      {upcoming.length > 0 && (
        <div {...hand}>
          <ListBox
            label="Appointments"
            items={upcoming}
            keyOf={one => one.id}
            renderRow={one => <Row appointment={one} today={today} />}
            chosen={chosen}
            onChoose={onChoose}
            onOpen={menu.open}
            onMenu={menu.open}
            isQuiet
            isEntry
          />
        </div>
      )}
    </Panel>
  )
}

function Row({ appointment, today }: { readonly appointment: Upcoming; readonly today: string }) {
  return (
    <div className={classes.row}>
      <b>
        {slotText({ on: appointment.startsOn, time: appointment.startsTime }, today)}
        <Unseen>, </Unseen>
      </b>
      <span className={classes.why}>
        {appointmentText(appointment)}
        <Unseen>, </Unseen>
      </span>
      <span className={classes.told} data-tone={appointment.toldHow === 'not-told' ? 'amber' : 'plain'}>
        {told(appointment)}
        <Unseen>, {stateText[appointment.state]}</Unseen>
      </span>
    </div>
  )
}

const told = ({ toldHow }: Upcoming): string => (toldHow === 'not-told' ? 'not told yet' : `told ${toldText[toldHow]}`)
