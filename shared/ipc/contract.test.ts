import { describe, expect, it } from 'vitest'
import { appointmentsContract } from '../features/appointments/appointmentsContract.ts'
import { caseloadContract } from '../features/caseload/caseloadContract.ts'
import { casesContract } from '../features/cases/casesContract.ts'
import { conflictsContract } from '../features/conflicts/conflictsContract.ts'
import { contactsContract } from '../features/contacts/contactsContract.ts'
import { findContract } from '../features/find/findContract.ts'
import { formsContract } from '../features/forms/formsContract.ts'
import { sessionContract } from '../features/session/sessionContract.ts'
import { syncContract } from '../features/sync/syncContract.ts'
import { todayContract } from '../features/today/todayContract.ts'
import { contract, isCallName } from './contract.ts'

describe('the calls that the window may make', () => {
  it.each(
    Object.entries({
      appointments: appointmentsContract,
      caseload: caseloadContract,
      cases: casesContract,
      conflicts: conflictsContract,
      contacts: contactsContract,
      find: findContract,
      forms: formsContract,
      session: sessionContract,
      sync: syncContract,
      today: todayContract,
    }),
  )('of %s carry its name, so that none hides another’s', (feature, calls) => {
    expect(Object.keys(calls).filter(name => !name.startsWith(`${feature}.`))).toEqual([])
    expect(contract).toMatchObject(calls)
  })

  it.each(Object.entries(contract))('%s takes no key too many', (_, { input }) => {
    const problems = input.safeParse({ surplus: true }).error?.issues ?? []

    expect(problems.filter(problem => problem.code === 'unrecognized_keys')).toHaveLength(1)
  })

  it.each([
    ['session.get', true],
    ['contacts.record', true],
    ['contacts.erase', false],
    ['toString', false],
    ['constructor', false],
    ['__proto__', false],
    ['', false],
    [undefined, false],
    [{ toString: () => 'session.get' }, false],
    [['session.get'], false],
  ])('%j is one: %s', (name, isOne) => {
    expect(isCallName(name)).toBe(isOne)
  })
})
