import type { DiskProblem } from '../shared/result.ts'

const PROBLEMS: readonly (readonly [RegExp, DiskProblem])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'disk-full'],
  [/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|EROFS|EACCES|EPERM)/, 'read-only'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|EBUSY)/, 'locked'],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB)/, 'corrupt'],
  [/^(SQLITE_IOERR|EIO)/, 'io'],
]

/** What the disk or the file system refused, or undefined when the error is a fault of ours. */
export function diskProblemOf(error: unknown): DiskProblem | undefined {
  // Drizzle wraps what the driver threw.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return PROBLEMS.find(([pattern]) => pattern.test(code))?.[1]
}
