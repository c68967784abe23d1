import type { Actor } from '../../../shared/access/actor.ts'
import { excerpt } from '../../../shared/features/contacts/contactText.ts'
import type { FoundNote } from '../../../shared/features/find/findContract.ts'
import type { Reference } from '../../../shared/features/reference/reference.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { foldText } from '../../../shared/text.ts'
import type { Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import { eachContact, NEWEST } from '../../../db/features/contacts/contactsRepository.ts'
import { findNotes, findPeople, findReason, type NoteHit } from '../../../db/search/findRepository.ts'
import { countCases } from '../../../db/summary/caseloadRepository.ts'
import { settleAllNotes } from '../../../db/summary/settleDue.ts'
import type { PeopleView } from '../../peopleView.ts'
import { ONE_READING_MS, type ReadAudit } from '../../readAudit.ts'
import type { SettleLists } from '../../settleLists.ts'

interface FindDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
  readonly readAudit: ReadAudit
  readonly peopleOf: PeopleView
  readonly settleLists: SettleLists
}

const EXCERPT_LENGTH = 90
const READ_AT_A_TIME = 200
const SETTLED_BEFORE_A_SEARCH = 5

/** Any person and any sentence on this PC. */
export function createFindService({ db, clock, reference, readAudit, peopleOf, settleLists }: FindDeps) {
  return {
    people(_actor: Actor, { text, limit, offset }: Input<'find.people'>): Result<Answer<'find.people'>> {
      settleLists(SETTLED_BEFORE_A_SEARCH)
      const now = clock.now()
      const { total, people } = findPeople(db, text, { now, limit, offset })
      const found = people.map(person => ({ ...person, because: findReason(db, person.caseId, text) }))
      return ok({ total, cases: countCases(db, now), people: found })
    },

    notes(actor: Actor, query: Input<'find.notes'>): Result<Answer<'find.notes'>> {
      settleAllNotes(db)
      const { text, within, limit, offset } = query
      const wanted = { ...query, now: clock.now(), limit: limit + 1 }
      const hits = within === null ? findNotes(db, wanted) : findInCase(within, text, { limit: limit + 1, offset })
      const readable = hits.filter(hit => readAudit.mayRead(actor, hit.caseId)).slice(0, limit)
      const cases = [...new Set(readable.map(hit => hit.caseId))]
      readAudit.read(actor, {
        action: 'notes.found',
        key: `${within ?? ''} ${text} ${offset}`,
        withinMs: ONE_READING_MS,
        detail: { words: text, cases },
      })
      const people = peopleOf(cases)
      const words = foldText(text).split(' ')
      const notes = readable.map((hit): FoundNote => ({
        caseId: hit.caseId,
        name: people.get(hit.caseId)?.name ?? '',
        contactId: hit.id,
        startedAt: hit.startedAt,
        kindLabel: reference.contactTypes.get(hit.kind)?.label ?? hit.kind,
        excerpt: excerpt(hit.note, words, EXCERPT_LENGTH),
      }))
      return ok({ hasMore: hits.length > limit, notes })
    },

    about(actor: Actor, { text, caseIds }: Input<'find.about'>): Result<Answer<'find.about'>> {
      const readable = caseIds.filter(caseId => readAudit.mayRead(actor, caseId))
      readAudit.read(actor, {
        action: 'search',
        key: `${text} ${readable.join(' ')}`,
        withinMs: ONE_READING_MS,
        detail: { words: text, cases: readable },
      })
      const people = peopleOf(readable)
      return ok(
        [...people.values()].map(({ caseId, rosh, nextAppointmentAt }) => ({ caseId, rosh, nextAppointmentAt })),
      )
    },
  }

  /** Within one case the notes themselves are read: any part of a word counts, and a case is small. */
  function findInCase(
    caseId: string,
    text: string,
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): readonly NoteHit[] {
    const words = foldText(text)
      .split(' ')
      .filter(word => word !== '')
    if (words.length === 0) return []
    const found: NoteHit[] = []
    for (const { id, fields } of eachContact(db, caseId, NEWEST, READ_AT_A_TIME)) {
      const folded = foldText(fields.note)
      if (words.every(word => folded.includes(word))) {
        found.push({ caseId, id, startedAt: fields.startedAt, kind: fields.kind, note: fields.note })
      }
      if (found.length >= offset + limit) break
    }
    return found.slice(offset)
  }
}
