/** A line of the stack that names a place in the code. */
const PLACE = /^ {4}at .+:\d+:\d+\)?$/
/** The folder of a file, which may have a person's name. */
const FOLDER = /(\(|^at )[^()]*[\\/]/

/**
 * Where a fault was thrown, the innermost place first. Its message may hold what somebody typed, line breaks and all (JSON.parse
 * quotes what it cannot read), so no line of it is among these.
 */
export function placesOf({ message, stack = '' }: Error): readonly string[] {
  const lines = stack.replace(message, '').split('\n')
  return lines.filter(line => PLACE.test(line)).map(line => line.trim().replace(FOLDER, '$1'))
}
