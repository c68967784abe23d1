import { useEffect } from 'react'
import type { StoreProblem } from '../../../shared/features/session/sessionContract.ts'
import { useTitle } from '../../app/useTitle.ts'
import { Button } from '../../components/Button.tsx'
import classes from './ClosedPage.module.css'
import { closedText } from './sessionText.ts'

const RETRY_MS = 5_000

interface ClosedPageProps {
  readonly problem: StoreProblem
  readonly onAgain: () => void
}

/** Stands in place of the window while the store is closed: what happened, what is safe, whom to ask. */
export function ClosedPage({ problem, onAgain }: ClosedPageProps) {
  const { title, lines } = closedText(problem)
  const mendsItself = problem.kind === 'not-writable'
  useTitle(title)
  useEffect(() => {
    if (!mendsItself) return
    const timer = setInterval(onAgain, RETRY_MS)
    return () => clearInterval(timer)
  }, [mendsItself, onAgain])

  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <span className={classes.brand}>Holdfast</span>
        <h1>{title}</h1>
        {lines.map(line => (
          <p key={line}>{line}</p>
        ))}
        <div>
          <Button look="main" onClick={onAgain}>
            Try again
          </Button>
        </div>
      </div>
    </main>
  )
}
