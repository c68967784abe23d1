import { diskProblemOf } from '../../db/diskProblem.ts'
import type { DiskProblem } from '../../shared/result.ts'
import { EnrolmentError } from './enrolment.ts'
import { OptionError } from './options.ts'

const WHY: Readonly<Record<DiskProblem, string>> = {
  'disk-full': 'the disk is full. Make room',
  'read-only': 'it cannot be written. Let this user write to it',
  locked: 'another program holds a file in it. Close that program',
  io: 'the disk did not answer. Try again',
  corrupt: 'a file in it is damaged. Ask the service desk before anything is deleted',
}

/** Why Holdfast cannot start, with what to do; undefined for a fault of ours. */
export function startProblem(error: unknown, folder: string): string | undefined {
  if (error instanceof OptionError || error instanceof EnrolmentError) return error.message
  const cause = diskProblemOf(error)
  return (
    cause && `Holdfast cannot use its data in ${folder}: ${WHY[cause]}, or choose another folder with --user-data-dir.`
  )
}
