import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '../..')

/** A piece of our code, which stands there once, and what is put in its place. */
export interface Patch {
  /** Of the clone. */
  readonly file: string
  readonly from: string
  readonly to: string
}

const inPull = 'electron/sync/pullChanges.ts'
const inPush = 'electron/sync/pushChanges.ts'
const inLoop = 'electron/sync/syncLoop.ts'
const inClient = 'electron/sync/centralClient.ts'
const inBackoff = 'electron/sync/backoff.ts'
const inSave = 'electron/saveAction.ts'
const inQueue = 'db/outbox/sendQueue.ts'
const inOutbox = 'db/outbox/outboxRepository.ts'
const inShadow = 'db/outbox/shadow.ts'
const inPages = 'db/sync/applyPage.ts'
const inRows = 'db/sync/applyRow.ts'
const inPurges = 'db/sync/purges.ts'
const inRemoval = 'db/sync/removeCase.ts'
const inDatabase = 'central/db/database.ts'
const atCentre = (name: string): string => `central/features/sync/${name}.ts`

/** Each bug of planted-bugs.md that can be planted whatever the service rests on, by its name. */
export const plantedBugs: Readonly<Record<string, readonly Patch[]>> = {
  'cursor-before-rows': [
    { file: inPull, from: `        writeSyncFact(tx, 'cursor', reply.data.cursor)\n`, to: '' },
    {
      file: inPull,
      from: '    await finishPurging(deps, items)\n',
      to: `    await finishPurging(deps, items)
    inTransaction(deps.db, tx => writeSyncFact(tx, 'cursor', reply.data.cursor))
    await deps.timers.yield()\n`,
    },
  ],
  'position-before-rows': [
    {
      file: inPull,
      from: `    const steps = applyItems(deps.db, rows, applyRow, tx => {
      storeBackfill(tx, caseId, after)
    })`,
      to: `    inTransaction(deps.db, tx => storeBackfill(tx, caseId, after))
    await deps.timers.yield()
    const steps = applyItems(deps.db, rows, applyRow, () => undefined)`,
    },
  ],
  'no-dedupe': [
    {
      file: atCentre('acceptOperations'),
      from: 'tx.listResults(resultsNamed(operations)),',
      to: 'tx.listResults(resultsNamed([])),',
    },
  ],
  'dedupe-by-number': [
    {
      file: atCentre('acceptOperations'),
      from: '  const news = operations.filter(one => !state.results.has(one.opId))\n',
      to: `  const news = operations.filter(one => !state.results.has(one.opId))
  if (incarnation === device.incarnation && news.some(one => one.n <= device.lastN)) {
    const answers = operations.map(({ opId }) => ({ opId, verdict: { status: 'merged' }, rows: [], isAsSent: false }))
    return { device, decision: { answers, results: [], changes: [], rows: [], lateWork: [], after: state } }
  }\n`,
    },
  ],
  'lost-timer': [
    {
      file: inLoop,
      from: '    cancelTick = timers.after(',
      to: '    if (running || waitMs === 0) cancelTick = timers.after(',
    },
  ],
  'only-saves-wake': [
    { file: inLoop, from: '    cancelTick = timers.after(', to: '    if (isStopped) cancelTick = timers.after(' },
  ],
  'sending-for-ever': [
    {
      file: inQueue,
      from: 'const isWaiting = sql`${isUnsent} AND NOT ',
      to: "const isWaiting = sql`${outboxTable.state} IN ('pending', 'retry') AND NOT ",
    },
    {
      file: inQueue,
      from: "tx.update(outboxTable).set({ state: 'retry' }).where(eq(outboxTable.state, 'sending')).run()",
      to: 'void tx',
    },
  ],
  'unanswered-is-confirmed': [
    {
      file: inQueue,
      from: ".set({ state: 'retry' })\n    .where(and(",
      to: ".set({ state: 'acked' })\n    .where(and(",
    },
  ],
  'guarded-overwritten': [
    {
      file: atCentre('judge'),
      from: "if (isUnchanged || fieldClass === 'free') return",
      to: "if (isUnchanged || fieldClass !== 'narrative') return",
    },
  ],
  'proposal-dropped': [
    {
      file: atCentre('conflicts'),
      from: '    proposal(turn, { conflictId: id, field, value }, version - 1),\n',
      to: '',
    },
  ],
  'base-of-the-save': [
    {
      file: 'electron/features/cases/detailsService.ts',
      from: 'body: { patch: [{ field, baseRev, baseOp: null, value }] },',
      to: 'body: { patch: [{ field, baseRev: row.fieldRev[field] ?? baseRev, baseOp: null, value }] },',
    },
  ],
  'row-over-unsent': [
    { file: inShadow, from: 'const hasUnsentWork = shadow !== undefined ||', to: 'const hasUnsentWork = false && ' },
  ],
  'shadow-stays': [
    { file: inShadow, from: 'if (shadow && bodies.length === 0) statements', to: 'if (false) statements' },
  ],
  'undo-after-sending': [
    {
      file: 'electron/features/forms/formsService.ts',
      from: "operations.every(one => one.state === 'pending' && one.notBefore > clock.now())",
      to: 'operations.length > 0',
    },
    { file: inOutbox, from: "operations.every(one => one.state === 'pending'),", to: 'operations.length > 0,' },
  ],
  'sent-while-undoable': [
    {
      file: inQueue,
      from: 'const canBeUndone = waitMs > 0 && waitMs <= heldMsMax',
      to: 'const canBeUndone = waitMs > heldMsMax && waitMs <= heldMsMax',
    },
  ],
  'saved-twice': [
    {
      file: inSave,
      from: 'if (operations.some(operation => isQueued(db, operation))) return',
      to: 'if (operations.length === 0) return',
    },
  ],
  'audit-apart': [
    {
      file: inSave,
      from: `      audit.append(tx, actor, {
        action: 'action.saved',`,
      to: `      also?.(tx)
    })
    inTransaction(db, tx => {
      audit.append(tx, actor, {
        action: 'action.saved',`,
    },
    { file: inSave, from: '      })\n      also?.(tx)\n', to: '      })\n' },
  ],
  'reading-unaudited': [
    {
      file: 'electron/readAudit.ts',
      from: "      write(actor, { action: 'case.read', caseId })\n",
      to: "      void Promise.resolve().then(() => write(actor, { action: 'case.read', caseId }))\n",
    },
  ],
  'revoke-after-cursor': [
    {
      file: inPull,
      from: 'const numbered = items.map((item, place) => ({ item, place, caseId: caseOf(item) }))',
      to: `const all = items.map((item, place) => ({ item, place, caseId: caseOf(item) }))
    const numbered = all.filter(one => one.item.kind !== 'revoke')`,
    },
    {
      file: inPull,
      from: '    await runSteps(deps, steps, items.map(caseOf))\n',
      to: `    await runSteps(deps, steps, items.map(caseOf))
    deps.timers.after(600_000, () => {
      for (const { item, place } of all.filter(one => one.item.kind === 'revoke'))
        inTransaction(deps.db, tx => applyItem(tx, item, place))
    })\n`,
    },
  ],
  'revoke-ignored': [{ file: inPages, from: 'revokeCase(tx, item.caseId, item.epoch)\n', to: 'void revokeCase\n' }],
  'revoke-drops-work': [
    {
      file: inPurges,
      from: "  const purge = { epoch, stage: 'new', countedAt",
      to: `  tx.delete(outboxTable).where(and(eq(outboxTable.caseId, caseId), inArray(outboxTable.state, [...UNSENT]))).run()
  const purge = { epoch, stage: 'new', countedAt`,
    },
  ],
  'scope-once': [
    {
      file: atCentre('rewriteScope'),
      from: 'const changes = compareScopes(kept, scopes, lastEpochs)',
      to: 'const changes = { ...compareScopes(kept, scopes, lastEpochs), revoked: [] }',
    },
  ],
  'grant-without-fetch': [
    {
      file: inPages,
      from: "const fresh = { epoch, until, state: 'backfill',",
      to: "const fresh = { epoch, until, state: known ? 'active' : 'backfill',",
    },
  ],
  'incarnation-ignored': [
    {
      file: atCentre('acceptOperations'),
      from: 'return incarnation === device.incarnation && inOrder ? undefined : device.incarnation + 1',
      to: 'return inOrder ? undefined : undefined',
    },
  ],
  'incarnation-clears-queue': [
    {
      file: inQueue,
      from: "  writeSyncFact(tx, 'nextN', 1)\n",
      to: `  writeSyncFact(tx, 'nextN', 1)
  tx.delete(outboxTable).where(inArray(outboxTable.state, ['pending', 'retry'])).run()\n`,
    },
  ],
  'poison-blocks-all': [
    {
      file: inQueue,
      from: `AS refused WHERE refused.case_id = \${outboxTable.caseId}
  AND refused.entity = \${outboxTable.entity} AND refused.id = \${outboxTable.id} AND refused.state`,
      to: 'AS refused WHERE refused.state',
    },
  ],
  'poison-dropped': [
    {
      file: 'db/sync/storeAnswers.ts',
      from: "return { state: 'quarantined', refusedCode: answer.code, refusedField: answer.field }",
      to: "return { state: 'acked' }",
    },
  ],
  'retry-after-ignored': [
    { file: inBackoff, from: 'return Math.min(longestMs, retryAfterMs ?? 0) + jitter', to: 'return jitter' },
  ],
  'no-jitter': [{ file: inBackoff, from: 'fraction(random) * (ceiling', to: '0.5 * (ceiling' }],
  'gives-up': [
    {
      file: inLoop,
      from: '    const nextTryWhy = notBeforeMs > askedUntilMs',
      to: '    if (waitMs > 60_000) isStopped = true\n    const nextTryWhy = notBeforeMs > askedUntilMs',
    },
  ],
  'portal-believed': [
    {
      file: inClient,
      from: "  if (answer.headers[SERVICE_HEADER] !== SERVICE_NAME) return down('not-our-service', retryAfterMs(answer))\n",
      to: `  const isOurs = answer.headers[SERVICE_HEADER] === SERVICE_NAME
  if (!isOurs && answer.status === 200) return { is: 'nothing' }
  if (!isOurs) return down('not-our-service', retryAfterMs(answer))\n`,
    },
  ],
  'clock-back-stops': [
    {
      file: inLoop,
      from: '  const { db, clock, timers, random, log } = deps\n',
      to: `  const { db, timers, random, log } = deps
  const clock = { now: () => deps.clock.now(), monotonicMs: () => deps.clock.now() }\n`,
    },
  ],
  'clock-decides': [
    {
      file: atCentre('judge'),
      from: 'function judgeField(row: Row, entry: Entry, { state, isLate }: Turn): JudgedField {',
      to: 'function judgeField(row: Row, entry: Entry, { state, isLate, operation }: Turn): JudgedField {',
    },
    {
      file: atCentre('judge'),
      from: "  if (isUnchanged || fieldClass === 'free') return",
      to: `  const last = state.history.get(row.fieldRev[field] ?? 0)
  if (!isUnchanged && last && last.clientAt > operation.clientAt) return { field, value, base, outcome: 'same' }
  if (isUnchanged || fieldClass === 'free') return`,
    },
  ],
  'unknown-field-lost': [
    {
      file: inShadow,
      from: 'if (seen) storeRecord(tx, key, { fields: seen, version, fieldRev, extra })',
      to: 'if (seen) storeRecord(tx, key, { fields: seen, version, fieldRev, extra: extra && null })',
    },
  ],
  'unreadable-row-stops': [
    {
      file: inRows,
      from: "if ('problem' in read) setAside(tx, row, read.problem)",
      to: "if ('problem' in read) throw new Error(read.problem)",
    },
  ],
  'action-split': [
    {
      file: inQueue,
      from: `picked.length + action.length > limits.operationsMax || characters + size > limits.charactersMax
    if (picked.length > 0 && isFull) break
    picked.push(...action)`,
      to: `picked.length >= limits.operationsMax || characters + size > limits.charactersMax
    if (picked.length > 0 && isFull) break
    picked.push(...action.slice(0, limits.operationsMax - picked.length))`,
    },
  ],
  'too-large-for-ever': [
    {
      file: inPush,
      from: "const isTooMuch = reply.is === 'down' ?",
      to: "const isTooMuch = reply.is !== 'nothing' ? false : reply.is === 'down' ?",
    },
    {
      file: inPush,
      from: "    if (isOneAction(batch)) giveBack(deps, batch, batch.places, 'too-large')\n    return true\n",
      to: '    return false\n',
    },
  ],
  'order-turned': [
    {
      file: inQueue,
      from: "    .orderBy(asc(outboxTable.place))\n    .limit(sql.placeholder('limit'))",
      to: "    .orderBy(desc(outboxTable.place))\n    .limit(sql.placeholder('limit'))",
    },
  ],
  'index-stays': [{ file: inRemoval, from: '    unindexNote(tx, startedAt, id)\n', to: '    void unindexNote\n' }],
  'log-stays': [
    {
      file: 'db/housekeeping.ts',
      from: "db.$client.pragma('wal_checkpoint(TRUNCATE)')",
      to: "db.$client.pragma('wal_checkpoint(PASSIVE)')",
    },
  ],
  'drafts-stay': [{ file: inRemoval, from: '  { table: draftsTable },\n', to: '' }],
  'deleted-comes-back': [{ file: inRows, from: '    confirmRow(tx, key, null, row.version)\n', to: '    void key\n' }],
  'no-brake': [
    { file: inPurges, from: "? 'held' : 'drain'\n  const contactMs", to: "? 'drain' : 'drain'\n  const contactMs" },
  ],
}

/** Bugs of how the service uses PostgreSQL: the model knows nothing of them. */
export const databaseBugs: Readonly<Record<string, readonly Patch[]>> = {
  'number-before-commit': [
    {
      file: atCentre('postgresSyncStore'),
      from: 'inTransaction(db, tx => work(writerOf(tx)))',
      to: `inTransaction(db, tx =>
        work({ ...writerOf(tx), takeNumbers: count => writerOf(db as never).takeNumbers(count) }))`,
    },
  ],
  'commit-in-memory': [
    {
      file: inDatabase,
      from: '  keepAlive: true,\n',
      to: "  keepAlive: true,\n  options: '-c synchronous_commit=off',\n",
    },
  ],
  'answer-before-commit': [
    {
      file: inDatabase,
      from: '    await tx.commit()\n    return value\n',
      to: '    void tx.commit().catch(() => undefined)\n    return value\n',
    },
    {
      file: atCentre('pushStatements'),
      from: 'tx.commit()',
      to: 'Promise.resolve()',
    },
  ],
}

/** @throws where the code is no longer as it was when the bug was written down. */
export function patched(name: string, { file, from, to }: Patch, source: string): string {
  const [before = '', after, ...others] = source.split(from)
  if (after === undefined || others.length > 0) {
    throw new Error(`The planted bug ${name} does not fit ${file} any more: write it anew in plantedBugs.ts`)
  }
  return before + to + after
}

/** Puts a bug into every module of the clone that is loaded from now on in this process. */
export function plant(name: string): void {
  const patches = plantedBugs[name] ?? databaseBugs[name] ?? []
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      const mine = patches.filter(one => pathToFileURL(join(root, one.file)).href === url)
      if (mine.length === 0) return loaded
      const source = Buffer.from(loaded.source as Buffer).toString() // of a file, so bytes
      return { ...loaded, source: mine.reduce((text, patch) => patched(name, patch, text), source) }
    },
  })
}
