import { hash } from 'node:crypto'
import type { Actor } from '../../../shared/access/actor.ts'
import { createDigest } from '../../../shared/sync/digest.ts'
import type { DigestsRequest } from '../../../shared/sync/protocol.ts'
import { isInScope } from './caseRows.ts'
import { openCursor } from './cursor.ts'
import type { PullDeps } from './pull.ts'

/**
 * The cases of which this device has other rows than the centre. Left out are those that are not in scope, and those that were
 * changed after its cursor: of them it may not have everything yet.
 */
export async function compareCases(
  { store, clock, cursorSecret }: PullDeps,
  actor: Actor,
  { cursor, cases }: Pick<DigestsRequest, 'cursor' | 'cases'>,
): Promise<readonly string[] | 'bad-cursor'> {
  const opened = openCursor(cursorSecret, cursor, actor.deviceId)
  if (!opened) return 'bad-cursor'
  return store.read(async tx => {
    const differ: string[] = []
    for (const { caseId, count, digest } of cases) {
      if (!(await isInScope(tx, actor, caseId, clock.now()))) continue
      const rows = await tx.listVersionsOfCase(caseId)
      if (rows.some(row => row.version > opened.seq)) continue
      const own = createDigest(text => hash('sha256', text, 'buffer'))
      for (const row of rows) if (!row.deleted) own.add(row)
      const here = own.result()
      if (here.count !== count || here.digest !== digest) differ.push(caseId)
    }
    return differ
  })
}
