import { announce } from '../../app/announce.ts'
import { openAndSay } from '../../app/openAndSay.ts'
import { openDialog } from '../../app/dialogs.ts'
import type { useOpen } from '../../app/useOpen.ts'
import type { RowAction } from '../../components/RowMenu.tsx'
import type { Correction } from './CorrectDialog.tsx'
import type { DocumentsOf } from './useDocumentsOf.ts'
import type { InHand } from './useInHand.ts'

interface CaseActionsOptions {
  readonly caseId: string
  readonly name: string
  readonly inHand: InHand
  readonly mayRecord: boolean
  readonly documentsOf: DocumentsOf
  readonly open: ReturnType<typeof useOpen>
  readonly correct: (correction: Correction) => void
}

/** What can be done in a case, with what is in hand. */
export function caseActions({ caseId, name, inHand, mayRecord, documentsOf, open, correct }: CaseActionsOptions) {
  const { contact, appointment, timeline, notes } = inHand

  function correctContact(how: Correction['how']) {
    if (!mayRecord) return announce('You cannot record in this case')
    if (contact) correct({ how, contact })
    else announce('Choose an entry first')
  }
  const act = {
    caseId,
    record: () => open.record(caseId),
    book: () => openDialog({ kind: 'book', caseId, name }),
    move() {
      if (appointment) openDialog({ kind: 'move', appointment, name })
      else announce('Choose an appointment that still stands')
    },
    amend: () => correctContact('amend'),
    strike: () => correctContact('strike'),
    openRow() {
      if (inHand.list === 'notes') notes.toggle(notes.chosen)
      else if (timeline.chosen !== null) timeline.toggle(timeline.chosen)
    },
    recordOutcome() {
      if (appointment) open.record(caseId, { appointment: appointment.id })
      else announce('Choose an appointment that still stands')
    },
  }
  const entryActions: readonly RowAction[] = [
    { label: 'Open or fold', keys: 'case.openRow', run: act.openRow },
    ...documentsOf(inHand.entryContact?.id).map(one => ({
      label: `Open ${one.name}`,
      run: () => void openAndSay(caseId, one),
    })),
    ...(contact
      ? [
          { label: 'Amend, with a reason', keys: 'case.amend' as const, run: act.amend },
          { label: 'Withdraw, with a reason', run: act.strike },
        ]
      : []),
    ...(appointment
      ? [
          { label: 'Record its outcome', run: act.recordOutcome },
          { label: 'Move or cancel', keys: 'case.move' as const, run: act.move },
        ]
      : []),
  ]
  const appointmentActions: readonly RowAction[] = [
    { label: 'Move or cancel', keys: 'case.move', run: act.move },
    { label: 'Record its outcome', run: act.recordOutcome },
  ]
  return { ...act, entryActions, appointmentActions }
}
export type CaseActions = ReturnType<typeof caseActions>
