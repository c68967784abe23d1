/**
 * Loaded first by each thread of the application: notes how late its timers come between the moments at which the files
 * `begin` and `end` appear in the folder LOOP_FOLDER, and how long its transactions take, and then writes both there, as
 * `main.json` or `engine.json`.
 */
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { onStatement } from '../../tests/simulator/statements.ts'

const LOOK_MS = 5
const folder = process.env.LOOP_FOLDER ?? ''
const name = isMainThread ? 'main' : 'engine'
const late: number[] = []
const transactions: number[] = []
let begun: number | undefined
let isOn = false
let due = performance.now() + LOOK_MS
let looks = 0

function look(): void {
  if (isOn) late.push(Math.max(0, performance.now() - due))
  looks++
  if (looks % 20 === 0 && !isOn && existsSync(join(folder, 'begin'))) isOn = true
  if (looks % 20 === 0 && isOn && existsSync(join(folder, 'end'))) return write()
  due = performance.now() + LOOK_MS
  setTimeout(look, LOOK_MS).unref()
}

function write(): void {
  const file = join(folder, `${name}.json`)
  writeFileSync(`${file}.part`, JSON.stringify({ late, transactions }))
  renameSync(`${file}.part`, file)
}

// Each is told before it runs, so a transaction ends with the first statement after its COMMIT; nothing else comes between.
onStatement((_connection, sql) => {
  if (sql.startsWith('BEGIN')) begun = performance.now()
  if (!sql.startsWith('COMMIT') || begun === undefined) return
  const from = begun
  begun = undefined
  if (isOn) queueMicrotask(() => transactions.push(performance.now() - from))
})

setTimeout(look, LOOK_MS).unref()
