import * as z from 'zod'
import { KNOWN_MAX, type Stretch } from '../../shared/sync/protocol.ts'
import type { Database, Transaction } from '../database.ts'
import { forgetSyncFact, readSyncFact, writeSyncFact } from './syncState.ts'

const stretches = z.array(z.tuple([z.int(), z.int()]))

/** Versions of rows after the cursor that are here already, from the answers to what this PC sent. */
export function readKnown(db: Database): readonly Stretch[] {
  const kept = readSyncFact(db, 'known')
  return kept === undefined ? [] : stretches.parse(JSON.parse(kept))
}

/** Notes that rows with these versions are here. */
export function noteKnown(tx: Transaction, versions: readonly number[]): void {
  if (versions.length > 0) writeSyncFact(tx, 'known', JSON.stringify(withVersions(readKnown(tx), versions)))
}

/** From here on the cursor says what is here. */
export function forgetKnown(tx: Transaction): void {
  if (readSyncFact(tx, 'known') !== undefined) forgetSyncFact(tx, 'known')
}

/**
 * The stretches with these versions among them, in order and none touching the next. Of more than `KNOWN_MAX` the last stay:
 * what is left out comes once more and changes nothing.
 */
export function withVersions(known: readonly Stretch[], versions: readonly number[]): readonly Stretch[] {
  const all = [...known, ...versions.map((version): Stretch => [version, version])].toSorted(([a], [b]) => a - b)
  const joined = all.reduce<readonly Stretch[]>((before, [first, last]) => {
    const end = before.at(-1)
    if (!end || first > end[1] + 1) return [...before, [first, last]]
    return [...before.slice(0, -1), [end[0], Math.max(end[1], last)]]
  }, [])
  return joined.slice(-KNOWN_MAX)
}
