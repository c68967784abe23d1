import type { Actor } from '../../../shared/access/actor.ts'
import { meteredLine, type WorkItem } from '../../../shared/features/sync/syncContract.ts'
import type { Answer, Changed, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type Result } from '../../../shared/result.ts'
import { worstState } from '../../../shared/sync/recordState.ts'
import { foldText } from '../../../shared/text.ts'
import { dayRange, londonDate, type Clock } from '../../../shared/time.ts'
import type { AuditChain } from '../../../db/audit/auditChain.ts'
import { inTransaction, type Database } from '../../../db/database.ts'
import { listOpenConflicts } from '../../../db/features/conflicts/conflictsRepository.ts'
import { discardOperation, findOperation } from '../../../db/outbox/outboxRepository.ts'
import { STATE_SHOWN } from '../../../db/outbox/recordStates.ts'
import { listBeingSettled } from '../../../db/outbox/settlements.ts'
import { countActions, countConfirmedSince, listWork } from '../../../db/outbox/sendQueue.ts'
import { countScope } from '../../../db/sync/applyPage.ts'
import { readSyncNumber } from '../../../db/sync/syncState.ts'
import type { PeopleView } from '../../peopleView.ts'
import { ONE_READING_MS, type ReadAudit } from '../../readAudit.ts'
import type { LineChecker } from '../../sync/checkLine.ts'
import { readMeteredLine, writeMeteredLine } from '../../sync/meteredLine.ts'
import type { LineState } from '../../sync/lineState.ts'

interface SyncServiceDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditChain
  readonly readAudit: ReadAudit
  readonly peopleOf: PeopleView
  readonly line: () => LineState
  readonly syncNow: () => void
  /** None where there is no service. */
  readonly lineCheck: LineChecker | undefined
  readonly changed: (changed: Changed) => void
}

/** Operations looked through for one list: a week of work. */
const WORK_MAX = 5_000
const ABOUT_LENGTH = 80

type QueuedOperation = ReturnType<typeof listWork>[number]

/** What is where, what needs the officer, and how the line is. */
export function createSyncService({
  db,
  clock,
  audit,
  readAudit,
  peopleOf,
  line,
  syncNow,
  lineCheck,
  changed,
}: SyncServiceDeps) {
  return {
    status(): Result<Answer<'sync.status'>> {
      const today = dayRange(londonDate(clock.now())).from
      return ok({
        ...line(),
        lastContactAt: readSyncNumber(db, 'lastContactAt') ?? null,
        saved: countActions(db, 'saved'),
        sent: countActions(db, 'sent'),
        heldBack: countActions(db, 'heldBack'),
        needsYou: countNeeds(),
        confirmedToday: countConfirmedSince(db, today),
        cases: countScope(db),
        clockAheadMs: readSyncNumber(db, 'clockAheadMs') ?? null,
        metered: readMeteredLine(db),
      })
    },

    work(actor: Actor, { words, only, limit, offset }: Input<'sync.work'>): Result<Answer<'sync.work'>> {
      const actions = [...Map.groupBy(listWork(db, only === 'needs-you', WORK_MAX), one => one.actionId).values()]
      const cases = [...new Set(actions.map(([first]) => first?.caseId ?? ''))]
      const people = peopleOf(cases)
      const waiting = fieldsWaiting()
      const readable = new Set(cases.filter(caseId => readAudit.mayRead(actor, caseId)))
      const wanted = foldText(words)
        .split(' ')
        .filter(word => word !== '')
      const items = actions
        .map(operations => workItem(operations, people, waiting))
        .map(item => (readable.has(item.caseId) ? item : { ...item, name: '', about: '' }))
        .filter(item => wanted.every(word => foldText(`${item.name} ${item.about}`).includes(word)))
      readAudit.read(actor, {
        action: 'list.read',
        key: 'work',
        withinMs: ONE_READING_MS,
        detail: { list: 'work', cases: readable.size },
      })
      return ok({ total: items.length, items: items.slice(offset, offset + limit) })
    },

    now(): Result<null> {
      syncNow()
      return ok(null)
    },

    setMetered(wanted: Input<'sync.setMetered'>): Result<Answer<'sync.setMetered'>> {
      const line = meteredLine.parse({ ...readMeteredLine(db), ...wanted })
      inTransaction(db, tx => {
        writeMeteredLine(tx, line)
      })
      changed({ topic: 'sync' })
      return ok(line)
    },

    check(): Result<null> {
      lineCheck?.start()
      return ok(null)
    },

    checked: (): Result<Answer<'sync.checked'>> => ok(lineCheck?.state() ?? { isRunning: false, last: null }),

    /**
     * The audit has the reason; what the officer typed stays in the outbox, out of sight. It is the officer's own work, so it
     * can be discarded also where the case was taken away meanwhile.
     */
    discard(actor: Actor, { opId, reason }: Input<'sync.discard'>): Result<null> {
      const operation = findOperation(db, opId)
      if (!operation) return refuse({ code: 'not-found' })
      inTransaction(db, tx => {
        discardOperation(tx, opId)
        audit.append(tx, actor, {
          action: 'operation.discarded',
          caseId: operation.caseId,
          detail: { opId, type: operation.type, reason },
        })
      })
      for (const topic of ['case', 'diary', 'caseload', 'sync'] as const) changed({ topic, caseId: operation.caseId })
      return ok(null)
    },
  }

  /** Fields with two versions that nobody has settled, here or elsewhere. */
  function listWaiting() {
    const being = listBeingSettled(db)
    return listOpenConflicts(db, clock.now()).filter(one => !being.has(one.id))
  }

  function countNeeds(): Answer<'sync.status'>['needsYou'] {
    const refused = countActions(db, 'refused')
    const waiting = listWaiting()
    const since = [refused.oldestAt, ...waiting.flatMap(one => one.proposed.map(by => by.at))].filter(at => at !== null)
    return { count: refused.count + waiting.length, oldestAt: since.length > 0 ? Math.min(...since) : null }
  }

  /** By operation, the fields that it proposed another value for. */
  function fieldsWaiting(): FieldsWaiting {
    const proposed = listWaiting().flatMap(({ fields, proposed }) =>
      proposed.map(({ opId }) => ({ opId, field: fields.field })),
    )
    return Map.groupBy(proposed, one => one.opId)
  }
}

type FieldsWaiting = ReadonlyMap<string, readonly { readonly field: string }[]>

function workItem(
  newestFirst: readonly QueuedOperation[],
  people: ReadonlyMap<string, { readonly name: string }>,
  waiting: FieldsWaiting,
): WorkItem {
  const operations = newestFirst.toReversed()
  const [first] = operations
  return {
    actionId: first?.actionId ?? '',
    at: first?.clientAt ?? 0,
    caseId: first?.caseId ?? '',
    name: people.get(first?.caseId ?? '')?.name ?? '',
    what: operations.map(one => one.type),
    about: operations.map(aboutOf).find(about => about !== '') ?? '',
    state: worstState(operations.map(one => (waiting.has(one.opId) ? 'needs-you' : STATE_SHOWN[one.state]))),
    attention: operations.flatMap(one => attentionOf(one, waiting.get(one.opId) ?? [])),
  }
}

/** First words of a note, the day of an appointment, or the fields that were changed. */
function aboutOf({ body }: QueuedOperation): string {
  if ('patch' in body) return body.patch.map(one => one.field).join(', ')
  const { note, startsOn, startsTime } = body.create
  if (typeof note === 'string') return note.slice(0, ABOUT_LENGTH)
  return [startsOn, startsTime].filter(part => typeof part === 'string').join(' ')
}

function attentionOf(
  { opId, state, refusedCode, refusedField, type }: QueuedOperation,
  waiting: readonly { readonly field: string }[],
): WorkItem['attention'] {
  if (state === 'quarantined') {
    const fields = refusedField === null ? [] : [refusedField]
    return [
      { opId, kind: 'refused', code: refusedCode ?? '', fields, mendsOnRecord: type.startsWith('contact.create') },
    ]
  }
  const fields = waiting.map(one => one.field)
  return fields.length > 0
    ? [{ opId, kind: 'two-versions', code: 'changed-meanwhile', fields, mendsOnRecord: false }]
    : []
}
