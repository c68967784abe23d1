import { and, eq, inArray, or } from 'drizzle-orm'
import { type Database, inTransaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { auditTable, deviceTable } from '../../db/tables.ts'
import type { AuditStore } from './auditStore.ts'

export const postgresAuditStore = (db: Database): AuditStore => ({
  write: (deviceId, work) =>
    inTransaction(db, async tx => {
      await tx
        .select({ id: deviceTable.id })
        .from(deviceTable)
        .where(and(eq(deviceTable.region, REGION), eq(deviceTable.id, deviceId)))
        .for('update')
      const { region, hash, prev } = auditTable
      return work({
        listLinks: hashes =>
          tx
            .select({ hash, prev })
            .from(auditTable)
            .where(
              and(
                eq(region, REGION),
                eq(auditTable.deviceId, deviceId),
                or(inArray(hash, [...hashes]), inArray(prev, [...hashes])),
              ),
            ),
        async insert(entries, receivedAt) {
          if (entries.length === 0) return
          await tx.insert(auditTable).values(entries.map(entry => ({ ...entry, region: REGION, deviceId, receivedAt })))
        },
      })
    }),
})
