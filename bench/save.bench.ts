/** B1: a durable, encrypted save with outbox, audit and search index, against the disk's own floor and a peer. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { londonDate } from '../shared/time.ts'
import { aNewContact } from './support/aNewContact.ts'
import { openBenchEngine } from './support/engine.ts'
import { makeStore, storeFile } from './support/bigStore.ts'
import { durableWriteFloor, judge, printTimes, summarise, time, type Times } from './support/measure.ts'
import { openPeer } from './support/peerStore.ts'
import { times } from './support/quick.ts'

export const needsPeers = true

const ROUNDS = times(5)
const SAVES_A_ROUND = times(300, 20)
const HISTORY_PEOPLE = times(2_000, 20)
const HISTORY_OF_PEER = times(100_000, 1_000)
const NOTE = `Arrived on time, settled. ${'Talked about the tenancy, the rent account and the course. '.repeat(7)}`
const today = londonDate(Date.now())

/** Saves one contact of a case, as the record screen does; returns the milliseconds. */
function saver(folder: string): { readonly save: () => number; readonly end: () => Promise<void> } {
  const { engine, value } = openBenchEngine(folder)
  const { rows } = value('caseload.list', { words: '', sort: 'name', limit: 200, offset: 0 })
  let turn = 0
  return {
    save() {
      turn++
      const caseId = rows[turn % rows.length]?.person.caseId ?? ''
      const contact = aNewContact(caseId, `${NOTE} ${turn}`)
      return time(() => {
        value('contacts.record', contact)
      })
    },
    end: () => engine.stop(),
  }
}

/** A copy that may be written to. */
function copyOf(people: number, contactsPerPerson: number, into: string): string {
  const { folder } = makeStore({ people, contactsPerPerson, seed: 1, today })
  const copy = join(into, `store-${people}`)
  mkdirSync(copy)
  cpSync(storeFile(folder), storeFile(copy))
  return copy
}

/** The engine's idle work runs between the rounds, as it does between an officer's saves. */
const idle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 700))

const work = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
const floor = durableWriteFloor(work)
const peer = await openPeer(work, HISTORY_OF_PEER)
const small = saver(copyOf(times(20, 10), 50, work))
const large = saver(copyOf(HISTORY_PEOPLE, 50, work))

const taken = { floor: [] as number[], peer: [] as number[], small: [] as number[], large: [] as number[] }
for (let warmUp = 0; warmUp < 50; warmUp++) {
  floor.step()
  peer.save(NOTE)
  small.save()
  large.save()
}
for (let round = 0; round < ROUNDS; round++) {
  for (let turn = 0; turn < SAVES_A_ROUND; turn++) {
    taken.floor.push(floor.step())
    taken.peer.push(peer.save(NOTE))
    taken.small.push(small.save())
    taken.large.push(large.save())
    // An officer's saves are seconds apart: what the engine does when it is idle is done between them.
    if (turn % 20 === 19) await idle()
  }
}
await small.end()
await large.end()
floor.end()
peer.end()
rmSync(work, { recursive: true, force: true })

const results: Record<keyof typeof taken, Times> = {
  floor: summarise(taken.floor),
  peer: summarise(taken.peer),
  small: summarise(taken.small),
  large: summarise(taken.large),
}
printTimes({
  'floor: write 4 KiB and fdatasync': results.floor,
  'peer: @actual-app/crdt, same durability': results.peer,
  'save, 1,000 contacts in the store': results.small,
  'save, 100,000 contacts in the store': results.large,
})
judge([
  {
    what: 'p50 after 100,000 contacts / floor',
    value: results.large.p50 / results.floor.p50,
    limit: 4,
    is: 'at most',
    unit: 'x',
  },
  { what: 'p99 after 100,000 contacts', value: results.large.p99, limit: 20, is: 'at most', unit: ' ms' },
  { what: 'peer p50 / ours', value: results.peer.p50 / results.large.p50, limit: 1.5, is: 'at least', unit: 'x' },
  {
    what: 'growth of p50 from 1,000 to 100,000',
    value: (results.large.p50 / results.small.p50 - 1) * 100,
    limit: 10,
    is: 'at most',
    unit: ' %',
  },
])
