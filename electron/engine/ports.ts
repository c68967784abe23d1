import type { Random } from '../../shared/ids.ts'
import type { Clock } from '../../shared/time.ts'

/** What the engine needs of the machine. Everything else it does itself, so that a test or a simulator can be its world. */
export interface EnginePorts {
  readonly clock: EngineClock
  readonly random: Random
  readonly timers: Timers
  readonly network: Network
  readonly probe: LineProbe
  readonly log: Log
}

export interface EngineClock extends Clock {
  /** Milliseconds since some moment of this run; never goes back, whatever is done to the PC's clock. */
  monotonicMs(): number
}

export interface Timers {
  /** Runs `work` once, at the earliest after `delayMs`. Returns how to call it off. */
  after(delayMs: number, work: () => void): () => void
  /** Resolves after whatever is waiting to run has run: the window's calls go before more sync work. */
  yield(): Promise<void>
}

export interface Network {
  /**
   * One request to the service.
   *
   * @throws `LineDownError` when no answer came: the name was not found, nobody listens, or it took too long.
   */
  request(request: NetworkRequest): Promise<NetworkAnswer>
}

export interface LineProbe {
  /** Tries the parts of the line to this address below HTTP, up to the first that fails. Never rejects. */
  probe(url: string): Promise<readonly ProbeStep[]>
}

/** What came of one part of the line. With a proxy, name and connection are those of the proxy. */
export interface ProbeStep {
  readonly hop: 'name' | 'connection' | 'proxy' | 'tls'
  readonly state: 'passed' | 'failed' | 'not-used'
  /** Of the system, as `ENOTFOUND`, or the proxy's status; null unless it failed. */
  readonly code: string | null
  readonly tookMs: number
}

export interface NetworkRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
  readonly timeoutMs: number
}

export interface NetworkAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Decoded, whatever the encoding on the wire. */
  readonly body: Uint8Array
}

/** Why no answer came. */
export class LineDownError extends Error {
  readonly kind: 'unreachable' | 'timed-out'

  constructor(kind: LineDownError['kind']) {
    super(kind)
    this.name = 'LineDownError'
    this.kind = kind
  }
}

export interface Log {
  /** One line of ids, codes and counts. Never a name, a note or an answer. */
  write(event: string, facts: Readonly<Record<string, string | number | boolean | null>>): void
}
