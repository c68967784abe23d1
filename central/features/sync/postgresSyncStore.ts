import { type Database, inSnapshot, inTransaction, sqlState, type Transaction } from '../../db/database.ts'
import { caseStatements } from './caseStatements.ts'
import { newsStatements } from './newsStatements.ts'
import { purgeStatements } from './purgeStatements.ts'
import { pushStatements } from './pushStatements.ts'
import { rowStatements } from './rowStatements.ts'
import { listCasesDue, scopeStatements } from './scopeStatements.ts'
import { type SyncStore, type SyncWriter, UnstorableError } from './syncStore.ts'

/** The store of sync in PostgreSQL. */
export const postgresSyncStore = (db: Database): SyncStore => ({
  async write(work) {
    try {
      return await inTransaction(db, tx => work(writerOf(tx)))
    } catch (error) {
      throw isDataProblem(error) ? new UnstorableError(error) : error
    }
  },
  read: work => inSnapshot(db, tx => work({ ...newsStatements(tx), ...caseStatements(tx) })),
  listCasesDue: (now, limit) => listCasesDue(db, now, limit),
})

/** PostgreSQL's class 22: a value that it cannot hold. */
const isDataProblem = (error: unknown): boolean => sqlState(error)?.startsWith('22') === true

/** Sync's statements in a transaction that writes. */
export const writerOf = (tx: Transaction): SyncWriter => ({
  ...rowStatements(tx),
  ...pushStatements(tx),
  ...scopeStatements(tx),
  ...purgeStatements(tx),
})
