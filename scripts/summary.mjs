/** What a run of the tests comes to: counts by suite, the hosts covered, and the exit code. */

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {Counts & { name: string, seconds: number, code: number }} Suite `code` is the exit code of its command
 */

/**
 * Counts the JSON report of Vitest. A file that could not be loaded has no tests and counts as one failure.
 *
 * @returns {Counts}
 */
export function countVitest(report) {
  const unloaded = report.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * Counts the JSON report of Playwright. A test that passed at its second try has failed; so has a run that could not begin.
 *
 * @param {{ stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>, errors: unknown[] }} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

/**
 * The end of a run: the table and the exit code, 1 where anything failed, was skipped, or did not run at all.
 *
 * @param {readonly Suite[]} suites
 * @returns {{ text: string, code: 0 | 1 }}
 */
export function summarise(suites) {
  const lines = suites.map(suite => [
    suite.name,
    ...[suite.passed, suite.failed, suite.skipped].map(String),
    `${suite.seconds.toFixed(1)} s`,
    whatIsWrong(suite),
  ])
  const isGood = suites.every(suite => whatIsWrong(suite) === '')
  return { text: table([['', 'passed', 'failed', 'skipped', 'time', ''], ...lines]), code: isGood ? 0 : 1 }
}

function whatIsWrong({ passed, failed, skipped, code }) {
  if (failed > 0) return 'FAILED'
  if (skipped > 0) return 'FAILED: no test may be skipped'
  if (passed === 0) return 'FAILED: no test ran'
  return code === 0 ? '' : `FAILED with exit code ${code}`
}

/**
 * How many tests passed in each project of a report of Playwright's.
 *
 * @returns {Map<string, number>}
 */
export function countPassedByProject(report) {
  const passed = new Map()
  const visit = suite => {
    for (const { tests } of suite.specs ?? []) {
      for (const { projectName, status } of tests) {
        if (status === 'expected') passed.set(projectName, (passed.get(projectName) ?? 0) + 1)
      }
    }
    suite.suites?.forEach(visit)
  }
  report.suites.forEach(visit)
  return passed
}

/**
 * One line on the hosts of the end-to-end tests. One is covered only where tests passed on it.
 *
 * @param {readonly { name: string, canRun: boolean, why: string }[]} hosts
 * @param {ReadonlyMap<string, number>} passed
 */
export function describeHosts(hosts, passed) {
  const lines = hosts.map(({ name, canRun, why }) => {
    const count = passed.get(name) ?? 0
    return `${name}: ${count > 0 ? `covered (${count} passed)` : `not covered here, ${canRun ? 'none of its tests passed' : why}`}`
  })
  return `Hosts: ${lines.join('; ')}.`
}

/** Columns under each other, numbers to the right. */
export function table(rows) {
  if (rows.length === 0) return ''
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)))
  const pad = (cell, column) => (/^\d/.test(cell) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))
  return rows.map(row => row.map(pad).join('  ').trimEnd()).join('\n')
}
