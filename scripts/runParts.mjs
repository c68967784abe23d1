/** Runs parts, two at a time where asked, one line each; what a failing one printed is shown, the rest is not. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exitCodeOf, plainEnvironment, root, runOnNode24 } from './node24.mjs'
import { reportFile } from './parts.mjs'
import { countPlaywright, countVitest } from './summary.mjs'

/**
 * @param {readonly import('./parts.mjs').Part[]} parts
 * @param {{ atOnce: number, fix?: boolean }} options
 * @returns {Promise<import('./summary.mjs').Suite[]>} in the order of `parts`; a failed part stops no other
 */
export async function runParts(parts, { atOnce, fix = false }) {
  /** @type {import('./summary.mjs').Suite[]} */
  const suites = []
  const waiting = [...parts.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, part] = next
      suites[index] = await runPart(part, fix)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return suites
}

async function runPart(part, fix) {
  const startedAt = Date.now()
  const report = join(root, reportFile(part.name))
  rmSync(report, { force: true })
  mkdirSync(dirname(report), { recursive: true })
  const forWindow = part.reporter === 'playwright' ? { PLAYWRIGHT_JSON_OUTPUT_FILE: report } : {}
  const env = { ...plainEnvironment(), ...forWindow }
  const command = (fix && part.fix) || part.command
  const { code, output, stoppedBy } = await runOnNode24(command, { keepOutput: true, env })
  if (stoppedBy !== undefined) process.exit(exitCodeOf(stoppedBy))
  const counts = countPart(part, report, code)
  const suite = { name: part.name, ...counts, seconds: (Date.now() - startedAt) / 1000, code }
  const isGood = code === 0 && counts.failed === 0 && counts.skipped === 0
  console.log(`${isGood ? 'ok    ' : 'FAILED'} ${part.name}, ${suite.seconds.toFixed(1)} s`)
  if (!isGood) console.log(output.trim().replaceAll(/^/gm, '       '))
  return suite
}

/** A part without a test report counts as one test; a test runner that left no report has failed. */
function countPart({ reporter }, report, code) {
  if (reporter === undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const json = JSON.parse(readFileSync(report, 'utf8'))
  return reporter === 'vitest' ? countVitest(json) : countPlaywright(json)
}
