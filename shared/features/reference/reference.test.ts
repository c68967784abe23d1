import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addDays, weekday } from '../../time.ts'
import { loadReference, referenceFiles, type ReferenceFileName, type ReferenceFiles } from './reference.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FILES = join(ROOT, 'resources/reference')
const names = Object.keys(referenceFiles) as readonly ReferenceFileName[] // what the object is made of

const readFile = (name: string): unknown => JSON.parse(readFileSync(join(FILES, `${name}.json`), 'utf8'))
const load = () => loadReference(readFile)
const shipped = <Name extends ReferenceFileName>(name: Name) =>
  referenceFiles[name].parse(readFile(name)) as ReferenceFiles[Name] // the schema of that name

/** The shipped files, but with one place of one of them set to something else; left out where the value is undefined. */
function loadWith(broken: ReferenceFileName, path: readonly (string | number)[], value: unknown) {
  return loadReference(name => {
    const file = readFile(name)
    if (name !== broken) return file
    const target = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], file) // read from it
    const last = path.at(-1) ?? ''
    Object.assign(target as object, { [last]: value })
    return JSON.parse(JSON.stringify(file)) as unknown
  })
}

describe('the reference data that is shipped', () => {
  it('is every file of its folder and no other', () => {
    expect(
      readdirSync(FILES)
        .map(file => file.replace('.json', ''))
        .toSorted(),
    ).toEqual(names.toSorted())
  })

  it.each(names)('%s is as its schema says, and its source has a place in the list of sources', name => {
    const { source } = shipped(name)
    const headings = readFileSync(join(ROOT, 'docs/sources.md'), 'utf8').split('\n')

    expect(headings).toContain(`## ${source.split('#')[1]}`)
  })

  it.each<[string, () => readonly string[]]>([
    ['contact types', () => shipped('contact-types').types.map(one => one.code)],
    ['outcomes', () => shipped('outcomes').outcomes.map(one => one.code)],
    ['enforcement actions', () => shipped('enforcement-actions').actions.map(one => one.code)],
    ['flags', () => shipped('registers').registers.map(one => one.code)],
    ['requirements', () => shipped('requirements').requirements.map(one => one.code)],
    ['sentences', () => shipped('sentences').sentences.map(one => one.kind)],
    ['timings', () => shipped('timings').timings.map(one => one.id)],
    ['offences', () => shipped('offences').offences.map(one => one.code)],
    ['bank holidays', () => shipped('bank-holidays').days],
  ])('has no two %s of one code: the first would be lost', (_, list) => {
    const codes = list()

    expect(codes.filter((code, place) => codes.indexOf(code) !== place)).toEqual([])
  })

  it('is all there once it is loaded', () => {
    const reference = load()

    expect(reference.contactTypes.size).toBe(shipped('contact-types').types.length)
    expect(reference.offences.size).toBe(shipped('offences').offences.length)
    expect(reference.contactTypes.get('COAP')).toMatchObject({ label: 'Planned office visit', nationalStandards: true })
    expect(reference.outcomes.get('UAAB')).toMatchObject({ complied: false, attendance: 'absent' })
    expect(reference.registers.get('RHRH')).toMatchObject({ rosh: 'high' })
    expect(reference.requirements.get('F')).toMatchObject({ unit: 'days' })
    expect(reference.sentences.get('community-order')).toMatchObject({ failuresMax: 2, failuresWithinMonths: 12 })
    expect(reference.sentencesVersion).toBe(shipped('sentences').version)
    expect(reference.offences.get('00100')).toBe('Murder')
    expect(reference.timing('warning-letter')).toMatchObject({ limit: 2, unit: 'working-days' })
    expect(reference.timing('evidence')).toMatchObject({ limit: 7, unit: 'days' })
  })

  it('has the codes that rules name', () => {
    const reference = load()
    const types = ['COAP', 'AWLI', 'AWL2', 'AWLF', 'AWLS', 'C040'].filter(code => !reference.contactTypes.has(code))
    const outcomes = ['ATTC', 'UAAB', 'AFTA'].filter(code => !reference.outcomes.has(code))

    expect([...types, ...outcomes]).toEqual([])
    expect(reference.registers.has('AV2S')).toBe(true)
  })

  it('has a rule for every sentence and a limit for every timing that the code asks for', () => {
    const reference = load()

    for (const kind of ['community-order', 'suspended-sentence-order', 'licence', 'post-sentence-supervision']) {
      expect(reference.sentences.has(kind), kind).toBe(true)
    }
    for (const id of ['evidence', 'warning-letter', 'first-appointment', 'initial-plan', 'breach-to-court'] as const) {
      expect(reference.timing(id).id).toBe(id)
    }
  })

  it('has outcomes that do not contradict themselves', () => {
    const odd = shipped('outcomes').outcomes.filter(
      one =>
        one.needsDecision === one.complied ||
        (one.group === 'attended') !== (one.attendance === 'attended') ||
        (one.group === 'acceptable' && !(one.complied && one.attendance === 'absent')) ||
        (one.group === 'absence' && (one.complied || one.attendance !== 'absent')),
    )

    expect(odd).toEqual([])
  })

  it('has a place for every kind of contact that can be arranged, and for no other', () => {
    const odd = shipped('contact-types').types.filter(one => (one.use === 'appointment') !== (one.where !== null))

    expect(odd.map(one => one.code)).toEqual([])
  })
})

describe('the bank holidays that are shipped', () => {
  it('come in order, on working days, and end with the last year that is known', () => {
    const { days, knownUntil } = shipped('bank-holidays')

    expect(days).toEqual(days.toSorted())
    expect(days.filter(day => weekday(day) > 5)).toEqual([])
    expect(days.at(-1)?.slice(0, 4)).toBe(knownUntil.slice(0, 4))
    expect(knownUntil.slice(4)).toBe('-12-31')
  })

  it('are eight in every year: New Year, Easter, three Mondays, Christmas', () => {
    const { days } = shipped('bank-holidays')
    const years = Map.groupBy(days, day => day.slice(0, 4))

    expect([...years.keys()]).toEqual(Array.from(years, (_, n) => String(2024 + n)))
    for (const [year, ofYear] of years) {
      const [newYear, goodFriday = '', easterMonday, ...others] = ofYear
      expect(newYear?.slice(5, 7), year).toBe('01')
      expect([weekday(goodFriday), addDays(goodFriday, 3)], year).toEqual([5, easterMonday])
      expect(others.slice(0, -2), year).toEqual([
        mondayFrom(`${year}-05-01`),
        mondayFrom(`${year}-05-25`),
        mondayFrom(`${year}-08-25`),
      ])
      expect(
        others.slice(-2).filter(day => day.slice(5) >= '12-25'),
        year,
      ).toHaveLength(2)
    }
  })

  const mondayFrom = (date: string): string => addDays(date, (8 - weekday(date)) % 7)
})

describe('a file that is broken', () => {
  it.each<[string, ReferenceFileName, readonly (string | number)[], unknown, string]>([
    ['a label is empty', 'outcomes', ['outcomes', 3, 'label'], '', 'outcomes[3].label'],
    ['a label is left out', 'contact-types', ['types', 0, 'label'], undefined, 'types[0].label'],
    ['a code is too long', 'registers', ['registers', 1, 'code'], 'x'.repeat(11), 'registers[1].code'],
    [
      'a flag is neither yes nor no',
      'contact-types',
      ['types', 2, 'nationalStandards'],
      'yes',
      'types[2].nationalStandards',
    ],
    ['a category is unknown', 'contact-types', ['types', 2, 'category'], 'party', 'types[2].category'],
    ['a key is too many', 'requirements', ['requirements', 0, 'colour'], 'red', 'requirements[0]'],
    ['no failure opens a breach', 'sentences', ['sentences', 0, 'failuresMax'], 0, 'sentences[0].failuresMax'],
    ['a timing has no time', 'timings', ['timings', 1, 'limit'], 0, 'timings[1].limit'],
    ['a holiday does not exist', 'bank-holidays', ['days', 4], '2026-02-29', 'days[4]'],
    ['it does not say until when', 'bank-holidays', ['knownUntil'], undefined, 'knownUntil'],
    ['an offence has letters', 'offences', ['offences', 7, 'code'], '0010A', 'offences[7].code'],
    [
      'an action answers in no days',
      'enforcement-actions',
      ['actions', 1, 'responseDays'],
      0,
      'actions[1].responseDays',
    ],
    ['it has no version', 'outcomes', ['version'], 0, 'version'],
    ['it does not name its source', 'outcomes', ['source'], 'a colleague', 'source'],
  ])('because %s is refused with its name and the place', (_, name, path, value, place) => {
    const loading = () => loadWith(name, path, value)

    expect(loading).toThrow(`${name}.json`)
    expect(loading).toThrow(`at ${place}`)
  })

  it('because it is not there stops the load as well', () => {
    const loading = () =>
      loadReference(name => {
        if (name === 'timings') throw new Error('ENOENT')
        return readFile(name)
      })

    expect(loading).toThrow('ENOENT')
  })

  it('because a timing is missing is refused when the timing is asked for', () => {
    const kept = shipped('timings').timings.filter(one => one.id !== 'evidence')
    const loaded = loadWith('timings', ['timings'], kept)

    expect(() => loaded.timing('evidence')).toThrow('timings.json has no evidence')
    expect(loaded.timing('warning-letter').limit).toBe(2)
  })
})
