import * as z from 'zod'
import { changingRecord, free } from '../../sync/record.ts'
import { filledLine, line, prose } from '../../text.ts'

/** A beginning for a note. Lives in `ref:templates` (for all) or `me:<user>` (one's own). */
export const templateRecord = changingRecord({
  name: free(filledLine(80)),
  /** Contact type codes it suits, separated by spaces; empty for all. */
  kinds: free(line(400)),
  /** Whether it suits an attendance, an absence, or any. */
  suits: free(z.enum(['attended', 'absent', 'any'])),
  body: free(prose(4_000)),
  /** Its place in the list, 0 first. */
  position: free(z.int().min(0).max(999)),
})
export type Template = z.infer<typeof templateRecord.schema>
