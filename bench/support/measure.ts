import { closeSync, fdatasyncSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { isQuick } from './quick.ts'

/** Times of one kind of step, in milliseconds. */
export interface Times {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export function summarise(milliseconds: readonly number[]): Times {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? NaN }
}

/** How long `work` takes, in milliseconds. */
export function time(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

const PAGE_BYTES = 4096
const FLOOR_PAGES = 1024

/**
 * The least that any durable save must do: write 4 KiB and wait until the disk has them. The file has its size already, as
 * the store's log has, so the disk need not note a new one.
 */
export function durableWriteFloor(folder: string): { readonly step: () => number; readonly end: () => void } {
  const path = join(folder, 'floor.bin')
  const file = openSync(path, 'w')
  writeSync(file, Buffer.alloc(FLOOR_PAGES * PAGE_BYTES, 1))
  fsyncSync(file)
  const page = Buffer.alloc(PAGE_BYTES, 2)
  let turn = 0
  return {
    step: () =>
      time(() => {
        writeSync(file, page, 0, PAGE_BYTES, (turn++ % FLOOR_PAGES) * PAGE_BYTES)
        fdatasyncSync(file)
      }),
    end() {
      closeSync(file)
      rmSync(path)
    },
  }
}

const shown = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 10 ? 3 : 1).padStart(9)

export function printTimes(rows: Readonly<Record<string, Times>>): void {
  const width = Math.max(...Object.keys(rows).map(name => name.length))
  console.log(`${''.padEnd(width)} ${['p50 ms', 'p95 ms', 'p99 ms', 'max ms'].map(head => head.padStart(9)).join(' ')}`)
  for (const [name, { p50, p95, p99, max }] of Object.entries(rows)) {
    console.log(`${name.padEnd(width)} ${[p50, p95, p99, max].map(shown).join(' ')}`)
  }
}

/** What a benchmark must reach. */
export interface Goal {
  readonly what: string
  readonly value: number
  readonly limit: number
  readonly is: 'at most' | 'at least'
  readonly unit?: string
}

/** Prints each goal with what came out, and ends with 1 when one was missed. */
export function judge(goals: readonly Goal[]): void {
  if (isQuick) {
    console.log('\nA quick run: the figures mean nothing, and no goal is judged.')
    return
  }
  console.log('')
  for (const goal of goals) {
    const isMet = goal.is === 'at most' ? goal.value <= goal.limit : goal.value >= goal.limit
    if (!isMet) process.exitCode = 1
    const { what, value, limit, unit = '' } = goal
    console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}: ${value.toFixed(2)}${unit}, goal ${goal.is} ${limit}${unit}`)
  }
}
