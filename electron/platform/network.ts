import { LineDownError, type Network, type NetworkAnswer, type NetworkRequest } from '../engine/ports.ts'

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The engine's network by the application's own `fetch`: Electron's goes by the system's proxy and certificates. */
export function createNetwork(fetch: Fetch): Network {
  return {
    async request({ method, url, headers, body, timeoutMs }: NetworkRequest): Promise<NetworkAnswer> {
      const init: RequestInit = { method, headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) }
      if (body) init.body = new Uint8Array(body)
      try {
        const response = await fetch(url, init)
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: new Uint8Array(await response.arrayBuffer()),
        }
      } catch (error) {
        const isTimeout = error instanceof Error && error.name === 'TimeoutError'
        throw new LineDownError(isTimeout ? 'timed-out' : 'unreachable')
      }
    },
  }
}
