import { describe, expect, it } from 'vitest'
import {
  aConflict,
  aContact,
  aDocument,
  anAddress,
  anAppointment,
  anAssignment,
  anEvent,
  anId,
  anIdentifier,
  aPerson,
  aProposal,
  aRegister,
  aRequirement,
  aTemplate,
} from '../../tests/support/builders.ts'
import type { Adjustment, Alias, ContactDetail } from '../features/cases/case.ts'
import { operation, operationBody, operationType } from './protocol.ts'
import { centresField, entities, isEntity, recordTypes, type AnyFields, type Entity } from './recordTypes.ts'

const anAlias: Alias = { givenName: 'Jake', familyName: 'Thistle', note: '' }
const aContactDetail: ContactDetail = { kind: 'mobile', value: '07700 900123', note: '' }
const anAdjustment: Adjustment = { kind: 'dyslexia', what: 'Read letters aloud.', endOn: null }

/** One of each, with nothing left out. */
const examples: Readonly<Record<Entity, AnyFields>> = {
  case: aPerson(),
  identifier: anIdentifier(),
  alias: anAlias,
  assignment: anAssignment(),
  register: aRegister(),
  adjustment: anAdjustment,
  contact_detail: aContactDetail,
  address: anAddress(),
  event: anEvent(),
  requirement: aRequirement(anId()),
  appointment: anAppointment(),
  conflict: aConflict(),
  proposal: aProposal(anId()),
  document: aDocument(),
  contact: aContact(),
  template: aTemplate(),
}

const texts = entities.flatMap(entity =>
  Object.entries(examples[entity])
    .filter(([, value]) => typeof value === 'string')
    .map(([field]) => [entity, field] as const),
)

describe('the record', () => {
  it.each(entities)('%s has a class for each field, or is written once', entity => {
    const type = recordTypes[entity]
    const fields = Object.keys(type.schema.shape).toSorted()

    const classed = type.kind === 'changing' ? Object.entries<string>(type.classes) : []

    expect(Object.keys(examples[entity]).toSorted()).toEqual(fields)
    if (type.kind === 'append-only') {
      expect(fields).toEqual(expect.arrayContaining(['amends', 'strikes', 'reason']))
    } else {
      expect(classed.map(([field]) => field).toSorted()).toEqual(fields)
      expect(classed.filter(([, fieldClass]) => !['free', 'narrative', 'guarded'].includes(fieldClass))).toEqual([])
    }
  })

  it.each(entities)('%s is stored as it is, and travels whole in one operation', entity => {
    const { schema, kind } = recordTypes[entity]
    const fields = examples[entity]
    const patch = Object.entries(fields).map(([field, value]) => ({ field, baseRev: 0, baseOp: null, value }))

    expect(schema.parse(fields)).toEqual(fields)
    expect(operationBody.parse({ create: fields })).toEqual({ create: fields })
    if (kind === 'changing') expect(operationBody.parse({ patch })).toEqual({ patch })
    for (const verb of ['create', 'patch', 'settle', 'amend', 'strike'] as const) {
      expect(operation.shape.type.safeParse(operationType(entity, verb)).success).toBe(true)
    }
  })

  it.each(entities)('%s takes no field that it does not know, and misses none', entity => {
    const { schema } = recordTypes[entity]
    const fields = examples[entity]

    expect(schema.safeParse({ ...fields, planet: 'Earth' }).success).toBe(false)
    for (const field of Object.keys(fields)) {
      expect(schema.safeParse({ ...fields, [field]: undefined }).success, field).toBe(false)
    }
  })

  it.each(texts)('%s takes no control character, no turned direction and no half character in %s', (entity, field) => {
    const { schema } = recordTypes[entity]
    const fields = examples[entity]

    for (const bad of ['\u0000', '\u001b', '\u202e', '\ud83d']) {
      const text = `${String(fields[field])}${bad}`
      expect(schema.safeParse({ ...fields, [field]: text }).success, JSON.stringify(text)).toBe(false)
    }
  })

  it.each<[Entity, string]>([
    ['case', 'givenName familyName dateOfBirth mergedInto'],
    ['identifier', 'kind value'],
    ['alias', ''],
    ['assignment', 'userId userName part startOn endOn'],
    ['register', 'code note startOn endOn'],
    ['adjustment', ''],
    ['contact_detail', ''],
    ['address', 'kind status lines town postcode startOn endOn'],
    ['event', 'number sentence offenceCode offence court sentencedOn startOn endOn terminatedOn'],
    ['requirement', 'eventId code amount unit startOn endedOn'],
    ['appointment', 'startsOn startsTime status'],
    ['template', ''],
    [
      'conflict',
      'rowEntity rowId field before standing standingById standingByName standingAt proposals state settledValue settledById settledByName settledAt reason',
    ],
    ['proposal', 'conflictId value byId byName at opId reason'],
  ])('%s leaves two values to a person for: %s', (entity, fields) => {
    const type = recordTypes[entity]
    const classes = type.kind === 'changing' ? Object.entries<string>(type.classes) : []

    expect(
      classes
        .filter(([, fieldClass]) => fieldClass === 'guarded')
        .map(([field]) => field)
        .join(' '),
    ).toBe(fields)
  })
})

describe('a text of which both changes are kept', () => {
  it('is what to do for an adjustment, and the note of a requirement', () => {
    const found = entities.flatMap(entity => {
      const type = recordTypes[entity]
      const classes = type.kind === 'changing' ? Object.entries<string>(type.classes) : []
      return classes.filter(([, fieldClass]) => fieldClass === 'narrative').map(([field]) => `${entity}.${field}`)
    })

    expect(found).toEqual(['adjustment.what', 'requirement.note'])
  })
})

describe('what only the centre writes', () => {
  it.each<[string, Entity, AnyFields | null, AnyFields, string | undefined]>([
    ['that a case is a copy of another', 'case', aPerson(), { language: 'cy', mergedInto: anId() }, 'mergedInto'],
    ['nothing else of a case', 'case', aPerson(), { givenName: 'Jake', language: 'cy' }, undefined],
    ['the value of a CRN', 'identifier', anIdentifier(), { value: 'Z999999' }, 'value'],
    ['the kind of a CRN', 'identifier', anIdentifier(), { kind: 'pnc' }, 'kind'],
    ['that a number is a CRN', 'identifier', anIdentifier({ kind: 'pnc' }), { kind: 'crn' }, 'kind'],
    ['a new CRN', 'identifier', null, anIdentifier(), 'kind'],
    ['no other number', 'identifier', null, anIdentifier({ kind: 'pnc' }), undefined],
    ['who works on a case', 'assignment', null, anAssignment(), 'userId'],
    ['what was chosen of two versions', 'conflict', aConflict(), { state: 'settled' }, 'state'],
    ['nothing of a contact', 'contact', null, aContact(), undefined],
  ])('is %s', (_, entity, before, values, field) => {
    expect(centresField(entity, before, values)).toBe(field)
  })
})

describe('the contact', () => {
  it('is, with its documents, the only record that is written once', () => {
    expect(entities.filter(entity => recordTypes[entity].kind === 'append-only')).toEqual(['document', 'contact'])
  })
})

describe('sending a case', () => {
  it('begins with what the header needs and ends with the notes', () => {
    const place = (entity: Entity) => entities.indexOf(entity)

    expect(entities[0]).toBe('case')
    for (const early of ['identifier', 'assignment', 'register', 'event'] as const) {
      expect(place(early)).toBeLessThan(place('appointment'))
      expect(place(early)).toBeLessThan(place('contact'))
    }
  })
})

describe('a name on the wire', () => {
  it.each([
    ['contact', true],
    ['contact_detail', true],
    ['tattoo', false],
    ['Contact', false],
    ['', false],
    ['toString', false],
    ['constructor', false],
    ['__proto__', false],
  ])('%j is that of a record: %s', (name, isOne) => {
    expect(isEntity(name)).toBe(isOne)
  })
})
