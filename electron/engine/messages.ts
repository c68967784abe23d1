import type { Actor } from '../../shared/access/actor.ts'
import type { CallName, Changed } from '../../shared/ipc/contract.ts'
import type { Result } from '../../shared/result.ts'
import type { NetworkAnswer, NetworkRequest, ProbeStep } from './ports.ts'

/** What main gives the engine when it starts it. */
export interface EngineStart {
  /** Folder of this officer's store. */
  readonly folder: string
  /** 32 bytes. */
  readonly storeKey: Uint8Array
  readonly migrations: string
  readonly resources: string
  readonly version: string
  readonly enrolment: Enrolment
  /** People of the demo office to make in an empty store that never had a centre; null for none. */
  readonly demo: { readonly people: number; readonly contactsPerPerson: number; readonly seed: number } | null
}

/** Who works on this PC and with which service. */
export interface Enrolment {
  readonly actor: Actor
  readonly officeName: string
  readonly isDemo: boolean
  /** Null where there is no service: everything stays on this PC. */
  readonly centre: { readonly url: string; readonly token: string; readonly centreId: string } | null
}

/** The PC of an officer who was never enrolled with a service. */
export const DEVICE_WITHOUT_CENTRE = 'local'

/** From main to the engine. */
export type ToEngine =
  | {
      readonly kind: 'call'
      readonly id: number
      readonly actor: Actor
      readonly name: CallName
      readonly input: unknown
    }
  | { readonly kind: 'network-answer'; readonly id: number; readonly answer: NetworkAnswer }
  | { readonly kind: 'network-failed'; readonly id: number; readonly why: 'unreachable' | 'timed-out' }
  | { readonly kind: 'probed'; readonly id: number; readonly steps: readonly ProbeStep[] }
  | { readonly kind: 'line-changed' }
  | { readonly kind: 'stop' }

/** From the engine to main. */
export type FromEngine =
  | { readonly kind: 'started' }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'changed'; readonly changed: Changed }
  | { readonly kind: 'network'; readonly id: number; readonly request: NetworkRequest }
  | { readonly kind: 'probe'; readonly id: number; readonly url: string }
  | { readonly kind: 'log'; readonly line: string }
  | { readonly kind: 'stopped' }
