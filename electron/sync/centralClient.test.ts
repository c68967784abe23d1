import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { SERVICE_HEADER, SERVICE_NAME } from '../../shared/sync/protocol.ts'
import type { Network } from '../engine/ports.ts'
import { createCentralClient } from './centralClient.ts'

describe('asking the service', () => {
  it('keeps nothing of the answers before', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void // Node has it from here on
    const bodies: WeakRef<Uint8Array>[] = []
    const network: Network = {
      request() {
        const body = Buffer.from('[]')
        bodies.push(new WeakRef(body))
        return Promise.resolve({ status: 500, headers: { [SERVICE_HEADER]: SERVICE_NAME }, body })
      },
    }
    const client = createCentralClient(network, 'http://centre.test', 'token')

    for (let count = 0; count < 20; count++) await client.hello()
    await new Promise(resolve => setImmediate(resolve)) // what a job made lives until its end
    collect()

    expect(bodies.filter(body => body.deref() !== undefined).length).toBeLessThan(3)
  })

  it('ends at once when it is abandoned, and every later time', async () => {
    let asked = 0
    const network: Network = {
      request() {
        asked++
        return new Promise(() => undefined)
      },
    }
    const client = createCentralClient(network, 'http://centre.test', 'token')
    const first = client.hello()

    client.abandon()

    const down = { is: 'down', reason: 'unreachable', retryAfterMs: null }
    expect(await first).toEqual(down)
    expect(await client.hello()).toEqual(down)
    expect(asked).toBe(1)
  })
})
