import { addMonths } from '../../shared/time.ts'
import { addDays } from '../days.ts'
import type { CaseFacts } from '../caseFacts.ts'
import { administrator, senior, type Staff } from '../office.ts'
import { at, type Dice } from '../random.ts'
import { type DemoRow, row } from '../rows.ts'
import { fillIn } from '../words.ts'
import { namePools } from './names.ts'
import { streets } from './places.ts'

export interface RowMaking {
  readonly caseId: string
  /** Makes the ids of what was entered when the order began. */
  readonly newId: () => string
  readonly dice: Dice
}

/** Who the person is, and who works with them. */
export function personRows(facts: CaseFacts, making: RowMaking): readonly DemoRow[] {
  return [
    caseRow(facts, making),
    ...identifierRows(facts, making),
    ...aliasRows(facts, making),
    ...assignmentRows(facts, making),
  ]
}

const caseRow = ({ person }: CaseFacts, { caseId }: RowMaking): DemoRow =>
  row('case', caseId, caseId, {
    givenName: person.givenName,
    familyName: person.familyName,
    preferredName: person.preferredName,
    dateOfBirth: person.dateOfBirth,
    pronoun: person.pronoun,
    language: person.language,
    mergedInto: null,
  })

function identifierRows({ plan, person, order }: CaseFacts, { caseId, newId, dice }: RowMaking): readonly DemoRow[] {
  const firstYear = Number(person.dateOfBirth.slice(0, 4)) + 14
  const year = dice.between(
    Math.min(firstYear, Number(order.sentencedOn.slice(0, 4))),
    Number(order.sentencedOn.slice(0, 4)),
  )
  const numbers = [
    ['crn', crnOf(plan.seed, plan.index)],
    ['pnc', `${year}/${String(dice.between(1, 999_999)).padStart(7, '0')}Z`],
    ...(order.prison === null ? [] : [['noms', `Z${dice.between(1000, 9999)}ZZ`] as const]),
  ] as const
  return numbers.map(([kind, value]) => row('identifier', caseId, newId(), { kind, value }))
}

const CRN_COUNT = 1_000_000
// Has no factor in common with the count, so no number comes twice before all have been used.
const CRN_STEP = 618_033
/** Real numbers begin with other letters. */
const crnOf = (seed: number, index: number): string =>
  `Z${String((((seed * 7_919 + index * CRN_STEP) % CRN_COUNT) + CRN_COUNT) % CRN_COUNT).padStart(6, '0')}`

function aliasRows({ person, plan }: CaseFacts, { caseId, newId, dice }: RowMaking): readonly DemoRow[] {
  if (!dice.chance(0.12)) return []
  const pool = namePools.find(one => one.family.includes(person.familyName)) ?? at(namePools, 0)
  const other = at(pool.family, plan.index * 5 + 3)
  const [familyName, note] = dice.pick([
    [other, 'Name until the age of 18, from the stepfather.'],
    [other, 'Name of a former marriage; still on the tenancy.'],
    [other, 'Given to the police at the arrest.'],
  ] as const)
  return familyName === person.familyName
    ? []
    : [row('alias', caseId, newId(), { givenName: person.givenName, familyName, note })]
}

function assignmentRows(facts: CaseFacts, { caseId, newId }: RowMaking): readonly DemoRow[] {
  const { plan, order, handover } = facts
  const assignment = (
    user: Staff,
    part: 'responsible' | 'senior' | 'administrator',
    startOn: string,
    endOn: string | null,
  ) => row('assignment', caseId, newId(), { userId: user.id, userName: user.name, part, startOn, endOn })
  return [
    ...(handover === null ? [] : [assignment(handover.from, 'responsible', order.startOn, addDays(handover.on, -1))]),
    assignment(plan.officer, 'responsible', handover?.on ?? order.startOn, null),
    assignment(senior, 'senior', order.startOn, null),
    assignment(administrator, 'administrator', order.startOn, null),
  ]
}

/** How to reach the person and what to mind in doing so. */
export function detailRows(facts: CaseFacts, making: RowMaking): readonly DemoRow[] {
  const { person, adjustment, story } = facts
  const { caseId, newId, dice } = making
  const lines = [
    ...(person.mobile === null
      ? []
      : [['mobile', person.mobile, dice.chance(0.2) ? 'Text first; does not answer unknown numbers.' : ''] as const]),
    ...(person.telephone === null
      ? []
      : [
          [
            'telephone',
            person.telephone,
            dice.chance(0.5) ? 'Home number, shared with family. Leave no details.' : '',
          ] as const,
        ]),
    ...(person.email === null ? [] : [['email', person.email, ''] as const]),
  ]
  return [
    ...(adjustment === null
      ? []
      : [
          row('adjustment', caseId, newId(), {
            kind: adjustment.kind,
            what: fillIn(adjustment.what, story.words),
            endOn: null,
          }),
        ]),
    ...lines.map(([kind, value, note]) => row('contact_detail', caseId, newId(), { kind, value, note })),
    ...addressRows(facts, making),
  ]
}

function addressRows({ person, order, plan }: CaseFacts, { caseId, newId, dice }: RowMaking): readonly DemoRow[] {
  const { home, street, town, postcode } = person
  const place = { lines: street, town, postcode }
  const checkedOn =
    [addDays(plan.calendar.today, -dice.between(2, dice.chance(0.15) ? 150 : 60)), order.startOn].sort()[1] ??
    order.startOn
  const before = dice.between(2, home === 'settled' ? 60 : 7)
  // Somebody who comes out of prison moves in that day.
  const movedOn = order.prison === null ? addMonths(order.startOn, -before) : order.startOn
  const leftOn = order.prison === null ? movedOn : order.sentencedOn
  const earlier = {
    kind: 'other',
    status: 'settled',
    lines: `${dice.between(1, 99)} ${dice.pick(streets)}`,
    town: 'Northfold',
    postcode,
    startOn: addMonths(leftOn, -dice.between(8, 40)),
    endOn: leftOn,
    checkedOn: null,
  } as const
  if (home === 'no-fixed-abode') {
    return [
      row('address', caseId, newId(), {
        kind: 'main',
        status: home,
        lines: 'No fixed abode',
        town: 'Northfold',
        postcode: '',
        startOn: movedOn,
        endOn: null,
        checkedOn,
      }),
      row('address', caseId, newId(), {
        kind: 'postal',
        status: 'temporary',
        ...place,
        startOn: order.startOn,
        endOn: null,
        checkedOn,
      }),
    ]
  }
  return [
    row('address', caseId, newId(), {
      kind: 'main',
      status: home,
      ...place,
      startOn: movedOn,
      endOn: null,
      checkedOn,
    }),
    ...(dice.chance(0.25) ? [row('address', caseId, newId(), earlier)] : []),
  ]
}
