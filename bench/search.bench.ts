/** B3: search as you type over the notes of 300,000 contacts, against in-memory search libraries and an unencrypted index. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { londonDate } from '../shared/time.ts'
import { BIG, makeStore } from './support/bigStore.ts'
import { judge, printTimes, summarise, type Times } from './support/measure.ts'
import { times } from './support/quick.ts'
import { makeSearchFiles, warm } from './support/searchFiles.ts'
import { chooseTexts, wholeWords } from './support/searchTexts.ts'
import type { Answer, ContenderName, Question } from './support/searchMessages.ts'

export const needsPeers = true

const ROUNDS = times(5)
const TEXTS_A_ROUND = times(60, 5)
const MEBIBYTE = 2 ** 20

const names: readonly ContenderName[] = ['limit', 'holdfast', 'flexsearch', 'minisearch']
const { folder } = makeStore({ ...BIG, today: londonDate(Date.now()) })
const { notes, files } = await makeSearchFiles(folder)
const texts = chooseTexts(notes, ROUNDS * TEXTS_A_ROUND)

/** One at a time, so that no start is slowed down by another. */
async function start(name: ContenderName): Promise<ChildProcess> {
  warm(files[name])
  const child = fork(join(import.meta.dirname, 'support/searchContender.ts'), [name, files[name]], {
    execArgv: ['--max-old-space-size=8192'],
  })
  await once(child, 'message')
  return child
}

async function ask(child: ChildProcess, question: Question): Promise<Answer> {
  const reply = once(child, 'message')
  child.send(question)
  const [answer] = (await reply) as [Answer]
  return answer
}

const children = new Map<ContenderName, ChildProcess>()
for (const name of names) children.set(name, await start(name))
const milliseconds = new Map<ContenderName, number[]>(names.map(name => [name, []]))
const last = new Map<ContenderName, Answer>()
for (let round = 0; round < ROUNDS; round++) {
  const asked = texts.slice(round * TEXTS_A_ROUND, (round + 1) * TEXTS_A_ROUND)
  for (const [name, child] of children) {
    // FlexSearch finds whole words here: finding beginnings of words would cost it several times the memory.
    const answer = await ask(child, {
      texts: name === 'flexsearch' ? asked.map(wholeWords) : asked.map(one => one.typed),
    })
    milliseconds.get(name)?.push(...answer.milliseconds)
    last.set(name, answer)
  }
}
for (const child of children.values()) child.disconnect()

const timesOf = (name: ContenderName): Times => summarise(milliseconds.get(name) ?? [])
const startOf = (name: ContenderName): number => last.get(name)?.startMs ?? NaN
const memoryOf = (name: ContenderName): number => (last.get(name)?.rssBytes ?? NaN) / MEBIBYTE

console.log(`${notes.length} notes, ${texts.length} texts as they are typed, at most 20 notes each\n`)
printTimes({
  'limit: FTS5, unencrypted, newest first': timesOf('limit'),
  'Holdfast: encrypted, newest first': timesOf('holdfast'),
  'FlexSearch, whole words': timesOf('flexsearch'),
  MiniSearch: timesOf('minisearch'),
})
for (const name of names) {
  console.log(
    `${name.padEnd(12)} start to first result ${startOf(name).toFixed(1)} ms, memory ${memoryOf(name).toFixed(0)} MiB`,
  )
}
const flexOverLimit = timesOf('flexsearch').p95 / timesOf('limit').p95
console.log(
  `\nFlexSearch p95 / limit ${flexOverLimit.toFixed(2)}x: ${flexOverLimit < 5 ? 'the limit itself misses the goal below' : 'the goal below can be met'}\n`,
)
judge([
  {
    what: 'MiniSearch p95 / ours',
    value: timesOf('minisearch').p95 / timesOf('holdfast').p95,
    limit: 20,
    is: 'at least',
    unit: 'x',
  },
  {
    what: 'FlexSearch p95 / ours',
    value: timesOf('flexsearch').p95 / timesOf('holdfast').p95,
    limit: 5,
    is: 'at least',
    unit: 'x',
  },
  {
    what: 'MiniSearch start / ours',
    value: startOf('minisearch') / startOf('holdfast'),
    limit: 50,
    is: 'at least',
    unit: 'x',
  },
  {
    what: 'our memory / MiniSearch',
    value: memoryOf('holdfast') / memoryOf('minisearch'),
    limit: 0.2,
    is: 'at most',
    unit: 'x',
  },
])
