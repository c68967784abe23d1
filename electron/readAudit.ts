import type { Actor } from '../shared/access/actor.ts'
import { mayAct } from '../shared/access/mayAct.ts'
import { refuse, type Refusal } from '../shared/result.ts'
import type { Clock } from '../shared/time.ts'
import type { AuditAction, AuditChain } from '../db/audit/auditChain.ts'
import type { AuditDetail } from '../db/audit/auditTable.ts'
import { inTransaction, type Database } from '../db/database.ts'
import { findCaseFacts } from './saveAction.ts'

/** The same officer at the same thing is one reading for this long. */
export const ONE_READING_MS = 15 * 60 * 1000
export const ONE_DAY_MS = 24 * 60 * 60 * 1000

interface Reading {
  readonly action: AuditAction
  /** What makes it the same reading: the list's name, the words that were searched. */
  readonly key: string
  readonly withinMs: number
  readonly caseId?: string
  readonly detail?: AuditDetail
}

/** Writes down every reading before it is answered, and says no where the officer may not read. */
export interface ReadAudit {
  mayRead(actor: Actor, caseId: string): boolean
  /** Before a case is shown: again after another officer, another case or 15 minutes. Refuses as for a case that does not exist. */
  openCase(actor: Actor, caseId: string): Refusal | undefined
  /** Before anything else that shows people or notes. */
  read(actor: Actor, reading: Reading): void
}

interface ReadAuditDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditChain
}

export function createReadAudit({ db, clock, audit }: ReadAuditDeps): ReadAudit {
  let openedCase = { key: '', at: 0 }
  const readings = new Map<string, number>()

  function write(actor: Actor, { action, ...facts }: Pick<Reading, 'action' | 'caseId' | 'detail'>): void {
    inTransaction(db, tx => {
      audit.append(tx, actor, { action, ...facts })
    })
  }

  function mayRead(actor: Actor, caseId: string): boolean {
    const facts = findCaseFacts(db, clock, caseId)
    return facts !== undefined && mayAct(actor, 'read', facts)
  }

  return {
    mayRead,

    openCase(actor, caseId) {
      if (!mayRead(actor, caseId)) return refuse({ code: 'not-found' })
      const key = `${actor.userId} ${caseId}`
      const now = clock.now()
      if (openedCase.key === key && now - openedCase.at < ONE_READING_MS) return undefined
      write(actor, { action: 'case.read', caseId })
      openedCase = { key, at: now }
      return undefined
    },

    read(actor, { key, withinMs, ...reading }) {
      const mark = `${actor.userId} ${reading.action} ${key}`
      const now = clock.now()
      if (now - (readings.get(mark) ?? -Infinity) < withinMs) return
      write(actor, reading)
      readings.set(mark, now)
    },
  }
}
