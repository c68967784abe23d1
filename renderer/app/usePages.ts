import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { CallName, Input, Answer } from '../../shared/ipc/contract.ts'
import type { Result } from '../../shared/result.ts'
import { call, gcTimeOf, unwrap, type Called } from './api.ts'

/** The calls that answer in pages by offset. */
export type PagedName = {
  [Name in CallName]: Input<Name> extends { readonly limit: number; readonly offset: number } ? Name : never
}[CallName]

interface Pages<Value, Item> {
  readonly items: readonly Item[]
  /** The first page, with what it says of the whole. */
  readonly first: Value | undefined
  readonly error: Called<Value>['error']
  readonly isWaiting: boolean
  /** Whether the items are still those of the last input. */
  readonly isPrevious: boolean
  readonly again: () => void
  /** Asks for the next page; undefined when all are here. */
  readonly more: (() => void) | undefined
  readonly isMoreUnderWay: boolean
}

interface PagesOptions<Name extends PagedName, Item> {
  readonly pageSize: number
  readonly itemsOf: (answer: Answer<Name>) => readonly Item[]
  /** Whether there is more after so many items. */
  readonly hasMore: (last: Answer<Name>, count: number) => boolean
  /** Asks again by itself, in milliseconds: for a list that the clock alone makes longer. */
  readonly againMs?: number
}

/** A list that main gives out page by page, kept up to date as far as it was asked for. */
export function usePages<Name extends PagedName, Item>(
  name: Name,
  input: Omit<Input<Name>, 'limit' | 'offset'>,
  { pageSize, itemsOf, hasMore, againMs }: PagesOptions<Name, Item>,
): Pages<Answer<Name>, Item> {
  const { data, isPending, isPlaceholderData, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } =
    useInfiniteQuery({
      queryKey: [name, { ...input, pageSize }],
      // The two that were left out are put back.
      queryFn: ({ pageParam }) => call(name, { ...input, limit: pageSize, offset: pageParam } as Input<Name>),
      initialPageParam: 0,
      getNextPageParam: (last: Result<Answer<Name>>, all) => {
        const count = all.length * pageSize
        return last.ok && hasMore(last.value, count) ? count : undefined
      },
      gcTime: gcTimeOf(name),
      placeholderData: keepPreviousData,
      ...(againMs !== undefined && { refetchInterval: againMs }),
    })
  const pages = (data?.pages ?? []).map(page => unwrap<Answer<Name>>(page))
  return {
    items: pages.flatMap(({ value }) => (value === undefined ? [] : itemsOf(value))),
    first: pages[0]?.value,
    error: pages.find(page => page.error)?.error,
    isWaiting: isPending,
    isPrevious: isPlaceholderData,
    again: () => void refetch(),
    more: hasNextPage ? () => void fetchNextPage({ cancelRefetch: false }) : undefined,
    isMoreUnderWay: isFetchingNextPage,
  }
}
