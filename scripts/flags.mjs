/** The one way our scripts read flags: `--help` prints and ends with 0, a bad flag is named and ends with 2. */
import * as util from 'node:util'

/**
 * @template {import('node:util').ParseArgsOptionsConfig} Options
 * @param {string} usage shown for `--help`
 * @param {Options} options
 */
export function readFlags(usage, options) {
  const args = process.argv.slice(2)
  try {
    if (!args.includes('--help')) return { flags: util.parseArgs({ args, options }).values }
  } catch (error) {
    badFlag(firstSentence(/** @type {Error} */ (error).message))
  }
  console.log(usage.trim())
  process.exit(0)
}

/**
 * Ends with 2, as every program here does when it is called wrongly.
 *
 * @returns {never}
 */
export function badFlag(sentence) {
  console.error(`${sentence.replace(/\.$/, '')}. See --help.`)
  process.exit(2)
}

const firstSentence = text => text.split('. ')[0] ?? text
