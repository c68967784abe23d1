import type { LineReason } from '../../shared/features/sync/syncContract.ts'
import type { Reply } from './centralClient.ts'

/** Why a step of sync stopped before its end. */
export type Trouble = Extract<Reply<never>, { readonly is: 'down' }>

/** A reply that does not do as trouble with the line: what it said is not about one operation. */
export function troubleOf(reply: Reply<unknown>): Trouble {
  if (reply.is === 'down') return reply
  return { is: 'down', reason: reply.is === 'refused' ? reasonOf(reply.status) : 'service-fault', retryAfterMs: null }
}

function reasonOf(status: number): LineReason {
  if (status === 401) return 'wrong-token'
  return status === 426 ? 'upgrade' : 'service-fault'
}
