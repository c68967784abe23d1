import type { Answer } from '../../../shared/ipc/contract.ts'
import type { RecordState } from './recordState.ts'
import type { FocusFlow } from './useFocusFlow.ts'
import type { RecordModel } from './useRecord.ts'
import type { Saving } from './useSaving.ts'

/** What the parts of the record screen share. */
export interface RecordParts {
  readonly record: RecordModel
  readonly saving: Saving
  readonly focus: FocusFlow
  readonly opened: Answer<'forms.openContact'>
  /** Answers a question and leads on to the next. */
  readonly answer: (change: Partial<RecordState>, field: string) => void
}
