import { describe, expect, it, onTestFinished } from 'vitest'
import { PAGE_BYTES_MIN, type DeviceReport } from '../../../shared/sync/protocol.ts'
import { aReport } from '../../../tests/support/builders.ts'
import { documentedService } from '../../../tests/support/centre/documented.ts'
import { aCentre, MONDAY } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { buildServer } from '../../server.ts'
import { concernOf, devicesText, listDevices } from './devices.ts'

const server = useTestServer()
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A centre whose workstations look for news. */
async function setUp() {
  const centre = await aCentre(server)
  const app = await buildServer({ ...centre, centre })
  onTestFinished(() => app.close())
  const ask = await documentedService(app)
  const lookForNews = (token: string, report: Partial<DeviceReport> = {}) =>
    ask({
      method: 'POST',
      url: '/v1/pull',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      payload: { protocol: 1, report: aReport(report), cursor: null, known: [], limitBytes: PAGE_BYTES_MIN },
    })
  return { centre, lookForNews, list: () => listDevices(centre.db) }
}

describe('what a workstation says of itself', () => {
  it('is kept with when it was last seen, the longest ago first', async () => {
    const { centre, lookForNews, list } = await setUp()
    const morgan = await centre.addDevice('morgan.ashby')
    const dev = await centre.addDevice('dev.larkhill')
    centre.clock.at = MONDAY + HOUR_MS

    await lookForNews(morgan.token, { unsent: 3, oldestUnsentAt: MONDAY, refused: 1, appVersion: '0.1.0' })

    expect(await list()).toEqual([
      {
        id: dev.actor.deviceId,
        userId: 'dev.larkhill',
        userName: 'Dev Larkhill',
        lastSeen: MONDAY,
        unsent: null,
        oldestUnsentAt: null,
        refused: null,
        appVersion: null,
      },
      {
        id: morgan.actor.deviceId,
        userId: 'morgan.ashby',
        userName: 'Morgan Ashby',
        lastSeen: MONDAY + HOUR_MS,
        unsent: 3,
        oldestUnsentAt: MONDAY,
        refused: 1,
        appVersion: '0.1.0',
      },
    ])
  })

  it('is kept at once when it changes, and when it was seen half a minute later where it does not', async () => {
    const { centre, lookForNews, list } = await setUp()
    const { token } = await centre.addDevice('morgan.ashby')
    const kept = async (at: number, report: Partial<DeviceReport>) => {
      centre.clock.at = MONDAY + at
      await lookForNews(token, report)
      const [device] = await list()
      return [(device?.lastSeen ?? 0) - MONDAY, device?.unsent]
    }

    expect(await kept(1_000, { unsent: 1, oldestUnsentAt: MONDAY })).toEqual([1_000, 1])
    expect(await kept(2_000, { unsent: 1, oldestUnsentAt: MONDAY })).toEqual([1_000, 1])
    expect(await kept(3_000, { unsent: 0 })).toEqual([3_000, 0])
    expect(await kept(33_000, { unsent: 0 })).toEqual([33_000, 0])
  })
})

describe('whom to ask after', () => {
  const device = {
    id: '018f0000-0000-7000-8000-000000000000',
    userId: 'morgan.ashby',
    userName: 'Morgan Ashby',
    lastSeen: MONDAY,
    unsent: 1,
    oldestUnsentAt: MONDAY,
    refused: 0,
    appVersion: '0.1.0',
  }

  it.each([
    ['seen 24 hours ago, nothing unsent', 24 * HOUR_MS, null, undefined],
    ['seen a moment longer ago', 24 * HOUR_MS + 1, null, 'silent'],
    ['work of 15 minutes when it was seen', MINUTE_MS, 15 * MINUTE_MS, undefined],
    ['work a moment older when it was seen', MINUTE_MS, 15 * MINUTE_MS + 1, 'stuck'],
    ['fresh work when it was seen, 24 hours old by now', 24 * HOUR_MS, 0, undefined],
    ['work that is a moment older by now', 24 * HOUR_MS, 1, 'stuck'],
  ] as const)('%s', (_, seenAgoMs, unsentMs, concern) => {
    const oldestUnsentAt = unsentMs === null ? null : MONDAY - unsentMs
    expect(concernOf({ ...device, oldestUnsentAt }, MONDAY + seenAgoMs)).toBe(concern)
  })

  it('stands marked in a table that is read at one look', () => {
    const never = { ...device, userName: 'Dev Larkhill', userId: 'dev.larkhill', unsent: null, oldestUnsentAt: null }
    const devices = [
      { ...never, lastSeen: MONDAY - 25 * HOUR_MS, refused: null, appVersion: null },
      { ...device, unsent: 12, oldestUnsentAt: MONDAY - HOUR_MS },
    ]

    expect(devicesText(devices, MONDAY).split('\n')).toEqual([
      '        user                         last seen         unsent  oldest            refused  version  device',
      'SILENT  Dev Larkhill (dev.larkhill)  2026-03-01 08:00       ?                          ?  ?        018f0000-0000-7000-8000-000000000000',
      'STUCK   Morgan Ashby (morgan.ashby)  2026-03-02 09:00      12  2026-03-02 08:00        0  0.1.0    018f0000-0000-7000-8000-000000000000',
    ])
  })
})
