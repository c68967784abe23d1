import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { DemoSize } from './demoOffice.ts'
import type { DatabasePlace } from './openCentral.ts'

const LOG_LEVELS = ['error', 'warn', 'info'] as const
type LogLevel = (typeof LOG_LEVELS)[number]

/** What was asked for on the command line. */
export type Command =
  | { readonly name: 'help' }
  | {
      readonly name: 'serve'
      readonly place: DatabasePlace
      readonly host: string
      readonly port: number
      readonly stopWithStdin: boolean
      readonly logLevel: LogLevel
      /** How large the demo office of an empty centre is to be; null for none. */
      readonly demo: DemoSize | null
    }
  | { readonly name: 'enrol'; readonly place: DatabasePlace; readonly user: string }
  | { readonly name: 'devices'; readonly place: DatabasePlace }
  | { readonly name: 'restored'; readonly place: DatabasePlace }
  | { readonly name: 'purges'; readonly place: DatabasePlace; readonly confirm: string | null }
  /** `caseId`: whose work to print; null for a list of the cases. */
  | { readonly name: 'late'; readonly place: DatabasePlace; readonly caseId: string | null }
  | ({ readonly name: 'demo'; readonly place: DatabasePlace } & DemoSize)
  /** It cannot be done as asked; the sentence says why. */
  | { readonly name: 'wrong'; readonly problem: string }

export const HELP = `
The central service of Holdfast: takes what workstations record and gives it out again.

  npm run central -- [serve]        Run the service until Ctrl-C
      --port N                      Listen on this port; 0 for any free one (PORT, or 8440)
      --host HOST                   Listen on this address (127.0.0.1: this machine only)
      --log-level LEVEL             error, warn or info (a line for each request), to standard error (warn)
      --stop-with-stdin             Stop when standard input ends
      --demo                        First fill an empty centre with the demo office, as below
  npm run central -- enrol          Make a device for a user and print its token
      --user NAME                   The user's id, for example morgan.ashby
  npm run central -- devices        List the devices, with those that somebody should ask after
  npm run central -- demo           Fill an empty centre with the demo office
      --people N                    People on the caseload (40)
      --contacts-per-person N       Contacts of each, on average (60)
      --seed N                      The same number gives the same office (1)
  npm run central -- purges         List the workstations that still have cases which were taken away
      --confirm USER                Let this user's workstations purge what they hold back because it is so much
  npm run central -- late           List cases with work that came too late to become a record
      --case ID                     Print that of one case, for whoever has it now
  npm run central -- restored       Once after its database was put back from a backup, before it serves

For all of them:
      --data-folder DIR             PostgreSQL of our own, with its data in this folder
      --help                        This text
The database is the one at DATABASE_URL, if that is set and no --data-folder is given; else PostgreSQL of our own.
`

type Options = NonNullable<ParseArgsConfig['options']>
type Values = ReturnType<typeof parseArgs>['values']

const text = { type: 'string' } as const
const yes = { type: 'boolean' } as const
const size = { people: text, 'contacts-per-person': text, seed: text } as const
const options: Readonly<Record<'serve' | 'enrol' | 'devices' | 'demo' | 'purges' | 'late' | 'restored', Options>> = {
  serve: { 'data-folder': text, port: text, host: text, 'log-level': text, 'stop-with-stdin': yes, demo: yes, ...size },
  enrol: { 'data-folder': text, user: text },
  devices: { 'data-folder': text },
  demo: { 'data-folder': text, ...size },
  purges: { 'data-folder': text, confirm: text },
  late: { 'data-folder': text, case: text },
  restored: { 'data-folder': text },
}

const isKnown = (name: string): name is keyof typeof options => Object.hasOwn(options, name)
const wrong = (problem: string): Command => ({ name: 'wrong', problem })

/** Reads the command line. Nothing is tried yet: a folder or an address may still turn out to be of no use. */
export function readCommand(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  if (args.includes('--help')) return { name: 'help' }
  const [first = ''] = args
  const name = first === '' || first.startsWith('-') ? 'serve' : first
  if (!isKnown(name)) return wrong(`There is no command '${name}'`)
  const values = readValues(args.slice(name === first ? 1 : 0), options[name])
  if (typeof values === 'string') return wrong(values)
  const place = readPlace(values, env)
  return typeof place === 'string' ? wrong(place) : commandOf(name, values, place, env)
}

/** @returns the values, or what is wrong with the flags. */
function readValues(args: readonly string[], known: Options): Values | string {
  try {
    return parseArgs({ args: [...args], options: known, strict: true }).values
  } catch (error) {
    // Node names the flag in its first sentence; the rest is advice that does not fit.
    return error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error)
  }
}

/** A flag says more than the environment, which may be that of some other program. */
function readPlace(values: Values, env: NodeJS.ProcessEnv): DatabasePlace | string {
  const folder = values['data-folder']
  if (typeof folder === 'string') return { dataFolder: resolve(folder) }
  const { DATABASE_URL: url } = env
  if (!url) return { dataFolder: join(userDataFolder(env), 'holdfast', 'central') }
  const isPostgres = URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)
  return isPostgres
    ? { url }
    : 'DATABASE_URL is no address of a PostgreSQL database (postgresql://user:password@host/name)'
}

function userDataFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local')
  return env.XDG_DATA_HOME || join(homedir(), '.local', 'share')
}

function commandOf(name: keyof typeof options, values: Values, place: DatabasePlace, env: NodeJS.ProcessEnv): Command {
  if (name === 'enrol') {
    return typeof values.user === 'string' ? { name, place, user: values.user } : wrong('Whom? Give --user NAME')
  }
  if (name === 'restored' || name === 'devices') return { name, place }
  if (name === 'purges') return { name, place, confirm: typeof values.confirm === 'string' ? values.confirm : null }
  if (name === 'late') return { name, place, caseId: typeof values.case === 'string' ? values.case : null }
  const demo = readSize(values)
  if (typeof demo === 'string') return wrong(demo)
  return name === 'demo' ? { name, place, ...demo } : readServe(values, place, env, demo)
}

function readServe(values: Values, place: DatabasePlace, env: NodeJS.ProcessEnv, size: DemoSize): Command {
  const usesEnv = values.port === undefined && Boolean(env.PORT)
  const port = readNumber(usesEnv ? 'PORT' : '--port', usesEnv ? env.PORT : values.port, { usual: 8440, max: 65_535 })
  const { host = '127.0.0.1', 'log-level': level = 'warn' } = values
  const logLevel = LOG_LEVELS.find(one => one === level)
  const lonely = ['people', 'contacts-per-person', 'seed'].find(flag => values[flag] !== undefined)
  if (typeof port === 'string') return wrong(port)
  if (!logLevel) return wrong(`--log-level is one of ${LOG_LEVELS.join(', ')}`)
  if (lonely !== undefined && values.demo !== true) return wrong(`--${lonely} goes with --demo`)
  return {
    name: 'serve',
    place,
    host: String(host),
    port,
    stopWithStdin: values['stop-with-stdin'] === true,
    logLevel,
    demo: values.demo === true ? size : null,
  }
}

/** @returns the size, or what is wrong with it. */
function readSize(values: Values): DemoSize | string {
  const people = readNumber('--people', values.people, { usual: 40, max: 100_000 })
  const contacts = readNumber('--contacts-per-person', values['contacts-per-person'], { usual: 60, max: 10_000 })
  const seed = readNumber('--seed', values.seed, { usual: 1, max: 4_294_967_295 })
  if (typeof people === 'string') return people
  if (typeof contacts === 'string') return contacts
  return typeof seed === 'string' ? seed : { people, contactsPerPerson: contacts, seed }
}

/** @returns the number, or a sentence on what is wrong with it. */
function readNumber(
  flag: string,
  given: Values[string],
  { usual, max }: { readonly usual: number; readonly max: number },
): number | string {
  if (given === undefined) return usual
  const isNumber = typeof given === 'string' && /^\d{1,10}$/.test(given) && Number(given) <= max
  return isNumber ? Number(given) : `${flag} is a whole number from 0 to ${max}`
}
