import type { Reference } from '../shared/features/reference/reference.ts'
import type { Clock } from '../shared/time.ts'
import type { Database } from '../db/database.ts'
import { findSummaries, type CaseSummary } from '../db/summary/caseloadRepository.ts'
import { settleCases } from '../db/summary/settleDue.ts'

/** Whom rows of a list are about, by case id, each as it stands now. A case whose first rows are on their way is left out. */
export type PeopleView = (caseIds: readonly string[]) => ReadonlyMap<string, CaseSummary>

interface PeopleDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
}

export function createPeopleView({ db, clock, reference }: PeopleDeps): PeopleView {
  return caseIds => {
    settleCases(db, reference, clock.now(), caseIds)
    return findSummaries(db, caseIds, clock.now())
  }
}
