import { acceptOperations, acceptTogether, type Accepted, type SyncDeps } from './acceptOperations.ts'
import type { Push } from './pushState.ts'

/** Most operations in one transaction, unless one push has more: everybody else waits for the counter meanwhile. */
const OPERATIONS_MAX = 400
/** One is read and decided while another is written. More would make each smaller, and wait for the counter. */
const TRANSACTIONS_MAX = 2
/** As long as for a connection; then the answer is that the database cannot be reached. */
const WAIT_MS_MAX = 10_000

interface Waiting extends PromiseWithResolvers<Accepted> {
  readonly push: Push
  readonly timeout: NodeJS.Timeout
}

/**
 * Accepts pushes in the order in which they come. Those that come while others are written are written together, in the next
 * transaction: its commit, the counter's lock and each statement cost little more for ten of them than for one.
 */
export function pushQueue(deps: SyncDeps, waitMsMax = WAIT_MS_MAX): (push: Push) => Promise<Accepted> {
  const waiting: Waiting[] = []
  let writing = 0

  async function writeAll(): Promise<void> {
    writing++
    while (waiting.length > 0) {
      const next = waiting.splice(0, countTogether(waiting))
      for (const { timeout } of next) clearTimeout(timeout)
      await write(deps, next)
    }
    writing--
  }

  return push => {
    const settled = Promise.withResolvers<Accepted>()
    const timeout = setTimeout(() => {
      waiting.splice(waiting.indexOf(one), 1)
      settled.reject(new Error('timeout exceeded while other pushes were written'))
    }, waitMsMax)
    const one = { ...settled, push, timeout }
    waiting.push(one)
    if (writing < TRANSACTIONS_MAX) void writeAll()
    return settled.promise
  }
}

function countTogether(waiting: readonly Waiting[]): number {
  let operations = 0
  const beyond = waiting.findIndex(({ push }, place) => {
    operations += push.operations.length
    return place > 0 && operations > OPERATIONS_MAX
  })
  return beyond === -1 ? waiting.length : beyond
}

/** Together; each alone where that fails, so that no push is refused for another. */
async function write(deps: SyncDeps, turn: readonly Waiting[]): Promise<void> {
  const accepted =
    turn.length > 1
      ? await acceptTogether(
          deps,
          turn.map(one => one.push),
        ).catch(() => undefined)
      : undefined
  if (accepted) accepted.forEach((answer, place) => turn[place]?.resolve(answer))
  else await Promise.all(turn.map(one => acceptOperations(deps, one.push).then(one.resolve, one.reject)))
}
