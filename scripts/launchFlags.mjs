import { OptionError, readOptions } from '../electron/platform/options.ts'
import { badFlag } from './flags.mjs'

const PORT_MAX = 65_535

/**
 * Reads the flags of `npm start` as the application will; one that it could not read is named before anything starts, and
 * the process ends with 2.
 *
 * @param {Record<string, string | boolean | undefined>} flags
 */
export function checkFlags(flags) {
  const given = Object.entries(flags).map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`))
  try {
    checkPort(Number(flags.port ?? 0))
    if (flags['no-demo'] === true && (flags.central === undefined || flags.central === 'none'))
      throw new OptionError('--no-demo: give --central URL as well, or nobody could sign in')
    return readOptions(given, process.env)
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    return badFlag(error.message)
  }
}

/** @param {number} port */
function checkPort(port) {
  if (!Number.isInteger(port) || port < 0 || port > PORT_MAX)
    throw new OptionError(`--port: give a number from 0 to ${PORT_MAX}`)
}
