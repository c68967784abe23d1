/** `npm run bench`: lists the benchmarks in `bench/`, or runs one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { badFlag } from './flags.mjs'
import { root, runOnNode24 } from './node24.mjs'
import { setUp, setUpPeers } from './setup.mjs'
import { table } from './summary.mjs'

const usage = `Usage: npm run bench                  list the benchmarks
       npm run bench -- NAME [flags]  run one
       npm run bench -- NAME --quick  only try it: a small store, few rounds, no goal is judged

A benchmark that compares with other products says so with "export const needsPeers = true", one that
draws a window with "export const needsChromium = true"; the packages of bench/package.json and
Chromium are installed the first time.`

/**
 * The benchmarks of a folder, by name.
 *
 * @returns {{ name: string, file: string, about: string, needsPeers: boolean, needsChromium: boolean }[]} `about` is the
 *   first line of the file's first comment
 */
export function listBenchmarks(folder) {
  const files = existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.bench.ts')) : []
  return files.sort().map(file => {
    const text = readFileSync(join(folder, file), 'utf8')
    const says = name => new RegExp(`^export const ${name} = true$`, 'm').test(text)
    return {
      name: file.replace('.bench.ts', ''),
      file: join(folder, file),
      about: /^(?:\/\*\*?|\/\/|\s\*)[ \t]+(\S.*?)(?:\s*\*\/)?$/m.exec(text)?.[1] ?? '(says nothing about itself)',
      needsPeers: says('needsPeers'),
      needsChromium: says('needsChromium'),
    }
  })
}

/** @returns {Promise<number>} the exit code */
async function main(args) {
  const [name, ...flags] = args
  const benchmarks = listBenchmarks(join(root, 'bench'))
  if (name === '--help') console.log(usage)
  else if (name === undefined) {
    console.log(table(benchmarks.map(({ name, about }) => [name, about])) || 'There are no benchmarks yet.')
  } else {
    if (name.startsWith('-')) badFlag(`Unknown option '${name}'`)
    const benchmark = benchmarks.find(one => one.name === name)
    if (!benchmark)
      return badFlag(`No benchmark "${name}": there are ${benchmarks.map(one => one.name).join(', ') || 'none'}`)
    await setUp({ needsChromium: benchmark.needsChromium })
    if (benchmark.needsPeers) await setUpPeers()
    return (await runOnNode24([benchmark.file, ...flags])).code
  }
  return 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2))
