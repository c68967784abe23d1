import { meteredLine, type MeteredLine } from '../../shared/features/sync/syncContract.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { readSetting, writeSetting } from '../../db/features/session/sessionRepository.ts'

const NAME = 'metered'
const DEFAULTS: MeteredLine = { isMetered: false, pauses: true }

/** What the officer said of this PC's line. Windows tells a desktop application nothing of it. */
export const readMeteredLine = (db: Database): MeteredLine =>
  meteredLine.parse({ ...DEFAULTS, ...Object(readSetting(db, NAME) ?? {}) })

export function writeMeteredLine(tx: Transaction, line: MeteredLine): void {
  writeSetting(tx, NAME, line)
}
