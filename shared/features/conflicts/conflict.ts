import * as z from 'zod'
import { userId, userName } from '../../ids.ts'
import { changingRecord, guarded } from '../../sync/record.ts'
import { filledLine, line, prose } from '../../text.ts'
import { instant } from '../../time.ts'

/** What some field of some record holds. */
const heldValue = z.union([prose(20_000), z.number(), z.boolean(), z.null()])

/** Why a value was chosen, in the words of whoever settled it. */
export const SETTLE_REASON_MAX = 500

/**
 * One field with two versions or more: what stands in the record, and the proposals that name this conflict. It stays open
 * until a person settles it; there is at most one open conflict of a field. Written by the centre only.
 */
export const conflictRecord = changingRecord(
  {
    /** Type of the record whose field it is, as it is called on the wire. */
    rowEntity: guarded(filledLine(40)),
    rowId: guarded(z.uuid()),
    field: guarded(filledLine(40)),
    /** What the first proposal was made from; null also where the centre does not know. */
    before: guarded(heldValue),
    /** What stands in the record while it is open, and stood when it was settled. */
    standing: guarded(heldValue),
    /** Who set that, and when by their own PC's clock; null where it was so before the centre kept changes. */
    standingById: guarded(userId.nullable()),
    standingByName: guarded(userName.nullable()),
    standingAt: guarded(instant.nullable()),
    /** How many proposals there are. */
    proposals: guarded(z.int().min(1)),
    state: guarded(z.enum(['open', 'settled'])),
    /** What it was settled with, by whom, when by their own PC's clock, and why. All null while it is open. */
    settledValue: guarded(heldValue),
    settledById: guarded(userId.nullable()),
    settledByName: guarded(userName.nullable()),
    settledAt: guarded(instant.nullable()),
    reason: guarded(filledLine(SETTLE_REASON_MAX).nullable()),
  },
  'centre',
)
export type Conflict = z.infer<typeof conflictRecord.schema>

/** A value that somebody typed and that does not stand: it waits for a person, or came after the conflict was settled. */
export const proposalRecord = changingRecord(
  {
    conflictId: guarded(z.uuid()),
    value: guarded(heldValue),
    byId: guarded(userId),
    byName: guarded(userName),
    /** When it was saved, by the author's own PC. */
    at: guarded(instant),
    /** The operation that brought it. */
    opId: guarded(z.uuid()),
    /** What was said with it; null for a plain change. */
    reason: guarded(line(SETTLE_REASON_MAX).nullable()),
  },
  'centre',
)
export type Proposal = z.infer<typeof proposalRecord.schema>
