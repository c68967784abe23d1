import { useQueries, keepPreviousData } from '@tanstack/react-query'
import type { CaseloadSort } from '../../../shared/features/caseload/caseloadContract.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import type { Result } from '../../../shared/result.ts'
import { call, queryKeyOf, unwrap, useCall } from '../../app/api.ts'
import type { Row } from './caseloadText.ts'

const PAGE_ROWS = 100

/** The pages of the caseload that are in sight, and how many rows there are in all. */
export function useCaseload(
  words: string,
  sort: CaseloadSort,
  inSight: { readonly from: number; readonly to: number },
) {
  const pageInput = (page: number) => ({ words, sort, limit: PAGE_ROWS, offset: page * PAGE_ROWS })
  const first = useCall('caseload.list', pageInput(0), { keepsPrevious: true })
  const total = first.value?.total ?? 0
  const wanted = pagesIn(inSight, total)
  const pages = useQueries({
    queries: wanted.map(page => ({
      queryKey: queryKeyOf('caseload.list', pageInput(page)),
      queryFn: () => call('caseload.list', pageInput(page)),
      placeholderData: keepPreviousData<Result<Answer<'caseload.list'>>>,
    })),
  })
  return {
    total,
    all: first.value?.all ?? 0,
    today: first.value?.today,
    error: first.error,
    again: first.again,
    isWaiting: first.isWaiting,
    /** The row at a place, from 0; undefined while its page is on its way. */
    rowAt(place: number): Row | undefined {
      const page = Math.floor(place / PAGE_ROWS)
      const answer = page === 0 ? first.value : unwrap(pages[wanted.indexOf(page)]?.data).value
      return answer?.rows[place % PAGE_ROWS]
    },
  }
}

/** The pages after the first that rows from `from` to `to` lie on. */
export function pagesIn(
  { from, to }: { readonly from: number; readonly to: number },
  total: number,
): readonly number[] {
  const last = Math.floor(Math.min(to, Math.max(total - 1, 0)) / PAGE_ROWS)
  const first = Math.max(1, Math.floor(from / PAGE_ROWS))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}
