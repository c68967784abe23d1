import { demoOffice } from '../demo/office.ts'
import { DEVICE_WITHOUT_CENTRE, type Enrolment } from './engine/messages.ts'

/** Those who can sign in to the demo office, by id. */
export const demoUserIds: readonly string[] = demoOffice.users.map(user => user.id)

/** The demo officer of this id, else the first, on a PC that keeps everything to itself; none of that id otherwise. */
export function demoOfficer(userId: string | undefined): Enrolment | undefined {
  const user = userId === undefined ? demoOffice.users[0] : demoOffice.users.find(one => one.id === userId)
  return (
    user && {
      actor: { userId: user.id, userName: user.name, role: user.role, deviceId: DEVICE_WITHOUT_CENTRE },
      officeName: demoOffice.officeName,
      isDemo: true,
      centre: null,
    }
  )
}
