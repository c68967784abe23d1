import type { DocumentView } from '../../../shared/features/documents/documentsContract.ts'
import { shortDay } from '../../../shared/time.ts'
import { appointmentText, toldText } from '../../app/words.ts'
import { FileChips } from '../../components/FileChip.tsx'
import { NoteText } from '../../components/NoteText.tsx'
import { contactLine, contactWhen } from './caseText.ts'
import classes from './OpenEntry.module.css'
import type { Entry } from './useCaseTimeline.ts'

interface OpenEntryProps {
  readonly entry: Entry
  readonly today: string
  readonly words: readonly string[]
  readonly documents: readonly DocumentView[]
}

/** An entry in full, in its place: the latest text, the earlier ones, and why it was amended or withdrawn. */
export function OpenEntry({ entry, today, words, documents }: OpenEntryProps) {
  if (entry.is === 'appointment') return <OpenAppointment appointment={entry.appointment} today={today} />
  const { contact } = entry
  return (
    <div className={classes.entry}>
      <p className={classes.facts}>
        {contactWhen(contact, today)}. {contactLine(contact)}. Recorded by {contact.recordedByName}
        {contact.cameLate ? ', after the case had changed hands' : ''}
        {contact.sensitive ? '. Sensitive: kept from the person' : ''}
      </p>
      {contact.struckBecause !== null && <p className={classes.struck}>Withdrawn: {contact.struckBecause}</p>}
      <div className={classes.note}>
        <NoteText note={contact.note || 'No note.'} words={words} />
      </div>
      <FileChips documents={documents} />
      {contact.earlier.toReversed().map(({ note, reason }, place) => (
        <div key={place} className={classes.earlier}>
          <p className={classes.facts}>Earlier text. Amended because: {reason ?? 'no reason given'}</p>
          <div className={classes.note}>
            <NoteText note={note} />
          </div>
        </div>
      ))}
    </div>
  )
}

type Appointment = Extract<Entry, { readonly is: 'appointment' }>['appointment']

function OpenAppointment({ appointment, today }: { readonly appointment: Appointment; readonly today: string }) {
  return (
    <div className={classes.entry}>
      <p>
        {shortDay(appointment.startsOn, today)}, {appointment.startsTime}, {appointmentText(appointment)}, with{' '}
        {appointment.withUserName}
      </p>
      <p className={classes.facts}>
        {appointment.toldHow === 'not-told' ? 'Not told yet' : `Told ${toldText[appointment.toldHow]}`}
        {appointment.statusReason && `. ${appointment.statusReason}`}
      </p>
    </div>
  )
}
