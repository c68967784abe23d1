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

/** The draft of the same screen: of the refused entry that is mended, else of the same appointment (or none). */
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
        mends === null ? isOfAppointment(appointmentId) : eq(draftsTable.mends, mends),
      ),
    )
    .orderBy(desc(draftsTable.savedAt))
    .get()
}

const isOfAppointment = (id: string | null) =>
  and(isNull(draftsTable.mends), id === null ? isNull(draftsTable.appointmentId) : eq(draftsTable.appointmentId, id))

/** Forms that have a draft. */
export const listFormsWithDraft = (db: Database): readonly string[] =>
  db
    .select({ formId: draftsTable.formId })
    .from(draftsTable)
    .all()
    .map(one => one.formId)

/** Appointments for whose outcome a draft is kept. */
export const appointmentsWithDraft = (db: Database): ReadonlySet<string> =>
  new Set(
    db
      .select({ appointmentId: draftsTable.appointmentId })
      .from(draftsTable)
      .where(isNull(draftsTable.mends))
      .all()
      .flatMap(one => one.appointmentId ?? []),
  )
