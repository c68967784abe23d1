import { Link } from '@tanstack/react-router'
import { EmptyState } from '../components/EmptyState.tsx'
import { Page } from '../components/Page.tsx'
import { Panel } from '../components/Panel.tsx'

/** For an address that leads nowhere. */
export function NowhereText() {
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
