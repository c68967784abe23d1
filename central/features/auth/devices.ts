import { and, asc, eq } from 'drizzle-orm'
import { findStuck } from '../../../shared/features/sync/stuck.ts'
import type { Database } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { deviceTable, userTable } from '../../db/tables.ts'

/** A workstation that has not been heard of for longer than this is silent. */
const SILENT_MS = 24 * 60 * 60 * 1000

/** A device with its user and what it last said of itself; null for what it never said. */
export interface ListedDevice {
  readonly id: string
  readonly userId: string
  readonly userName: string
  readonly lastSeen: number
  readonly unsent: number | null
  readonly oldestUnsentAt: number | null
  readonly refused: number | null
  readonly appVersion: string | null
}

/** Every device, the one that was heard of longest ago first. */
export const listDevices = (db: Database): Promise<readonly ListedDevice[]> =>
  db
    .select({
      id: deviceTable.id,
      userId: userTable.id,
      userName: userTable.name,
      lastSeen: deviceTable.lastSeen,
      unsent: deviceTable.unsent,
      oldestUnsentAt: deviceTable.oldestUnsentAt,
      refused: deviceTable.refused,
      appVersion: deviceTable.appVersion,
    })
    .from(deviceTable)
    .innerJoin(userTable, and(eq(userTable.region, deviceTable.region), eq(userTable.id, deviceTable.userId)))
    .where(eq(deviceTable.region, REGION))
    .orderBy(asc(deviceTable.lastSeen), asc(deviceTable.id))

/**
 * Whether somebody should ask after the device: nothing was heard of it for a day, or work lay unsent on it for too long. It
 * answers with its look for news, so the service was there when it said so.
 */
export function concernOf({ lastSeen, oldestUnsentAt }: ListedDevice, now: number): 'silent' | 'stuck' | undefined {
  if (now - lastSeen > SILENT_MS) return 'silent'
  const whenSeen = findStuck({ oldestUnsentAt, answeringSince: oldestUnsentAt, now: lastSeen })
  const isStuck = whenSeen ?? findStuck({ oldestUnsentAt, answeringSince: null, now })
  return isStuck && 'stuck'
}

const HEAD = ['', 'user', 'last seen', 'unsent', 'oldest', 'refused', 'version', 'device'] as const
const NUMBERS = new Set([3, 5])

/** The devices as a table, those that somebody should ask after marked. Times are UTC. */
export function devicesText(devices: readonly ListedDevice[], now: number): string {
  const lines = devices.map(device => [
    concernOf(device, now)?.toUpperCase() ?? '',
    `${device.userName} (${device.userId})`,
    timeText(device.lastSeen),
    String(device.unsent ?? '?'),
    device.oldestUnsentAt === null ? '' : timeText(device.oldestUnsentAt),
    String(device.refused ?? '?'),
    device.appVersion ?? '?',
    device.id,
  ])
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...lines].map(line => line[column]?.length ?? 0)))
  return [HEAD, ...lines]
    .map(line =>
      line
        .map((text, column) =>
          NUMBERS.has(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const timeText = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
