/** Where a shortcut works: everywhere, on one screen, while one question of it is open, or in a dialog. */
export type Scope =
  | 'everywhere'
  | 'today'
  | 'caseload'
  | 'case'
  | 'record'
  | 'record sent home'
  | 'record reasons'
  | 'record rescheduled'
  | 'record walk-in'
  | 'sync'
  | 'settle'
  | 'find'

export interface Shortcut {
  /** Modifiers in the order Ctrl, Alt, Shift, then the key as `KeyboardEvent.key` or, for digits, the digit. */
  readonly keys: string
  readonly label: string
  readonly scope: Scope
}

/**
 * Every keyboard shortcut, in one list: the listeners, the help sheet, the menus, the key caps and Find all read it.
 * A single character acts only while a list, grid or choice group of its screen has focus.
 */
export const shortcuts = {
  'app.find': { keys: 'Ctrl+K', label: 'Find a person, a note or a command', scope: 'everywhere' },
  'app.help': { keys: 'F1', label: 'Keys on this screen, and settings', scope: 'everywhere' },
  'app.helpKey': { keys: '?', label: 'The same, where you are not typing', scope: 'everywhere' },
  'app.today': { keys: 'Ctrl+1', label: 'Today', scope: 'everywhere' },
  'app.caseload': { keys: 'Ctrl+2', label: 'Caseload', scope: 'everywhere' },
  'app.sync': { keys: 'Ctrl+5', label: 'Sync', scope: 'everywhere' },
  'app.nextArea': { keys: 'F6', label: 'Next area of the screen', scope: 'everywhere' },
  'app.previousArea': { keys: 'Shift+F6', label: 'Previous area', scope: 'everywhere' },
  'app.back': { keys: 'Alt+ArrowLeft', label: 'Back', scope: 'everywhere' },
  'app.close': {
    keys: 'Escape',
    label: 'Close the top layer; else leave the field; else back. Never discards',
    scope: 'everywhere',
  },
  'app.save': { keys: 'Ctrl+Enter', label: 'The main action of the screen, as its button says', scope: 'everywhere' },
  'app.saveDraft': { keys: 'Ctrl+S', label: 'Say that the draft is kept (it already is)', scope: 'everywhere' },
  'app.undo': {
    keys: 'Ctrl+Z',
    label: 'Undo the last save, for 10 seconds, where you are not typing',
    scope: 'everywhere',
  },
  'app.syncNow': { keys: 'F9', label: 'Sync now', scope: 'everywhere' },
  'app.rowMenu': { keys: 'Shift+F10', label: 'Everything that can be done with this row', scope: 'everywhere' },
  'app.flags': { keys: 'Alt+R', label: 'Risk and flags of the person shown, with notes', scope: 'everywhere' },
  'app.how': { keys: 'Alt+H', label: 'How this figure was worked out', scope: 'everywhere' },
  'app.nextProblem': { keys: 'F8', label: 'Next field that needs you', scope: 'everywhere' },

  'today.main': {
    keys: 'Enter',
    label: 'Record the chosen appointment (open it, if it is still to come)',
    scope: 'today',
  },
  'today.prepare': { keys: 'Space', label: 'Prepare: last note, what to ask, standing', scope: 'today' },
  'today.open': { keys: 'O', label: 'Open the case', scope: 'today' },
  'today.missed': { keys: 'M', label: 'Record as missed: opens at “Acceptable?”', scope: 'today' },
  'today.move': { keys: 'V', label: 'Move or cancel: who asked, why, new time', scope: 'today' },
  'today.walkIn': { keys: 'W', label: 'Walk-in, call or other contact, now', scope: 'today' },
  'today.owed': { keys: 'E', label: 'Go to what is owed', scope: 'today' },
  'today.previousDay': { keys: 'ArrowLeft', label: 'Day before', scope: 'today' },
  'today.nextDay': { keys: 'ArrowRight', label: 'Day after', scope: 'today' },

  'caseload.open': { keys: 'Enter', label: 'Open the case', scope: 'caseload' },
  'caseload.record': { keys: 'R', label: 'Record a contact for this person', scope: 'caseload' },
  'caseload.filter': { keys: '/', label: 'Filter by words', scope: 'caseload' },
  'caseload.sort': { keys: 'S', label: 'Sort by the next column', scope: 'caseload' },

  'case.openRow': { keys: 'Enter', label: 'Open or fold the chosen note or entry', scope: 'case' },
  'case.record': { keys: 'R', label: 'Record a contact', scope: 'case' },
  'case.newAppointment': { keys: 'N', label: 'New appointment', scope: 'case' },
  'case.move': { keys: 'V', label: 'Move or cancel the chosen appointment', scope: 'case' },
  'case.note1': { keys: '1', label: 'Open or fold the last note', scope: 'case' },
  'case.note2': { keys: '2', label: 'Open or fold the note before', scope: 'case' },
  'case.note3': { keys: '3', label: 'Open or fold the third note', scope: 'case' },
  'case.words': { keys: '/', label: 'Search this case (Ctrl+F does the same)', scope: 'case' },
  'case.wordsCtrl': { keys: 'Ctrl+F', label: 'Search this case', scope: 'case' },
  'case.kind': { keys: 'K', label: 'Filter by kind', scope: 'case' },
  'case.compliance': { keys: 'C', label: 'Filter by compliance', scope: 'case' },
  'case.system': { keys: 'H', label: 'Show or hide system entries', scope: 'case' },
  'case.documents': { keys: 'D', label: 'Documents, and back to the record', scope: 'case' },
  'case.details': { keys: 'I', label: 'Details, and back to the record', scope: 'case' },
  'case.amend': { keys: 'M', label: 'Amend the chosen entry, with a reason', scope: 'case' },
  'case.settle': { keys: 'Alt+V', label: 'Settle a field that has two versions', scope: 'case' },
  'case.edit': { keys: 'F2', label: 'Edit the chosen field', scope: 'case' },

  'record.outcome': { keys: 'Alt+O', label: 'Go to the outcome', scope: 'record' },
  'record.attended': { keys: 'A', label: 'Attended and complied', scope: 'record' },
  'record.didNotComply': { keys: 'D', label: 'Attended, did not comply', scope: 'record' },
  'record.sentHome': { keys: 'H', label: 'Sent home, then S service or V behaviour', scope: 'record' },
  'record.missed': { keys: 'M', label: 'Missed, then acceptable?', scope: 'record' },
  'record.rescheduled': { keys: 'R', label: 'Rescheduled, then S service or P person', scope: 'record' },
  'record.unacceptable': { keys: 'U', label: 'Missed: not acceptable', scope: 'record' },
  'record.wait': { keys: 'W', label: 'Missed: wait for evidence', scope: 'record' },
  'record.acceptable': { keys: 'Y', label: 'Missed: acceptable, opens the reasons', scope: 'record' },
  'record.reasons': { keys: 'K', label: 'Reasons again', scope: 'record' },
  'record.next': { keys: 'Alt+N', label: 'Go to the next appointment', scope: 'record' },
  'record.in1': { keys: '1', label: 'Same day and time in 1 week', scope: 'record' },
  'record.in2': { keys: '2', label: 'Same day and time in 2 weeks', scope: 'record' },
  'record.in4': { keys: '4', label: 'Same day and time in 4 weeks', scope: 'record' },
  'record.typeTime': { keys: 'T', label: 'Type a day and time', scope: 'record' },
  'record.noNext': { keys: 'N', label: 'None now', scope: 'record' },
  'record.note': { keys: 'F2', label: 'Go to the note', scope: 'record' },
  'record.template': { keys: 'Alt+T', label: 'Change the template', scope: 'record' },
  'record.duration': { keys: 'Alt+U', label: 'Times and length', scope: 'record' },
  'record.sensitive': { keys: 'Alt+S', label: 'Sensitive, yes or no', scope: 'record' },
  'record.kind': { keys: 'Alt+K', label: 'Kind of contact and place', scope: 'record' },
  'record.attach': {
    keys: 'Alt+I',
    label: 'Attach a file (Ctrl+V in the note attaches a copied file)',
    scope: 'record',
  },
  'record.lastNotes': { keys: 'Alt+B', label: 'Last three notes', scope: 'record' },
  'record.saveNext': { keys: 'Ctrl+Shift+Enter', label: 'Save, and go to the next outcome to log', scope: 'record' },
  'record.byService': { keys: 'S', label: 'Sent home for a reason of the service', scope: 'record sent home' },
  'record.byBehaviour': { keys: 'V', label: 'Sent home for behaviour', scope: 'record sent home' },
  'record.reasonMedical': { keys: 'M', label: 'Medical', scope: 'record reasons' },
  'record.reasonWork': { keys: 'W', label: 'Work', scope: 'record reasons' },
  'record.reasonFamily': { keys: 'F', label: 'Family or childcare', scope: 'record reasons' },
  'record.reasonCourt': { keys: 'L', label: 'Court or legal', scope: 'record reasons' },
  'record.reasonCustody': { keys: 'C', label: 'In custody', scope: 'record reasons' },
  'record.reasonReligious': { keys: 'R', label: 'Religious', scope: 'record reasons' },
  'record.reasonHoliday': { keys: 'H', label: 'Holiday', scope: 'record reasons' },
  'record.reasonStoodDown': { keys: 'S', label: 'Stood down', scope: 'record reasons' },
  'record.reasonJudgement': { keys: 'J', label: 'Officer’s judgement', scope: 'record reasons' },
  'record.reasonOther': { keys: 'O', label: 'Other', scope: 'record reasons' },
  'record.movedByService': { keys: 'S', label: 'Rescheduled by the service', scope: 'record rescheduled' },
  'record.movedByPerson': { keys: 'P', label: 'Rescheduled by the person', scope: 'record rescheduled' },
  'record.kind1': { keys: '1', label: 'Office visit', scope: 'record walk-in' },
  'record.kind2': { keys: '2', label: 'Phone call from the person', scope: 'record walk-in' },
  'record.kind3': { keys: '3', label: 'Phone call to the person', scope: 'record walk-in' },
  'record.kind4': { keys: '4', label: 'Email or text from the person', scope: 'record walk-in' },
  'record.kind5': { keys: '5', label: 'Email or text to the person', scope: 'record walk-in' },
  'record.kind6': { keys: '6', label: 'Home visit', scope: 'record walk-in' },

  'sync.open': { keys: 'Enter', label: 'Open the chosen item', scope: 'sync' },
  'sync.mend': { keys: 'O', label: 'Open a refused item and mend it', scope: 'sync' },
  'sync.test': { keys: 'D', label: 'Check the connection, part by part', scope: 'sync' },
  'sync.isMetered': { keys: 'M', label: 'This line is metered, yes or no', scope: 'sync' },
  'sync.metered': { keys: 'W', label: 'Wait on metered lines, yes or no', scope: 'sync' },
  'sync.words': { keys: '/', label: 'Search your work', scope: 'sync' },
  'sync.discard': { keys: 'Shift+Delete', label: 'Discard a refused item, with a reason', scope: 'sync' },

  'settle.first': { keys: '1', label: 'Choose the first version', scope: 'settle' },
  'settle.second': { keys: '2', label: 'Choose the second version', scope: 'settle' },
  'settle.combine': { keys: '3', label: 'Combine them in your own words', scope: 'settle' },
  'settle.reason': { keys: 'Alt+Y', label: 'Go to the reason', scope: 'settle' },

  'find.open': { keys: 'Enter', label: 'Open', scope: 'find' },
  'find.record': { keys: 'Shift+Enter', label: 'Record for this person', scope: 'find' },
  'find.all': { keys: 'Ctrl+Enter', label: 'All results on a page', scope: 'find' },
  'find.commands': { keys: '>', label: 'Commands only (first character)', scope: 'find' },
  'find.notes': { keys: '#', label: 'Notes only (first character)', scope: 'find' },
} as const satisfies Readonly<Record<string, Shortcut>>

export type ShortcutId = keyof typeof shortcuts

/** Dialogs shut out the scopes under them, so they may use keys that mean something elsewhere. */
export const DIALOG_SCOPES: ReadonlySet<Scope> = new Set(['find', 'settle'])

/** A question that is open takes over the letters of the screen it belongs to. */
export const TAKES_OVER: Readonly<Partial<Record<Scope, Scope>>> = {
  'record sent home': 'record',
  'record reasons': 'record',
  'record rescheduled': 'record',
  'record walk-in': 'record',
}

export const scopeText: Readonly<Record<Scope, string>> = {
  everywhere: 'Everywhere',
  today: 'Today',
  caseload: 'Caseload',
  case: 'Case',
  record: 'Record a contact',
  'record sent home': 'Record: sent home by whom',
  'record reasons': 'Record: reasons',
  'record rescheduled': 'Record: rescheduled by whom',
  'record walk-in': 'Record: kind of a walk-in or call',
  sync: 'Sync',
  settle: 'Settle two versions',
  find: 'Find',
}
