import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { startProcess } from './support/processes.ts'

test('npm run central serves until it is stopped', async ({ folder }) => {
  const running = startProcess('npm', ['run', 'central', '--', '--port', '0', '--data-folder', folder])
  const url = await running.line(/^Holdfast central ready at (\S+) - data in /)
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ healthy: true })
})

test('the pictures of the pages are taken from the running application', async ({ folder }) => {
  const taking = startProcess('node', ['scripts/pictures.mjs', '--only', 'sync', '--folder', folder])

  expect(await taking.ended).toBe(0)
  expect(readdirSync(folder)).toEqual(['sync.png'])
})

const benchmarks = readdirSync(join(import.meta.dirname, '../../bench'))
  .filter(file => file.endsWith('.bench.ts'))
  .map(file => file.replace('.bench.ts', ''))

for (const name of benchmarks) {
  test(`npm run bench -- ${name} works`, async () => {
    const running = startProcess('npm', ['run', 'bench', '--', name, '--quick'])

    expect(await running.ended, running.output()).toBe(0)
  })
}
