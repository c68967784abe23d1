import { Link } from '@tanstack/react-router'
import { EmptyState } from '../components/EmptyState.tsx'
import { Page } from '../components/Page.tsx'
import { Panel } from '../components/Panel.tsx'
import { useFocusOnArrival } from '../components/useFocusOnArrival.ts'

/** For an address that leads nowhere. */
export function NowhereText() {
  useFocusOnArrival()
  return (
    <Page title="No such screen">
      <Panel title="No such screen" level={1}>
        <EmptyState>
          This address leads nowhere. <Link to="/">Go to Today</Link>
        </EmptyState>
      </Panel>
    </Page>
  )
}
