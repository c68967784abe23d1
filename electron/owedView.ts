import type { OwedView } from '../shared/features/cases/caseViews.ts'
import type { OwedRow } from '../db/summary/owedRepository.ts'

/** One thing owed, for the window. */
export const owedViewOf = ({ fromOn, ...row }: OwedRow, name: string): OwedView => ({ ...row, from: fromOn, name })
