import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { TimelineFilter } from '../../../shared/features/cases/casesContract.ts'
import type { Input, Answer } from '../../../shared/ipc/contract.ts'
import type { Result } from '../../../shared/result.ts'
import { call, gcTimeOf, unwrap } from '../../app/api.ts'

const PAGE_SIZE = 50
type Page = Answer<'cases.timeline'>
type Before = Input<'cases.timeline'>['before']

/** The timeline of a case, newest first, as far back as was asked for. */
export function useTimeline(caseId: string, filter: TimelineFilter) {
  const query = useInfiniteQuery({
    queryKey: ['cases.timeline', { caseId, filter }],
    queryFn: ({ pageParam }) => call('cases.timeline', { caseId, filter, before: pageParam, limit: PAGE_SIZE }),
    initialPageParam: null as Before, // the first page has nothing before it
    getNextPageParam: (last: Result<Page>) => (last.ok ? (last.value.next ?? undefined) : undefined),
    gcTime: gcTimeOf('cases.timeline'),
    placeholderData: keepPreviousData,
  })
  const pages = (query.data?.pages ?? []).map(page => unwrap<Page>(page))
  const first = pages[0]?.value
  return {
    entries: pages.flatMap(page => page.value?.entries ?? []),
    counts: first && { shown: first.shown, all: first.all, systemHidden: first.systemHidden },
    error: pages.find(page => page.error)?.error,
    isWaiting: query.isPending,
    /** Whether the entries are still those of the filter before. */
    isPrevious: query.isPlaceholderData,
    again: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage({ cancelRefetch: false }) : undefined,
    isMoreUnderWay: query.isFetchingNextPage,
  }
}
