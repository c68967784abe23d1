import { fillCentre, type GivenCase } from '../../../central/demoOffice.ts'
import { readCentre } from '../../../central/db/centre.ts'
import { aCentre, nameOf, type TestCentre } from '../../support/centre/testCentre.ts'
import type { TestServer } from '../../support/centre/testServer.ts'
import { aPerson, anAddress, anAppointment, anAssignment, anId, aContact } from '../../support/builders.ts'
import { anOfficer, type Officer } from './officer.ts'
import { aService, type Service } from './service.ts'
import { aWorkstation } from './workstation.ts'

/** Which of three officers works on which of three cases. */
const USERS = ['morgan.ashby', 'dev.larkhill', 'priya.hartwell'] as const
const TEAMS: readonly (readonly (typeof USERS)[number][])[] = [
  ['morgan.ashby', 'dev.larkhill'],
  ['dev.larkhill', 'priya.hartwell'],
  USERS,
]
/** No two PCs agree on the time, and none of them with the centre. */
const CLOCKS = ['2026-03-02T09:00:00Z', '2026-03-02T08:41:00Z', '2026-03-02T11:07:00Z'] as const
/** The longest time after which a workstation looks for news, with a little more. */
const LONGEST_WAIT_MS = 5.5 * 60 * 1000

/** Three officers with cases in common, each at a workstation, and the service between them. */
export interface Office {
  readonly centre: TestCentre
  readonly service: Service
  readonly officers: readonly Officer[]
  /** Cases of an officer. */
  casesOf(officer: Officer): readonly string[]
  /** The case is no longer this officer's: the centre knows, and their workstation does not yet. */
  takeAway(caseId: string, officer: Officer): Promise<void>
  /** And it is again: only the centre knows so far. */
  giveBack(caseId: string, officer: Officer): Promise<void>
  /** Time passes everywhere. */
  pass(milliseconds: number): Promise<void>
  /** The line is whole again and stays so: long enough for everything to get through. */
  calm(): Promise<void>
  close(): Promise<void>
}

export async function anOffice(server: TestServer): Promise<Office> {
  const centre = await aCentre(server)
  const cases = TEAMS.map(aSharedCase)
  const users = USERS.map(id => ({ id, name: nameOf(id), role: 'officer' as const }))
  await fillCentre(centre, { officeName: 'Northfold', users }, cases, () => undefined)
  const service = await aService(centre)
  const { id: centreId } = await readCentre(centre.db)
  const officers: Officer[] = []
  for (const [place, user] of USERS.entries()) {
    const device = await centre.addDevice(user)
    officers.push(anOfficer(aWorkstation({ device, centreId, service, now: CLOCKS[place] ?? '' })))
  }
  async function assign(caseId: string, { desk }: Officer, endOn: string | null): Promise<void> {
    const userId = desk.device.actor.userId
    const assignment = cases
      .find(one => one.caseId === caseId)
      ?.rows.find(row => row.entity === 'assignment' && row.fields.userId === userId)
    if (assignment) await centre.write({ ...assignment, fields: { ...assignment.fields, endOn } })
  }
  const office: Office = {
    centre,
    service,
    officers,
    casesOf: ({ desk }) =>
      cases.filter((_, place) => TEAMS[place]?.some(user => user === desk.device.actor.userId)).map(one => one.caseId),
    takeAway: (caseId, officer) => assign(caseId, officer, '2026-03-01'),
    giveBack: (caseId, officer) => assign(caseId, officer, null),
    async pass(milliseconds) {
      centre.clock.at += milliseconds
      await Promise.all(officers.map(({ desk }) => desk.forward(milliseconds)))
    },
    async calm() {
      for (const { desk } of officers) desk.line.mend()
      // Once to wait out the last failure, once to send and once to hear what the others sent.
      for (let time = 0; time < 3; time++) await office.pass(LONGEST_WAIT_MS)
    },
    async close() {
      await Promise.all(officers.map(({ desk }) => desk.close()))
      await service.stop()
    },
  }
  await office.calm()
  return office
}

function aSharedCase(team: readonly string[]): GivenCase {
  const caseId = anId()
  const row = (
    entity: GivenCase['rows'][number]['entity'],
    fields: GivenCase['rows'][number]['fields'],
    id = anId(),
  ) => ({
    entity,
    caseId,
    id,
    fields,
  })
  return {
    caseId,
    rows: [
      row('case', aPerson(), caseId),
      row('address', anAddress()),
      ...team.map(userId => row('assignment', anAssignment({ userId, userName: userId }))),
      row('appointment', anAppointment()),
      row('appointment', anAppointment({ startsOn: '2026-03-05' })),
      row('contact', aContact()),
    ],
  }
}
