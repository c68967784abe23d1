import { runKills } from '../support/killRun.ts'
import { expect, test } from './support/fixtures.ts'

const KILLS = 8

test('killed at any moment under load, the application loses and doubles nothing that it acknowledged', async ({
  folder,
}) => {
  const result = await runKills({ folder, kills: KILLS, moments: kill => kill / KILLS })

  expect(result).toMatchObject({ kills: KILLS, lost: 0, duplicated: 0, broken: 0 })
  expect(result.acknowledged).toBeGreaterThan(0)
})
