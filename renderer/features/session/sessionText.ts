import type { StoreProblem } from '../../../shared/features/session/sessionContract.ts'
import { diskText } from '../../app/errorText.ts'

interface ClosedText {
  readonly title: string
  /** What happened, then what is safe, then whom to ask. */
  readonly lines: readonly string[]
}

const NOTHING_DELETED = 'Nothing was deleted. What you saved is still in the file on this PC.'

/** What a page says that stands in place of the window because the store did not open. */
export function closedText(problem: StoreProblem): ClosedText {
  switch (problem.kind) {
    case 'newer':
      return {
        title: 'This Holdfast is older than its record',
        lines: [
          `The record on this PC was last opened by a newer Holdfast. It has version ${problem.found}; this Holdfast knows version ${problem.known}.`,
          NOTHING_DELETED,
          'Ask the service desk to install the newer Holdfast on this PC, then start it again.',
        ],
      }
    case 'key-missing':
      return {
        title: 'The key to the record is missing',
        lines: [
          `The record on this PC is locked with a key that should be in ${problem.path}. It is not there.`,
          NOTHING_DELETED,
          'Ring the service desk before anybody deletes or reinstalls anything.',
        ],
      }
    case 'key-unreadable':
      return {
        title: 'The key to the record cannot be read',
        lines: [
          `The key in ${problem.path} does not open the record. This can happen when Windows made a new profile for you.`,
          NOTHING_DELETED,
          'Ring the service desk before anybody deletes or reinstalls anything.',
        ],
      }
    case 'not-writable':
      return {
        title: 'Holdfast cannot write to this PC',
        lines: [
          `${diskText[problem.cause]} The folder is ${problem.path}.`,
          NOTHING_DELETED,
          'Holdfast tries again every 5 seconds and goes on by itself when it can write.',
        ],
      }
  }
}
