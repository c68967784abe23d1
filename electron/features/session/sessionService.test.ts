import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../../db/database.ts'
import { writeSetting } from '../../../db/features/session/sessionRepository.ts'
import { dev, morgan } from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'
import { aFolder } from '../../../tests/support/temporary.ts'

const DEFAULTS = { singleKeys: true, colourScheme: 'auto' }

describe('the session', () => {
  it('says who is signed in, where, and with which settings', () => {
    const { value } = anEngine()

    expect(value('session.get', {})).toEqual({
      state: 'open',
      session: {
        userId: morgan.userId,
        userName: morgan.userName,
        role: morgan.role,
        officeName: 'Northfold',
        isDemo: true,
        hasCentre: false,
        version: '0.0.0',
        settings: DEFAULTS,
        damaged: null,
      },
    })
  })

  it('is that of the officer whom main names', () => {
    const { engine } = anEngine()

    expect(engine.call(dev, 'session.get', {})).toMatchObject({ value: { session: { userId: dev.userId } } })
    expect(engine.call(dev, 'session.get', { userId: morgan.userId })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { userId: 'not-allowed' } },
    })
  })
})

describe('a setting', () => {
  it('is changed by itself, told to the window, and kept over a restart', () => {
    const folder = aFolder()
    const { value, heard } = anEngine({ folder })

    expect(value('session.set', { singleKeys: false })).toEqual({ ...DEFAULTS, singleKeys: false })
    expect(value('session.set', { colourScheme: 'dark' })).toEqual({ singleKeys: false, colourScheme: 'dark' })

    expect(heard).toContainEqual({ topic: 'session' })
    expect(anEngine({ folder }).value('session.get', {})).toMatchObject({
      session: { settings: { singleKeys: false, colourScheme: 'dark' } },
    })
  })

  it.each([
    ['a colour that is not there', { colourScheme: 'pink' as never }, { colourScheme: 'not-allowed' }],
    ['a yes that is a text', { singleKeys: 'yes' as never }, { singleKeys: 'not-allowed' }],
    ['one that is not there', { role: 'senior' } as never, { role: 'not-allowed' }],
  ])('is refused as %s, and all stay as they were', (_what, wanted, fields) => {
    const { call, value } = anEngine()
    value('session.set', { singleKeys: false })

    expect(call('session.set', wanted)).toEqual({ ok: false, error: { code: 'invalid-input', fields } })

    expect(value('session.get', {})).toMatchObject({ session: { settings: { ...DEFAULTS, singleKeys: false } } })
  })
})

describe('a store that was damaged', () => {
  it('is told with what was saved until the officer has read it', () => {
    const { value, db, heard } = anEngine()
    const damage = {
      keptAs: 'store-damaged-2026.db',
      at: Date.parse('2026-03-01T09:00:00Z'),
      entriesSaved: 3,
      draftsSaved: 1,
    }
    inTransaction(db, tx => {
      writeSetting(tx, 'damage', damage)
    })

    expect(value('session.get', {})).toMatchObject({ session: { damaged: damage } })
    value('session.acknowledgeDamage', {})

    expect(value('session.get', {})).toMatchObject({ session: { damaged: null } })
    expect(heard).toContainEqual({ topic: 'session' })
  })
})

describe('the reference data of the window', () => {
  it('is what main works with: kinds, outcomes, flags, sentences, and holidays with the day they are known until', () => {
    const { contactTypes, outcomes, registers, sentences, holidays, holidaysKnownUntil } = anEngine().value(
      'session.reference',
      {},
    )

    expect(contactTypes.map(one => one.code)).toContain('COAP')
    expect(outcomes.map(one => one.code)).toContain('UAAB')
    expect(registers.map(one => one.code)).toContain('AV2S')
    expect(sentences.map(one => one.kind)).toContain('community-order')
    expect(holidays).toContain('2026-04-03')
    expect(holidays.every(day => day <= holidaysKnownUntil)).toBe(true)
  })
})
