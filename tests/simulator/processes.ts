import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { addTally, emptyTally, type SeedPlan, type Tally } from './playSeeds.ts'

const SIMULATE = join(import.meta.dirname, 'simulate.ts')

/** Runs the simulator in a process of its own. */
export function runSimulator(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, [SIMULATE, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      resolve({ code: code ?? 1, output })
    })
  })
}

/** Plays the seeds in several processes, each its share. */
export async function playInProcesses(plan: SeedPlan, processes: number): Promise<Tally> {
  const parts = Array.from({ length: processes }, async (_, place) => {
    const seeds = plan.seeds === undefined ? undefined : Math.ceil((plan.seeds - place) / processes)
    if (seeds !== undefined && seeds < 1) return emptyTally()
    const { code, output } = await runSimulator(flagsOf({ ...plan, seeds, first: plan.first + place, step: processes }))
    const lines = output.trimEnd().split('\n')
    const last = lines.pop() ?? ''
    if (!last.startsWith('{')) throw new Error(`A process of the simulator ended with ${code}:\n${output}`)
    for (const line of lines) console.log(line)
    return JSON.parse(last) as Tally // printed by `--tally`
  })
  return (await Promise.all(parts)).reduce(addTally)
}

function flagsOf(plan: SeedPlan): readonly string[] {
  const { first, step, seeds, budgetMs, devices, days, store, faults, bug } = plan
  const named = {
    ...{ seed: first, step, seeds, devices, days, store, plant: bug },
    budget: budgetMs === undefined ? undefined : `${Math.ceil(budgetMs / 1_000)}s`,
    faults: faults && (faults.join(',') || 'none'),
  }
  const given = Object.entries(named).filter(([, value]) => value !== undefined && value !== null)
  return ['--tally', ...given.flatMap(([flag, value]) => [`--${flag}`, String(value)])]
}
