import type { Operation, Role } from '../../shared/sync/protocol.ts'
import type { Change, NewResult } from '../../central/features/sync/decide.ts'
import type { Row } from '../../central/features/sync/pushState.ts'
import type { Source } from '../../central/features/sync/syncStore.ts'
import type { KeptEntry } from '../../central/features/audit/auditStore.ts'
import type { Stores } from '../../central/postgresStores.ts'

/** What the service of a simulated world rests on. */
export const STORES = ['model', 'postgres'] as const
export type StoreName = (typeof STORES)[number]

/** From whom something came. */
type Sender = Omit<Source, 'now'>

/** A change as the centre keeps it. */
export interface KeptChange extends Change {
  readonly source: Sender
}
/** An answer as the centre keeps it. */
export interface KeptResult extends NewResult {
  readonly source: Sender
}

/** What the promises are about of all that the centre's database holds. Every value is replaced, never changed. */
export interface Held {
  /** By `keyOf`. */
  readonly rows: ReadonlyMap<string, Row>
  /** By their numbers. */
  readonly changes: readonly KeptChange[]
  /** By operation, in the order in which they were answered. */
  readonly results: ReadonlyMap<string, KeptResult>
  /** By device. */
  readonly audit: ReadonlyMap<string, readonly KeptEntry[]>
}

export interface User {
  readonly id: string
  readonly name: string
  readonly role: Role
}

/** The centre's database in a simulated world: what the service asks of it, and what we look at and strike. */
export interface WorldStore extends Omit<Stores, 'blobs'> {
  /** What was committed when it was last looked at. */
  readonly held: () => Held
  /** Looks at what was committed. @param pushed what the service was asked to keep meanwhile. */
  look(pushed: readonly Operation[]): Promise<void>
  addUser(user: User): Promise<void>
  /** @param tokenHash as the centre keeps it. */
  addDevice(device: { readonly id: string; readonly userId: string; readonly tokenHash: string }): Promise<void>
  /** An administrator confirms every purge that is held. */
  confirmPurges(): Promise<void>
  /** No transaction can hold this operation any more. */
  poison(opId: string): Promise<void>
  /** Called before each statement: where it answers true the service dies, and its transaction leaves nothing behind. */
  onStatement(dies: () => boolean): void
  /** Where it is a program of its own that can die. */
  readonly mortal?: MortalDatabase
}

/** When a database dies: at one of the next statements of the service. */
export interface Death {
  readonly statement: 'any' | 'commit'
  /** So many of them pass before. */
  readonly after: number
  /** Whether the statement is done, and only its answer lost. */
  readonly isDone: boolean
}

export interface MortalDatabase {
  readonly isUp: () => boolean
  /** @param died is called when it does. */
  dieAt(death: Death, died: () => void): void
  /**
   * It runs, whatever was before, and no death is due.
   *
   * @throws `Broken` where it does not hold all that was committed.
   */
  mend(): Promise<void>
}
