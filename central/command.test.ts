import { homedir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { HELP, readCommand } from './command.ts'

const place = { dataFolder: '/data' }
const withFolder = (...args: readonly string[]) => readCommand([...args, '--data-folder', '/data'], {})

describe('the command line', () => {
  it('serves when nothing is said, with the data in the user’s folder', () => {
    expect(readCommand([], { XDG_DATA_HOME: '/x' })).toEqual({
      name: 'serve',
      place: { dataFolder: '/x/holdfast/central' },
      host: '127.0.0.1',
      port: 8440,
      stopWithStdin: false,
      logLevel: 'warn',
      demo: null,
    })
    expect(readCommand(['serve'], {})).toMatchObject({
      place: { dataFolder: `${homedir()}/.local/share/holdfast/central` },
    })
  })

  it.each<[readonly string[], object]>([
    [
      ['serve', '--port', '0', '--host', '::1', '--stop-with-stdin', '--log-level', 'info'],
      { name: 'serve', place, port: 0, host: '::1', stopWithStdin: true, logLevel: 'info' },
    ],
    [['--port=65535'], { name: 'serve', port: 65_535 }],
    [['enrol', '--user', 'morgan.ashby'], { name: 'enrol', place, user: 'morgan.ashby' }],
    [['restored'], { name: 'restored', place }],
    [['purges'], { name: 'purges', place, confirm: null }],
    [['purges', '--confirm', 'morgan.ashby'], { name: 'purges', place, confirm: 'morgan.ashby' }],
    [['late'], { name: 'late', place, caseId: null }],
    [['late', '--case', 'c1'], { name: 'late', place, caseId: 'c1' }],
    [['--demo'], { name: 'serve', demo: { people: 40, contactsPerPerson: 60, seed: 1 } }],
    [['--demo', '--people', '3'], { name: 'serve', demo: { people: 3, contactsPerPerson: 60, seed: 1 } }],
    [['demo'], { name: 'demo', place, people: 40, contactsPerPerson: 60, seed: 1 }],
    [
      ['demo', '--people', '5', '--contacts-per-person', '6', '--seed', '7'],
      { name: 'demo', people: 5, contactsPerPerson: 6, seed: 7 },
    ],
    [['demo', '--help'], { name: 'help' }],
  ])('%j is understood', (args, command) => {
    expect(withFolder(...args)).toMatchObject(command)
  })

  it('takes the port and the database from the environment, and flags before them', () => {
    const env = { PORT: '9000', DATABASE_URL: 'postgresql://me:secret@db.example/holdfast' }

    expect(readCommand([], env)).toMatchObject({ port: 9_000, place: { url: env.DATABASE_URL } })
    expect(readCommand(['--port', '1', '--data-folder', '/data'], env)).toMatchObject({ port: 1, place })
  })

  it.each<[readonly string[], NodeJS.ProcessEnv, string]>([
    [['server'], {}, "There is no command 'server'"],
    [['--pot', '1'], {}, "Unknown option '--pot'"],
    [['enrol', '--port', '1'], {}, "Unknown option '--port'"],
    [['restored', '--user', 'morgan.ashby'], {}, "Unknown option '--user'"],
    [['serve', 'now'], {}, "Unexpected argument 'now'"],
    [['--port'], {}, "Option '--port <value>' argument missing"],
    [['--port', 'x'], {}, '--port is a whole number from 0 to 65535'],
    [['--port', '65536'], {}, '--port is a whole number from 0 to 65535'],
    [[], { PORT: '-1' }, 'PORT is a whole number from 0 to 65535'],
    [['--log-level', 'all'], {}, '--log-level is one of error, warn, info'],
    [['serve', '--people', '3'], {}, '--people goes with --demo'],
    [['enrol'], {}, 'Whom? Give --user NAME'],
    [['demo', '--people', '1.5'], {}, '--people is a whole number from 0 to 100000'],
    [['demo', '--contacts-per-person', '10001'], {}, '--contacts-per-person is a whole number from 0 to 10000'],
    [['demo', '--seed', '-1'], {}, "Option '--seed' argument is ambiguous"],
    [
      [],
      { DATABASE_URL: 'mysql://db' },
      'DATABASE_URL is no address of a PostgreSQL database (postgresql://user:password@host/name)',
    ],
  ])('%j with %j is refused with the reason', (args, env, problem) => {
    expect(readCommand(args, env)).toEqual({ name: 'wrong', problem })
  })

  it('lists every flag in its help', () => {
    const flags = [
      'port',
      'host',
      'log-level',
      'stop-with-stdin',
      'demo',
      'user',
      'people',
      'contacts-per-person',
      'seed',
      'confirm',
      'case',
      'data-folder',
      'help',
    ]

    expect([...HELP.matchAll(/^ +--([a-z-]+)/gm)].map(match => match[1])).toEqual(flags)
  })
})
