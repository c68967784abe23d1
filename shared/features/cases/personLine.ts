import type { PersonLine } from './caseViews.ts'

/** What the lists of this PC know of a person. */
interface Summary {
  readonly caseId: string
  readonly name: string
  readonly crn: string | null
  readonly rosh: PersonLine['rosh']
  readonly hasStaffRisk: boolean
}

/** Who a row of a list is about. A case whose first rows are still on their way has no name yet. */
export const personLineOf = (caseId: string, summary: Summary | undefined): PersonLine => ({
  caseId,
  name: summary?.name ?? 'Name on its way',
  crn: summary?.crn ?? null,
  rosh: summary?.rosh ?? null,
  hasStaffRisk: summary?.hasStaffRisk ?? false,
})
