import type { Actor } from '../../shared/access/actor.ts'
import type { Answer, CallName, Input } from '../../shared/ipc/contract.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Services } from '../services.ts'

export type Handlers = {
  readonly [Name in CallName]: (actor: Actor, input: Input<Name>) => Result<Answer<Name>>
}

/** One line a call. A call in the contract without a line here does not compile. */
export const createHandlers = (services: Services): Handlers => ({
  'session.get': actor => ok({ state: 'open', session: services.session.get(actor) }),
  'session.set': (_actor, input) => services.session.set(input),
  'session.acknowledgeDamage': () => services.session.acknowledgeDamage(),
  'session.reference': () => services.session.reference(),
  'today.diary': (actor, input) => services.today.diary(actor, input),
  'today.toLog': (actor, input) => services.today.toLog(actor, input),
  'today.owed': (actor, input) => services.today.owed(actor, input),
  'today.recent': () => services.today.recent(),
  'today.prepare': (actor, input) => services.today.prepare(actor, input),
  'caseload.list': (actor, input) => services.caseload.list(actor, input),
  'cases.open': (actor, input) => services.cases.open(actor, input),
  'cases.header': (actor, input) => services.cases.header(actor, input),
  'cases.timeline': (actor, input) => services.timeline.timeline(actor, input),
  'cases.details': (actor, input) => services.details.details(actor, input),
  'cases.editField': (actor, input) => services.details.editField(actor, input),
  'contacts.record': (actor, input) => services.contacts.record(actor, input),
  'contacts.get': (actor, input) => services.contacts.get(actor, input),
  'contacts.amend': (actor, input) => services.contacts.amend(actor, input),
  'contacts.strike': (actor, input) => services.contacts.strike(actor, input),
  'appointments.book': (actor, input) => services.appointments.book(actor, input),
  'appointments.move': (actor, input) => services.appointments.move(actor, input),
  'appointments.cancel': (actor, input) => services.appointments.cancel(actor, input),
  'appointments.judge': (actor, input) => services.appointments.judge(actor, input),
  'forms.openContact': (actor, input) => services.forms.openContact(actor, input),
  'forms.ids': () => services.forms.ids(),
  'forms.keepDraft': (actor, input) => services.forms.keepDraft(actor, input),
  'forms.discardDraft': (actor, input) => services.forms.discardDraft(actor, input),
  'forms.undo': (actor, input) => services.forms.undo(actor, input),
  'find.people': (actor, input) => services.find.people(actor, input),
  'find.notes': (actor, input) => services.find.notes(actor, input),
  'find.about': (actor, input) => services.find.about(actor, input),
  'conflicts.list': (actor, input) => services.conflicts.list(actor, input),
  'conflicts.get': (actor, input) => services.conflicts.get(actor, input),
  'conflicts.settle': (actor, input) => services.conflicts.settle(actor, input),
  'documents.begin': (actor, input) => services.documents.begin(actor, input),
  'documents.add': (_actor, input) => services.documents.add(input),
  'documents.finish': (_actor, input) => services.documents.finish(input),
  'documents.detach': (_actor, input) => services.documents.detach(input),
  'documents.ofForm': (actor, input) => services.documents.ofForm(actor, input),
  'documents.list': (actor, input) => services.documents.list(actor, input),
  'documents.read': (actor, input) => services.documents.read(actor, input),
  'sync.status': () => services.sync.status(),
  'sync.work': (actor, input) => services.sync.work(actor, input),
  'sync.now': () => services.sync.now(),
  'sync.setMetered': (_actor, input) => services.sync.setMetered(input),
  'sync.check': () => services.sync.check(),
  'sync.checked': () => services.sync.checked(),
  'sync.refused': (actor, input) => services.mend.refused(actor, input),
  'sync.resend': (actor, input) => services.mend.resend(actor, input),
  'sync.discard': (actor, input) => services.sync.discard(actor, input),
})
