import { newId } from '../shared/ids.ts'
import type { AnyFields, Entity, Fields } from '../shared/sync/recordTypes.ts'
import type { Dice } from './random.ts'

/** One record of the demo office, as the centre would have it. */
export interface DemoRow {
  readonly entity: Entity
  readonly caseId: string
  readonly id: string
  readonly fields: AnyFields
}

export const row = <E extends Entity>(entity: E, caseId: string, id: string, fields: Fields<E>): DemoRow => ({
  entity,
  caseId,
  id,
  fields,
})

/** Makes ids that sort by the moment they are made at, in UTC milliseconds. */
export type IdMaker = (madeAt: number) => string

export const idsFrom =
  (dice: Dice): IdMaker =>
  madeAt =>
    newId(madeAt, dice)
