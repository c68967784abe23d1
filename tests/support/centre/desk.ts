import type { Operation, OperationAnswer, PullItem } from '../../../shared/sync/protocol.ts'
import type { Clock } from '../../../shared/time.ts'
import { acceptOperations } from '../../../central/features/sync/acceptOperations.ts'
import { pull } from '../../../central/features/sync/pull.ts'
import { makeOperations } from './builders.ts'
import type { Device, TestCentre } from './testCentre.ts'

/** A workstation, as far as the centre sees it. */
export interface Desk {
  readonly device: Device
  readonly make: ReturnType<typeof makeOperations>
  /** Sends one batch. */
  push(...operations: readonly Operation[]): Promise<readonly OperationAnswer[]>
  /** Pulls page by page until there is nothing more, from where it was. */
  pullAll(limitBytes?: number, clock?: Clock): Promise<readonly PullItem[]>
}

export async function aDesk(centre: TestCentre, userId: string, role?: 'officer' | 'senior'): Promise<Desk> {
  const device = await centre.addDevice(userId, role)
  let cursor: string | null = null
  return {
    device,
    make: makeOperations(centre),
    async push(...operations) {
      const accepted = await acceptOperations(centre, {
        actor: device.actor,
        incarnation: 1,
        operations: [...operations],
      })
      if (!('answers' in accepted)) throw new Error('the batch was refused for its numbers')
      return accepted.answers
    },
    async pullAll(limitBytes = 65_536, clock = centre.clock) {
      const items: PullItem[] = []
      for (;;) {
        const pulled = await pull({ ...centre, clock }, device.actor, { cursor, known: [], limitBytes })
        if (pulled.outcome === 'bad-cursor') throw new Error('the centre does not know its own cursor')
        if (pulled.outcome === 'nothing-new') return items
        items.push(...pulled.items)
        cursor = pulled.cursor
        if (!pulled.more) return items
      }
    },
  }
}
