import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { prepareOnce, type Database, type Transaction } from '../../database.ts'
import { draftsTable } from './draftsTable.ts'

export type Draft = typeof draftsTable.$inferSelect

const statements = prepareOnce(db => ({
  remove: db
    .delete(draftsTable)
    .where(eq(draftsTable.formId, sql.placeholder('formId')))
    .prepare(),
}))

/** Keeps what is on the screen under its form, in place of what was kept before. */
export function keepDraft(tx: Transaction, draft: Draft): void {
  const { body, savedAt, formVersion } = draft
  tx.insert(draftsTable)
    .values(draft)
    .onConflictDoUpdate({ target: draftsTable.formId, set: { body, savedAt, formVersion } })
    .run()
}

export function removeDraft(tx: Transaction, formId: string): void {
  statements(tx).remove.run({ formId })
}

/** The draft of the same screen: same case, same appointment (or none), same refused entry (or none). */
export function findDraft(
  db: Database,
  { caseId, appointmentId, mends }: Pick<Draft, 'caseId' | 'appointmentId' | 'mends'>,
): Draft | undefined {
  return db
    .select()
    .from(draftsTable)
    .where(
      and(
        eq(draftsTable.caseId, caseId),
        appointmentId === null ? isNull(draftsTable.appointmentId) : eq(draftsTable.appointmentId, appointmentId),
        mends === null ? isNull(draftsTable.mends) : eq(draftsTable.mends, mends),
      ),
    )
    .orderBy(desc(draftsTable.savedAt))
    .get()
}

/** Appointments for which a draft is kept. */
export const appointmentsWithDraft = (db: Database): ReadonlySet<string> =>
  new Set(
    db
      .select({ appointmentId: draftsTable.appointmentId })
      .from(draftsTable)
      .all()
      .flatMap(one => one.appointmentId ?? []),
  )
