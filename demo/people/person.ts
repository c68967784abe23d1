import { calledName, type Case } from '../../shared/features/cases/case.ts'
import { addDays } from '../days.ts'
import { at, byShare, evenShare, type Dice } from '../random.ts'
import { type NamePool, namePools, shortNames } from './names.ts'
import { landline, mobileNumber, streets, towns } from './places.ts'
import { type Pronouns, pronounsOf } from './pronouns.ts'

export type Home = 'settled' | 'temporary' | 'no-fixed-abode' | 'approved-premises'

export interface Person {
  readonly givenName: string
  readonly familyName: string
  readonly preferredName: string
  /** What notes call the person. */
  readonly called: string
  readonly dateOfBirth: string
  /** Age in years when the order began. */
  readonly age: number
  readonly pronoun: Case['pronoun']
  readonly pronouns: Pronouns
  readonly language: Case['language']
  /** Which interpreter could be asked for; null for most. */
  readonly interpreter: string | null
  readonly home: Home
  /** `14 Sample Street`; where letters are kept for somebody without a home. */
  readonly street: string
  readonly town: string
  readonly postcode: string
  readonly mobile: string | null
  readonly telephone: string | null
  readonly email: string | null
}

/** What is already settled about the case when the person is made up. */
export interface PersonPlan {
  readonly seed: number
  readonly index: number
  readonly startOn: string
  readonly home: Home
}

const TRAIT_PRONOUN = 0
const TRAIT_POOL = 1
const AGE_MIN = 18
const AGE_MAX = 74

/** Makes up the person of a case. The first case of an office is always a man of about thirty, as its story needs. */
export function makePerson(plan: PersonPlan, dice: Dice): Person {
  const { seed, index, startOn, home } = plan
  const pool = index === 0 ? at(namePools, 0) : byShare(weighted, evenShare(seed, TRAIT_POOL, index))
  const pronoun = index === 0 ? 'he' : byShare(PRONOUN_SHARES, evenShare(seed, TRAIT_PRONOUN, index))
  const givenName = givenNameOf(pool, pronoun, dice)
  const familyName = familyNameOf(pool, plan, dice)
  const preferredName = dice.chance(0.3) ? (shortNames[givenName] ?? '') : ''
  const age = index === 0 ? 34 : ageFor(pool, dice)
  return {
    givenName,
    familyName,
    preferredName,
    called: calledName({ givenName, preferredName }),
    dateOfBirth: addDays(startOn, -Math.floor(age * 365.25) - dice.between(1, 360)),
    age,
    pronoun,
    pronouns: pronounsOf(pronoun),
    language: pool === WELSH && dice.chance(0.4) ? 'cy' : 'en',
    interpreter: pool.language,
    home,
    ...placeFor(home, dice),
    ...linesFor({ name: `${givenName}.${familyName}`, home, index }, dice),
  }
}

const weighted = namePools.map(pool => [pool, pool.weight] as const)
const [, OLDER_ENGLISH, WELSH] = namePools
const PRONOUN_SHARES = [
  ['he', 80],
  ['she', 17],
  ['they', 2],
  ['not-recorded', 1],
] as const

function givenNameOf(pool: NamePool, pronoun: Case['pronoun'], dice: Dice): string {
  const isHe = pronoun === 'he' || (pronoun !== 'she' && dice.chance(0.5))
  return dice.pick(isHe ? pool.he : pool.she)
}

function familyNameOf(pool: NamePool, { seed, index }: PersonPlan, dice: Dice): string {
  // Some took the name of a partner whose family came from elsewhere.
  const from = dice.chance(0.08) ? dice.pick(namePools) : pool
  // Walking through the list, rather than throwing dice, keeps the same name from coming twice on one screen.
  const name = at(from.family, seed * 3 + index * 13)
  const joined = `${name}-${dice.pick(at(namePools, 0).family)}`
  return dice.chance(0.05) && index !== 0 && !/[- ]/.test(name) && !/-.*-/.test(joined) ? joined : name
}

function ageFor(pool: NamePool, dice: Dice): number {
  // The sum of two throws: few very young, few old.
  const throwOf = (from: number, to: number): number =>
    Math.round((dice.between(from, to) + dice.between(from, to)) / 2)
  if (pool === OLDER_ENGLISH && dice.chance(0.05)) return dice.between(68, AGE_MAX)
  if (pool === namePools[0]) return throwOf(AGE_MIN, 42)
  return pool === OLDER_ENGLISH ? throwOf(35, 69) : throwOf(AGE_MIN, 64)
}

function placeFor(home: Home, dice: Dice): Pick<Person, 'street' | 'town' | 'postcode'> {
  const town = dice.pickWeighted(towns)
  const postcode = `ZZ${dice.between(1, 9)} ${dice.between(1, 9)}${letters(dice)}`
  if (home === 'no-fixed-abode')
    return { street: 'Northfold Advice Centre, 2 Footnote Gardens', town: 'Northfold', postcode }
  if (home === 'approved-premises') return { street: 'Fixture House, 1 Fixture Court', town: 'Northfold', postcode }
  const flat = dice.chance(0.2) ? `Flat ${dice.between(1, 12)}, ` : ''
  return { street: `${flat}${dice.between(1, 140)} ${dice.pick(streets)}`, town, postcode }
}

// The letters that the second half of a postcode uses.
const POSTCODE_LETTERS = [...'ABDEFGHJLNPQRSTUWXYZ']
const letters = (dice: Dice): string => dice.pick(POSTCODE_LETTERS) + dice.pick(POSTCODE_LETTERS)

function linesFor(
  { name, home, index }: { readonly name: string; readonly home: Home; readonly index: number },
  dice: Dice,
): Pick<Person, 'mobile' | 'telephone' | 'email'> {
  const hasLandline = home === 'settled' && dice.chance(0.16)
  const hasMobile = !hasLandline || dice.chance(0.6)
  return {
    mobile: hasMobile ? mobileNumber((index * 37 + dice.between(0, 36)) % 1_000) : null,
    telephone: hasLandline ? landline((index * 41 + dice.between(0, 40)) % 1_000) : null,
    email: dice.chance(0.55) ? `${mailName(name)}@example.org` : null,
  }
}

const mailName = (name: string): string =>
  name
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .normalize('NFD')
    .replace(/[^A-Za-z.-]/g, '')
    .toLowerCase()
