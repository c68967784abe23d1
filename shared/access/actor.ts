import type { Role } from '../sync/protocol.ts'

/** Who does it, as what, on which PC. Every service call carries one; it comes from main, never from the window. */
export interface Actor {
  readonly userId: string
  readonly userName: string
  readonly role: Role
  readonly deviceId: string
}
