import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillCentre, type GivenCase, type Office } from '../../central/demoOffice.ts'
import { enrol } from '../../central/features/auth/enrol.ts'
import { type OpenCentral, openCentral } from '../../central/openCentral.ts'
import { invariant } from '../../shared/result.ts'
import { startCentral } from '../../tests/e2e/support/office.ts'

/** The real service in a process of its own, over a PostgreSQL of its own. */
export interface BenchCentre extends OpenCentral {
  readonly url: string
  /** @returns the token of a new device of this user. */
  enrol(userId: string): Promise<string>
}

/** Starts a service that holds this office and these cases. */
export async function openBenchCentre(office: Office, cases: Iterable<GivenCase>): Promise<BenchCentre> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-central-'))
  const central = await openCentral({ dataFolder: folder }, () => undefined)
  await fillCentre(central, office, cases, () => undefined)
  // The disk is done with all of it before anything is measured.
  await central.db.execute('CHECKPOINT')
  const { url, running } = await startCentral({ folder })
  return {
    ...central,
    url,
    async enrol(userId) {
      const token = await enrol(central, userId)
      invariant(token !== undefined, `the office has no user ${userId}`)
      return token
    },
    async close() {
      await running.stop()
      await central.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
