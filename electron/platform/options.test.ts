import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataFolder, OptionError, readOptions, type Options } from './options.ts'

const read = (...args: readonly string[]) => readOptions(args, {})

describe('reading the flags', () => {
  it('without any: what was enrolled, and a demo office of 40 people in an empty store', () => {
    expect(readOptions([], { XDG_DATA_HOME: join('/data') })).toEqual({
      folder: join('/data/holdfast'),
      central: undefined,
      enrol: undefined,
      user: undefined,
      hasDemo: true,
      people: 40,
      contactsPerPerson: 60,
      seed: 1,
      stopWithStdin: false,
    })
  })

  it.each<[string, readonly string[], Partial<Options>]>([
    ['a data folder', ['--user-data-dir', '/somewhere'], { folder: '/somewhere' }],
    ['no service', ['--central', 'none'], { central: 'none' }],
    ['a service', ['--central', 'https://holdfast.test'], { central: 'https://holdfast.test' }],
    ['a service below a path', ['--central=http://10.0.0.7:8080/hf'], { central: 'http://10.0.0.7:8080/hf' }],
    ['an address that ends with a slash', ['--central', 'http://10.0.0.7:8080/'], { central: 'http://10.0.0.7:8080' }],
    ['a token', ['--enrol', 'abc-DEF_1'], { enrol: 'abc-DEF_1' }],
    ['an officer', ['--user', 'dev.larkhill'], { user: 'dev.larkhill' }],
    ['no demo office', ['--no-demo'], { hasDemo: false }],
    [
      'a demo office of another size',
      ['--people', '3', '--contacts-per-person', '5', '--seed', '0'],
      { people: 3, contactsPerPerson: 5, seed: 0 },
    ],
    ['an end with the launcher', ['--stop-with-stdin'], { stopWithStdin: true }],
    ['flags of Chromium, which are left to it', ['--disable-gpu', '--lang=cy', '--people', '3'], { people: 3 }],
  ])('takes %s', (_what, args, expected) => {
    expect(read(...args)).toMatchObject(expected)
  })

  it.each([
    ['--people', '1', true],
    ['--people', '0', false],
    ['--people', '20000', true],
    ['--people', '20001', false],
    ['--contacts-per-person', '1000', true],
    ['--contacts-per-person', '1001', false],
    ['--seed', '2147483647', true],
    ['--seed', '2147483648', false],
    ['--people', 'many', false],
    ['--people', '3.5', false],
    ['--people', '-3', false],
    ['--people', '', false],
    ['--people', ' ', false],
    ['--people', '0x10', false],
  ])('%s "%s": can be read is %s', (flag, value, isRead) => {
    const reading = expect(() => read(`${flag}=${value}`))

    if (isRead) reading.not.toThrow()
    else reading.toThrow(new RegExp(`^${flag}: give a number from [01] to \\d+$`))
  })

  it.each([
    [['--central', 'here'], '--central: give the address of the service, or none'],
    [['--central', 'ftp://holdfast.test'], '--central: give the address of the service, or none'],
    [['--central', 'file:///etc/passwd'], '--central: give the address of the service, or none'],
    [['--central'], '--central: give the address of the service, or none'],
    [['--people'], '--people: give a number from 1 to 20000'],
    [['--user='], '--user: '],
    [['--enrol'], '--enrol: '],
    [['--user-data-dir='], '--user-data-dir: '],
    [['--no-demo=no'], '--no-demo: '],
  ])('refuses %j and names the flag', (args, message) => {
    const reading = () => read(...args)

    expect(reading).toThrow(OptionError)
    expect(reading).toThrow(message)
  })
})

describe('the data folder', () => {
  it.each([
    ['that of this PC on Windows, never the roaming one', { LOCALAPPDATA: 'L', APPDATA: 'R', XDG_DATA_HOME: 'X' }, 'L'],
    ['what the desktop says on Linux', { XDG_DATA_HOME: 'X' }, 'X'],
    ['the usual one where nothing says', {}, join(homedir(), '.local', 'share')],
    [
      'the usual one where nothing is said',
      { LOCALAPPDATA: '', XDG_DATA_HOME: '' },
      join(homedir(), '.local', 'share'),
    ],
  ])('is %s', (_which, env, expected) => {
    expect(dataFolder(env)).toBe(join(expected, 'holdfast'))
  })
})
