import { describe, expect, it } from 'vitest'
import { aCase, aContact, anAppointment, anEntry, anId, aTemplate, formIds } from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'

function beforeTheMeeting() {
  const appointmentId = anId()
  const { caseId, rows } = aCase(() => [
    { entity: 'appointment', id: appointmentId, fields: anAppointment() },
    { entity: 'contact', id: anId(), fields: aContact() },
  ])
  const template = { entity: 'template' as const, caseId: 'ref:templates', id: anId(), fields: aTemplate() }
  const test = anEngine({ rows: [...rows, template] })
  const open = () => test.value('forms.openContact', { caseId, appointmentId, mends: null })
  return { ...test, caseId, appointmentId, open }
}

describe('opening the record screen', () => {
  it('begins with what the appointment says, templates, the usual slots and the last notes', () => {
    const { open } = beforeTheMeeting()

    const form = open()

    expect(form).toMatchObject({
      appointment: { kindLabel: 'Planned office visit', countsForStandards: true },
      isDraft: false,
      initial: {
        kind: 'COAP',
        startedOn: '2026-03-02',
        startedTime: '10:00',
        durationMinutes: '30',
        outcome: null,
        note: '',
      },
      templates: [{ name: 'Office visit', kinds: ['COAP'] }],
      slots: [
        { weeks: 1, slot: { on: '2026-03-09', time: '10:00', problem: null } },
        { weeks: 2, slot: { on: '2026-03-16', time: '10:00', problem: null } },
        { weeks: 4, slot: { on: '2026-03-30', time: '10:00', problem: null } },
      ],
      booked: null,
    })
    expect(form.lastNotes).toHaveLength(1)
  })

  it('comes back with the draft and the same ids after the application was closed', () => {
    const { open, value, caseId, appointmentId } = beforeTheMeeting()
    const { ids, initial } = open()
    value('forms.keepDraft', {
      ids,
      caseId,
      appointmentId,
      mends: null,
      body: { ...initial, note: 'half a sent', caret: 11 },
    })

    const again = open()

    expect(again).toMatchObject({ ids, isDraft: true, initial: { note: 'half a sent', caret: 11 } })
  })

  it.each([
    ['of another version', (body: object) => body, 2],
    ['that cannot be read', (body: object) => ({ ...body, startedTime: 10, mood: 'low' }), 1],
  ])('shows a draft %s as text, under its own ids', (_what, changed, version) => {
    const { open, value, caseId, appointmentId, db } = beforeTheMeeting()
    const { ids, initial } = open()
    const typed = { ...initial, note: 'half a sent', outcome: 'ATTC' }
    value('forms.keepDraft', { ids, caseId, appointmentId, mends: null, body: typed })
    db.$client.prepare('UPDATE drafts SET form_version = ?, body = ?').run(version, JSON.stringify(changed(typed)))

    const again = open()

    expect(again).toMatchObject({ ids, isDraft: true, initial: { kind: 'COAP', startedTime: '10:00', outcome: null } })
    expect(again.initial.note.split('\n')).toEqual(
      expect.arrayContaining(['half a sent', 'kind: COAP', 'outcome: ATTC', 'durationMinutes: 30']) as string[],
    )
    if (version === 1) expect(again.initial.note).toContain('startedTime: 10\n')
  })

  it('forgets a draft that is discarded or saved', () => {
    const { open, value, caseId, appointmentId } = beforeTheMeeting()
    const { ids, initial } = open()
    value('forms.keepDraft', { ids, caseId, appointmentId, mends: null, body: { ...initial, note: 'x' } })
    expect(value('today.diary', { day: '2026-03-02' }).items[0]?.hasDraft).toBe(true)

    value('forms.discardDraft', { formId: ids.formId })

    expect(open().isDraft).toBe(false)
    expect(value('today.diary', { day: '2026-03-02' }).items[0]?.hasDraft).toBe(false)
  })
})

describe('undoing a save', () => {
  it('takes all of it back in one step and makes the text a draft again', () => {
    const { open, value, caseId, appointmentId, db } = beforeTheMeeting()
    const ids = formIds()
    value('contacts.record', { ids, caseId, appointmentId, appointmentBaseRev: 4, mends: null, entry: anEntry() })

    value('forms.undo', { actionId: ids.actionId })

    expect(value('today.diary', { day: '2026-03-02' }).items[0]).toMatchObject({
      appointment: { status: 'planned', state: 'confirmed' },
      outcomeLabel: null,
      hasDraft: true,
    })
    expect(open()).toMatchObject({
      isDraft: true,
      initial: { note: 'Came on time. Has the receipt for £15.', outcome: 'ATTC' },
    })
    expect(db.$client.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0)
    expect(db.$client.prepare(`SELECT count(*) FROM audit WHERE action = 'action.undone'`).pluck().get()).toBe(1)
  })

  it('is refused after 10 seconds', () => {
    const { value, call, caseId, appointmentId, machine } = beforeTheMeeting()
    const ids = formIds()
    value('contacts.record', { ids, caseId, appointmentId, appointmentBaseRev: 4, mends: null, entry: anEntry() })

    machine.clock.forward(10_000)

    expect(call('forms.undo', { actionId: ids.actionId })).toEqual({ ok: false, error: { code: 'too-late' } })
  })
})
