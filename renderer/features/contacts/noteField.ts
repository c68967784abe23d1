import { NOTE_LENGTH_WARNING } from '../../../shared/features/contacts/contact.ts'
import { takeFocus } from '../../app/areas.ts'
import { plainText } from '../../app/plainText.ts'
import { createStore, type Store } from '../../app/store.ts'

/**
 * The note's own field, outside React: the text lives in the textarea and nowhere else, so that a key press does no work
 * beyond the browser's.
 */
export interface NoteField {
  /** Takes the textarea when it is there. Keeps it when it goes, for the last draft. */
  readonly attach: (textarea: HTMLTextAreaElement | null) => void
  /** As it can be kept: without the signs that nobody sees. */
  readonly text: () => string
  readonly caret: () => number
  readonly focus: (place?: number) => void
  /** Replaces the whole text in one step, which Ctrl+Z undoes, and selects what lies between the two places. */
  readonly replace: (text: string, selected: { readonly from: number; readonly to: number }) => void
  /** Length of the text from where it is counted; null below. */
  readonly length: Store<number | null>
  /** Looks at the length again, after typing. */
  readonly measure: () => void
}

export function createNoteField(initial: string): NoteField {
  const length = createStore<number | null>(countedLength(initial.length))
  let field: HTMLTextAreaElement | null = null

  function measure() {
    const counted = countedLength(field?.textLength ?? 0)
    if (counted !== length.get()) length.set(counted)
  }

  return {
    attach(textarea) {
      if (textarea) field = textarea
    },
    text: () => plainText(field?.value ?? initial),
    caret: () => field?.selectionStart ?? 0,
    focus(place) {
      if (takeFocus(field) && place !== undefined) field?.setSelectionRange(place, place)
    },
    replace(text, { from, to }) {
      if (!field) return
      field.focus()
      field.setSelectionRange(0, field.value.length)
      // The only way to change a field's text that Ctrl+Z can take back; no other is planned by the browsers.
      if (!document.execCommand('insertText', false, text)) field.value = text
      field.setSelectionRange(from, to)
      measure()
    },
    length,
    measure,
  }
}

const countedLength = (length: number): number | null => (length >= NOTE_LENGTH_WARNING ? length : null)
