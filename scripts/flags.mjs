/** The one way our scripts read flags: `--help` prints and ends with 0, a bad flag is named and ends with 2. */
import * as util from 'node:util'

/**
 * @template {import('node:util').ParseArgsOptionsConfig} Options
 * @param {string} usage shown for `--help`
 * @param {Options} options
 * @param {{ words?: boolean, args?: string[] }} [settings] `words`: arguments that are no flags are welcome
 */
export function readFlags(usage, options, { words = false, args = process.argv.slice(2) } = {}) {
  try {
    if (!args.includes('--help')) {
      const { values, positionals } = util.parseArgs({ args, options, allowPositionals: words })
      return { flags: values, words: positionals }
    }
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
