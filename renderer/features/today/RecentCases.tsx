import { Link } from '@tanstack/react-router'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { Panel } from '../../components/Panel.tsx'
import classes from './RecentCases.module.css'

/** The cases that this officer opened last. */
export function RecentCases() {
  const { value, error, again } = useCall('today.recent', {})
  return (
    <div className={classes.whole}>
      <Panel title="Recent cases" side={<KeyCap id="app.find" />}>
        {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
        {value?.length === 0 && <EmptyState>No case was opened on this PC yet.</EmptyState>}
        {value && value.length > 0 && (
          <ul className={classes.cases}>
            {value.map(person => (
              <li key={person.caseId}>
                <Link to="/case/$caseId" params={{ caseId: person.caseId }}>
                  {person.name}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}
