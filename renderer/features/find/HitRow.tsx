import { useToday } from '../../app/clock.ts'
import { crnText, roshText, roshTone } from '../../app/words.ts'
import { KeyCap } from '../../components/KeyCap.tsx'
import { Marked } from '../../components/Marked.tsx'
import { Unseen } from '../../components/Unseen.tsx'
import { wordsOf } from '../../components/markWords.ts'
import type { About, FoundPerson, Hit } from './findRules.ts'
import { nextText, noteFacts, personFacts } from './findText.ts'
import classes from './HitList.module.css'

interface HitRowProps {
  readonly hit: Hit
  readonly about: About
  /** What is searched for, to be marked. */
  readonly text: string
  readonly within: string | null
}

/** One result, and why it is here. */
export function HitRow({ hit, about, text, within }: HitRowProps) {
  const today = useToday()
  const words = wordsOf(text)
  switch (hit.is) {
    case 'person':
      return <Person person={hit.person} about={about.get(hit.person.caseId)} words={words} today={today} />
    case 'recent':
      return (
        <span className={classes.main}>
          <b>{hit.person.name}</b> <span className={classes.facts}>{crnText(hit.person.crn)}</span>
        </span>
      )
    case 'note':
      return (
        <>
          <span className={classes.main}>
            <Marked text={hit.note.excerpt} words={words} />
            <Unseen>. </Unseen>
          </span>
          <span className={classes.second}>{noteFacts(hit.note, today, hit.note.caseId !== within)}</span>
        </>
      )
    case 'command':
      return (
        <>
          <span className={classes.main}>
            <Marked text={hit.command.label} words={words} />
          </span>
          <span>{hit.command.keys && <KeyCap id={hit.command.keys} />}</span>
        </>
      )
  }
}

interface PersonProps {
  readonly person: FoundPerson
  readonly about: ReturnType<About['get']>
  readonly words: readonly string[]
  readonly today: string
}

function Person({ person, about, words, today }: PersonProps) {
  return (
    <>
      <span className={classes.main}>
        <b>
          <Marked text={person.name} words={words} />
        </b>{' '}
        <span className={classes.facts}>
          <Marked text={personFacts(person)} words={words} />
          <Unseen>. </Unseen>
        </span>
      </span>
      <span className={classes.facts}>
        {about && nextText(about.nextAppointmentAt, today)}
        <Unseen>. </Unseen>
      </span>
      <span className={classes.second}>
        {person.because && <Marked text={person.because} words={words} />}
        {person.because && about?.rosh && '. '}
        {about?.rosh && <span data-tone={roshTone[about.rosh]}>{roshText[about.rosh]}</span>}
      </span>
    </>
  )
}
