import { useRef } from 'react'
import { stampText, count } from '../../app/words.ts'
import { queryClient, useAction } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { useSession } from '../../app/session.ts'
import { Button } from '../../components/Button.tsx'
import { useFocusRescue } from '../../components/useFocusRescue.ts'
import classes from './DamageNotice.module.css'

/** Says, until it is acknowledged, that the store was damaged, what was saved from it and where the file is kept. */
export function DamageNotice() {
  const { damaged } = useSession()
  const today = useToday()
  const acknowledge = useAction('session.acknowledgeDamage')
  const button = useRef<HTMLButtonElement>(null)
  useFocusRescue(button, damaged !== null)
  if (!damaged) return null

  async function close() {
    await acknowledge.run({})
    await queryClient.invalidateQueries({ queryKey: ['session.get'] })
  }

  return (
    <section className={classes.notice} aria-label="Damaged record">
      <p>
        <b>The record on this PC was damaged</b> and was made new at {stampText(damaged.at, today)}.{' '}
        {count(damaged.entriesSaved, 'unsent entry', 'unsent entries')} and {count(damaged.draftsSaved, 'draft')} were
        saved from it; the rest comes again from the service. The damaged file is kept as <b>{damaged.keptAs}</b>.
        Nothing was deleted. Tell the service desk.
      </p>
      <Button ref={button} look="small" isBusy={acknowledge.isRunning} onClick={() => void close()}>
        I have read this
      </Button>
    </section>
  )
}
