import { memo } from 'react'
import { crnText, dueTone, roshText, roshTone } from '../../app/words.ts'
import classes from './CaseloadGrid.module.css'
import { lastContactText, nextAppointmentText, orderText, owedText, rowName, type Row } from './caseloadText.ts'

interface CaseloadRowProps {
  readonly id: string
  /** From 0. */
  readonly place: number
  /** Where it lies in the list and how high it is, in pixels. */
  readonly top: number
  readonly height: number
  /** Undefined while its page is on its way. */
  readonly row: Row | undefined
  readonly today: string
  readonly isChosen: boolean
  readonly onChoose: (place: number) => void
  readonly onOpen: () => void
  readonly onMenu: () => void
}

/** One person of the caseload. */
export const CaseloadRow = memo(function CaseloadRow(props: CaseloadRowProps) {
  const { id, place, top, height, row, today, isChosen, onChoose, onOpen, onMenu } = props
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={place + 2}
      aria-selected={isChosen}
      aria-label={row ? rowName(row, today) : 'On its way'}
      className={classes.row}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onChoose(place)}
      onDoubleClick={onOpen}
      onContextMenu={event => {
        event.preventDefault()
        onChoose(place)
        onMenu()
      }}
    >
      {row ? <Cells row={row} today={today} /> : <span role="gridcell" className={classes.cell} />}
    </div>
  )
})

function Cells({ row, today }: { readonly row: Row; readonly today: string }) {
  const { person } = row
  return (
    <>
      <span role="gridcell" className={classes.cell}>
        <span className={classes.name}>{person.name}</span> <span className={classes.crn}>{crnText(person.crn)}</span>
        {person.hasStaffRisk && (
          <span className={classes.loud} data-tone="red">
            {' '}
            Risk to staff
          </span>
        )}
      </span>
      <span role="gridcell" className={classes.cell} data-tone={person.rosh ? roshTone[person.rosh] : 'plain'}>
        {person.rosh ? roshText[person.rosh] : 'Not known'}
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.order}`}>
        {orderText(row, today)}
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.last}`}>
        {lastContactText(row.lastContactAt, today)}
      </span>
      <span role="gridcell" className={classes.cell}>
        {nextAppointmentText(row.nextAppointmentAt, today)}
      </span>
      <span
        role="gridcell"
        className={classes.cell}
        data-tone={row.owedOn ? dueTone(row.owedOn, today) : 'plain'}
        data-due
      >
        {owedText(row, today)}
      </span>
    </>
  )
}
