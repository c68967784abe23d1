import { spawn } from 'node:child_process'
import { onTestFinished, expect, it } from 'vitest'
import { run } from '../../scripts/node24.mjs'
import { walls } from '../../scripts/walls.mjs'
import { watchProcess } from '../e2e/support/processes.ts'
import { makePrivateFolder, removeDataFolder } from '../support/centre/programs.ts'

const npm = (...args: readonly string[]) => run('npm', args, { keepOutput: true })

it('npm run check -- --spoil breaks every wall, and every breach is caught', async () => {
  const { code, output } = await npm('run', 'check', '--', '--spoil')

  expect(output).toContain(`${walls.length} of ${walls.length} breaches were caught.`)
  expect(code).toBe(0)
}, 900_000)

it('npm run central makes a demo office, enrols, and serves on every address of the machine until Ctrl-C', async () => {
  const folder = makePrivateFolder()
  onTestFinished(() => {
    removeDataFolder(folder)
  })
  const here = ['--data-folder', folder]

  const made = await npm('run', 'central', '--', 'demo', '--people', '2', ...here)
  const enrolled = await npm('run', 'central', '--', 'enrol', '--user', 'dev.larkhill', ...here)
  const args = ['run', 'central', '--', '--port', '0', '--host', '0.0.0.0', '--demo', ...here]
  const child = spawn('npm', args, { detached: true, stdio: 'pipe' }) // a process group, as a terminal makes one
  const serving = watchProcess(child, `npm ${args.join(' ')}`)
  const port = await serving.line(/ready at http:\/\/127\.0\.0\.1:(\d+)/)
  const health = await fetch(`http://127.0.0.2:${port}/health`)
  process.kill(-(child.pid ?? 0), 'SIGINT')
  await serving.ended

  expect(made.output).toMatch(/^Northfold: 2 people with \d+ records/m)
  expect(enrolled.output).toMatch(/^[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/m)
  expect(await health.json()).toEqual({ healthy: true })
}, 120_000)
