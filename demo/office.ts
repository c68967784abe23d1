import type { Role } from '../shared/sync/protocol.ts'

/** Somebody of the office or of a partner, as records name them. */
export interface Staff {
  readonly id: string
  readonly name: string
}

export interface DemoUser extends Staff {
  readonly role: Role
}

const morgan: DemoUser = { id: 'morgan.ashby', name: 'Morgan Ashby', role: 'officer' }
const dev: DemoUser = { id: 'dev.larkhill', name: 'Dev Larkhill', role: 'officer' }
export const senior: DemoUser = { id: 'priya.hartwell', name: 'Priya Hartwell', role: 'senior' }
export const administrator: DemoUser = { id: 'tess.underhay', name: 'Tess Underhay', role: 'administrator' }

/** The demo office and those who can sign in to it. Everybody and every place in it is invented. */
export const demoOffice: { readonly officeName: string; readonly users: readonly DemoUser[] } = {
  officeName: 'Northfold',
  users: [morgan, dev, senior, administrator],
}

/** Colleagues who appear in the record and cannot sign in. */
export const formerOfficer: Staff = { id: 'helen.marrow', name: 'Helen Marrow' }
export const workSupervisors: readonly Staff[] = [
  { id: 'lowri.penhale', name: 'Lowri Penhale' },
  { id: 'graham.tipton', name: 'Graham Tipton' },
]
export const facilitator: Staff = { id: 'marcus.oyelade', name: 'Marcus Oyelade' }

// Three cases in five are Morgan's: M, D, M, D, M and again.
const CASES_PER_ROUND = 5
const MORGANS_PER_ROUND = 3
const officers = { morgan: { user: morgan, other: dev }, dev: { user: dev, other: morgan } } as const

/** Whose case it is, and the how manyth of that officer's cases, from 0. */
export interface CaseOwner {
  readonly officer: DemoUser
  readonly otherOfficer: DemoUser
  readonly place: number
}

export function ownerOf(index: number): CaseOwner {
  const round = Math.floor(index / CASES_PER_ROUND)
  const inRound = index % CASES_PER_ROUND
  const isMorgans = inRound % 2 === 0
  const { user, other } = isMorgans ? officers.morgan : officers.dev
  const perRound = isMorgans ? MORGANS_PER_ROUND : CASES_PER_ROUND - MORGANS_PER_ROUND
  return { officer: user, otherOfficer: other, place: round * perRound + Math.floor(inRound / 2) }
}

// More people than one officer can see have their appointments with a duty officer, so that no diary is impossible.
const DUTY_PER_OFFICER_MAX = 10_000

/** Who sees the people beyond an officer's own diary; `number` counts from 1 for each officer. */
export function dutyOfficer(officer: Staff, number: number): Staff {
  const desk = officer.id === morgan.id ? number : DUTY_PER_OFFICER_MAX + number
  return { id: `duty.${desk}`, name: `Duty officer, desk ${desk}` }
}
