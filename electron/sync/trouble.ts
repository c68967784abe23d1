import type { Reply } from './centralClient.ts'

/** Why a step of sync stopped before its end. */
export type Trouble = Extract<Reply<never>, { readonly is: 'down' }>

/** A refusal of the service as trouble with the line: what it said is not about one operation. */
export function troubleOf(reply: Exclude<Reply<unknown>, { readonly is: 'answer' | 'nothing' }>): Trouble {
  if (reply.is === 'down') return reply
  const reason = reply.status === 401 ? 'wrong-token' : reply.status === 426 ? 'upgrade' : 'service-fault'
  return { is: 'down', reason, retryAfterMs: null }
}
