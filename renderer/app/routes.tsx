import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import * as z from 'zod'
import { id } from '../../shared/ids.ts'
import { calendarDate, instant } from '../../shared/time.ts'
import { CaseloadPage } from '../features/caseload/CaseloadPage.tsx'
import { CaseFrame } from '../features/cases/CaseFrame.tsx'
import { CasePage } from '../features/cases/CasePage.tsx'
import { DetailsPage } from '../features/cases/DetailsPage.tsx'
import { RecordPage } from '../features/contacts/RecordPage.tsx'
import { DocumentsPage } from '../features/documents/DocumentsPage.tsx'
import { ResultsPage } from '../features/find/ResultsPage.tsx'
import { SyncPage } from '../features/sync/SyncPage.tsx'
import { TodayPage } from '../features/today/TodayPage.tsx'
import { Layout } from './Layout.tsx'
import { NowhereText } from './NowhereText.tsx'

// Addresses hold ids and days, never a name or anything that was typed.
const rootRoute = createRootRoute({ component: Layout, notFoundComponent: NowhereText })

const todayRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: z.object({ day: calendarDate.optional().catch(undefined) }),
  component: TodayPage,
})
const caseloadRoute = createRoute({ getParentRoute: () => rootRoute, path: '/caseload', component: CaseloadPage })
const resultsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/results', component: ResultsPage })
const syncRoute = createRoute({ getParentRoute: () => rootRoute, path: '/sync', component: SyncPage })

const caseRoute = createRoute({ getParentRoute: () => rootRoute, path: '/case/$caseId', component: CaseFrame })
const recordRoute = createRoute({
  getParentRoute: () => caseRoute,
  path: '/',
  /** The entry to open in the timeline: its id and when it began. */
  validateSearch: z.object({
    entry: id.optional().catch(undefined),
    at: instant.optional().catch(undefined),
  }),
  component: CasePage,
})
const detailsRoute = createRoute({
  getParentRoute: () => caseRoute,
  path: '/details',
  /** The field to choose: the id of its row and its name. */
  validateSearch: z.object({ row: id.optional().catch(undefined), field: z.string().optional().catch(undefined) }),
  component: DetailsPage,
})
const documentsRoute = createRoute({
  getParentRoute: () => caseRoute,
  path: '/documents',
  component: DocumentsPage,
})
const contactRoute = createRoute({
  getParentRoute: () => caseRoute,
  path: '/record',
  validateSearch: z.object({
    appointment: id.optional().catch(undefined),
    /** The refused operation that this record mends. */
    mends: id.optional().catch(undefined),
    /** Whether it opens at "Acceptable?". */
    missed: z.boolean().optional().catch(undefined),
  }),
  component: RecordPage,
})

const routeTree = rootRoute.addChildren([
  todayRoute,
  caseloadRoute,
  resultsRoute,
  syncRoute,
  caseRoute.addChildren([recordRoute, documentsRoute, detailsRoute, contactRoute]),
])

export const router = createRouter({ routeTree, history: createHashHistory(), defaultPendingMs: 0 })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
