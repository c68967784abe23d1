import type { Assignment } from '../features/cases/case.ts'
import type { Role, Verb } from '../sync/protocol.ts'
import type { Entity } from '../sync/recordTypes.ts'
import type { Actor } from './actor.ts'

/** What somebody wants to do with a case: read it, or one verb on one type of record. */
export type CaseAction = 'read' | `${Entity}.${Verb}`

/** What the decision rests on. */
export interface CaseFacts {
  readonly caseId: string
  readonly assignments: readonly Pick<Assignment, 'userId' | 'startOn' | 'endOn'>[]
  /** London day of the decision. */
  readonly today: string
}

/** What each role may write in a case that it is assigned to. Reading needs the assignment alone. */
const WRITES: Readonly<Record<Role, ReadonlySet<CaseAction>>> = {
  officer: new Set<CaseAction>([
    ...detailActions(),
    'appointment.create',
    'appointment.patch',
    'contact.create',
    'document.create',
    'contact.amend',
    'contact.strike',
    'register.create',
    'register.patch',
    'event.patch',
    'requirement.create',
    'requirement.patch',
  ]),
  senior: new Set<CaseAction>([
    ...detailActions(),
    'appointment.create',
    'appointment.patch',
    'contact.create',
    'document.create',
    'contact.amend',
    'contact.strike',
    'register.create',
    'register.patch',
    'event.create',
    'event.patch',
    'requirement.create',
    'requirement.patch',
  ]),
  administrator: new Set<CaseAction>([
    ...detailActions(),
    'appointment.create',
    'appointment.patch',
    'contact.create',
    'document.create',
    'contact.amend',
  ]),
}

function detailActions(): readonly CaseAction[] {
  const entities = ['identifier', 'alias', 'address', 'contact_detail', 'adjustment'] as const
  return ['case.patch', ...entities.flatMap(entity => [`${entity}.create`, `${entity}.patch`] as const)]
}

/** Whoever may change a record may settle two versions of its fields. */
const asPatch = (action: CaseAction): CaseAction =>
  action.endsWith('.settle') ? (action.replace(/settle$/, 'patch') as CaseAction) : action // the same type of record

/** The one rule on who may do what to which case. The window's engine and the centre both ask it. */
export function mayAct(actor: Pick<Actor, 'userId' | 'role'>, wanted: CaseAction, facts: CaseFacts): boolean {
  const action = asPatch(wanted)
  if (facts.caseId.startsWith('ref:')) return action === 'read' || (actor.role === 'senior' && isTemplate(action))
  if (facts.caseId.startsWith('me:'))
    return facts.caseId === `me:${actor.userId}` && (action === 'read' || isTemplate(action))
  return isAssigned(actor.userId, facts) && (action === 'read' || WRITES[actor.role].has(action))
}

const isTemplate = (action: CaseAction): boolean => action === 'template.create' || action === 'template.patch'

const isAssigned = (userId: string, { assignments, today }: CaseFacts): boolean =>
  assignments.some(one => one.userId === userId && one.startOn <= today && (one.endOn === null || today <= one.endOn))
