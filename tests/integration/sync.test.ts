import fc from 'fast-check'
import { describe, it } from 'vitest'
import { useTestServer } from '../support/centre/testServer.ts'
import { FAULTS, type Fault } from './support/line.ts'
import { checkDelivery, checkShown, checkWorkstation } from './support/checks.ts'
import { anOffice, type Office } from './support/office.ts'
import { type Work, WORK } from './support/officer.ts'

const server = useTestServer()

/** What may happen in the office, in any order. `who` and `which` choose an officer and one of their cases. */
type Step =
  | { readonly do: 'save'; readonly who: number; readonly which: number; readonly work: Work; readonly pick: number }
  | { readonly do: 'undo'; readonly who: number }
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'break'; readonly who: number; readonly faults: readonly Fault[] }
  | { readonly do: 'deliver'; readonly who: number }
  | { readonly do: 'reopen'; readonly who: number }
  | { readonly do: 'die'; readonly who: number }
  | { readonly do: 'restart' }

const who = fc.nat({ max: 2 })
const always = <Value extends string>(value: Value) => fc.constant(value)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      do: always('save'),
      who,
      which: fc.nat({ max: 2 }),
      work: fc.constantFrom(...WORK),
      pick: fc.nat({ max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: always('undo'), who }) },
  { weight: 6, arbitrary: fc.record({ do: always('pass'), seconds: fc.constantFrom(1, 5, 11, 31, 120) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: always('break'),
      who,
      faults: fc.array(fc.constantFrom(...FAULTS), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: always('deliver'), who }) },
  { weight: 1, arbitrary: fc.record({ do: always('reopen'), who }) },
  { weight: 1, arbitrary: fc.record({ do: always('die'), who }) },
  { weight: 1, arbitrary: fc.record({ do: always('restart') }) },
)

async function take(office: Office, one: Step): Promise<void> {
  if (one.do === 'pass') return office.pass(one.seconds * 1000)
  if (one.do === 'restart') return office.service.restart()
  const officer = office.officers[one.who]
  if (!officer) return
  switch (one.do) {
    case 'save': {
      const cases = office.casesOf(officer)
      officer.do(one.work, cases[one.which % cases.length] ?? '', one.pick)
      return
    }
    case 'undo':
      officer.undoLast()
      return
    case 'break':
      officer.desk.line.break(one.faults)
      return
    case 'deliver':
      return officer.desk.line.deliverStuck()
    case 'reopen':
      return officer.desk.reopen()
    case 'die':
      officer.desk.die()
  }
}

describe('three workstations with cases in common', () => {
  it('lose nothing, send nothing twice and end alike, whatever happens on the way', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async steps => {
        const office = await anOffice(server)
        for (const one of steps) {
          await take(office, one)
          for (const officer of office.officers) checkShown(officer)
        }
        await office.calm()
        for (const { desk } of office.officers) await desk.line.deliverStuck()
        await office.calm()
        for (const officer of office.officers) {
          await checkDelivery(office, officer)
          await checkWorkstation(office, officer)
        }
        await office.close()
      }),
      { numRuns: 8, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
    )
  })
})
