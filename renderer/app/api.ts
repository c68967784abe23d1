import { QueryClient, keepPreviousData, useMutation, useQuery, type QueryKey } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Api, CallName, Input, Answer } from '../../shared/ipc/contract.ts'
import { refuse, type AppError, type Result } from '../../shared/result.ts'

declare global {
  interface Window {
    readonly api: Api
  }
}

/** Asks main. The only way out of the window. A bridge that does not answer is a fault of ours, like any other. */
export function call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Result<Answer<Name>>> {
  return window.api.invoke(name, input).catch(() => refuse({ code: 'internal', reference: 'no answer' }))
}

/** SQLite is the truth and `changed` says when to ask again, so nothing here grows old by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, gcTime: 60_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

// Text of a case is forgotten when it leaves the screen, so that seeing it again is a new, audited reading. A form gets its
// own ids each time it opens. The diary is asked anew whenever Today opens, since its answer decides which row is the right
// one, and so are the recent cases, which change with every case that is opened.
const NOT_KEPT = new Set<CallName>([
  'today.diary',
  'today.recent',
  'cases.open',
  'cases.header',
  'cases.timeline',
  'cases.details',
  'conflicts.get',
  'conflicts.list',
  'today.prepare',
  'documents.list',
  'documents.ofForm',
  'find.notes',
  'find.about',
  'forms.openContact',
  'forms.ids',
])

export const gcTimeOf = (name: CallName): number => (NOT_KEPT.has(name) ? 0 : 60_000)
export const queryKeyOf = <Name extends CallName>(name: Name, input: Input<Name>): QueryKey => [name, input]

export interface Called<Value> {
  /** The answer; undefined while it is awaited or after a refusal. */
  readonly value: Value | undefined
  readonly error: AppError | undefined
  readonly isWaiting: boolean
  /** Whether the answer is still the one to the last input. */
  readonly isPrevious: boolean
  /** Asks again. */
  readonly again: () => void
}

interface CallOptions {
  /** False while it must not be asked yet. */
  readonly isWanted?: boolean
  /** Whether the answer to the last input stays on screen until the next is there. */
  readonly keepsPrevious?: boolean
  /** Asks again by itself while the answer is a refusal, in milliseconds. */
  readonly retryMs?: number
}

/** What main answers to this call, kept up to date. */
export function useCall<Name extends CallName>(
  name: Name,
  input: Input<Name>,
  { isWanted = true, keepsPrevious = false, retryMs }: CallOptions = {},
): Called<Answer<Name>> {
  const { data, isPending, isPlaceholderData, refetch } = useQuery<Result<Answer<Name>>>({
    queryKey: queryKeyOf(name, input),
    queryFn: () => call(name, input),
    enabled: isWanted,
    gcTime: gcTimeOf(name),
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
    ...(retryMs !== undefined && { refetchInterval: query => (query.state.data?.ok === false ? retryMs : false) }),
  })
  const again = useCallback(() => void refetch(), [refetch])
  return { ...unwrap(data), isWaiting: isPending && isWanted, isPrevious: isPlaceholderData, again }
}

export function unwrap<Value>(result: Result<Value> | undefined): Pick<Called<Value>, 'value' | 'error'> {
  if (result === undefined) return { value: undefined, error: undefined }
  return result.ok ? { value: result.value, error: undefined } : { value: undefined, error: result.error }
}

/** Something the officer does. A refusal is a value: look at `ok`. */
export function useAction<Name extends CallName>(name: Name) {
  const { mutateAsync, isPending } = useMutation({ mutationFn: (input: Input<Name>) => call(name, input) })
  return { run: mutateAsync, isRunning: isPending } as const
}
