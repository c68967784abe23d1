import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'

/** What the application can be told at its start. `npm start -- --help` lists them for people. */
export interface Options {
  readonly folder: string
  /** Address of the service, or `none`; undefined for what was enrolled. */
  readonly central: string | undefined
  readonly enrol: string | undefined
  readonly user: string | undefined
  /** Whether an empty store without a service gets the demo office. */
  readonly hasDemo: boolean
  readonly people: number
  readonly contactsPerPerson: number
  readonly seed: number
  /** Stop when the standard input ends: the launcher that opened it has gone. */
  readonly stopWithStdin: boolean
}

function number(from: number, to: number) {
  const wanted = `give a number from ${from} to ${to}`
  const digits = z.string(wanted).regex(/^\d+$/, wanted)
  return digits.transform(Number).refine(value => value >= from && value <= to, wanted)
}

const ADDRESS_WANTED = 'give the address of the service, or none'

const isServiceOrNone = (value: string): boolean =>
  value === 'none' || z.url({ protocol: /^https?$/ }).safeParse(value).success

const values = z.object({
  'user-data-dir': z.string().min(1).optional(),
  central: z
    .string(ADDRESS_WANTED)
    .refine(isServiceOrNone, ADDRESS_WANTED)
    .transform(address => address.replace(/\/+$/, '')) // paths are put behind it
    .optional(),
  enrol: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
  'no-demo': z.boolean().default(false),
  people: number(1, 20_000).default(40),
  'contacts-per-person': number(1, 1_000).default(60),
  seed: number(0, 2_147_483_647).default(1),
  'stop-with-stdin': z.boolean().default(false),
})

/** A flag that cannot be read: names it and says what would be right. */
export class OptionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'OptionError'
  }
}

/**
 * Reads the flags after the program's own arguments. Flags that belong to Chromium are left to it.
 *
 * @throws OptionError
 */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const { values: raw } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      'user-data-dir': { type: 'string' },
      central: { type: 'string' },
      enrol: { type: 'string' },
      user: { type: 'string' },
      'no-demo': { type: 'boolean' },
      people: { type: 'string' },
      'contacts-per-person': { type: 'string' },
      seed: { type: 'string' },
      'stop-with-stdin': { type: 'boolean' },
    },
  })
  const read = values.safeParse(raw)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new OptionError(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`)
  }
  const { 'user-data-dir': folder, 'no-demo': noDemo, 'contacts-per-person': contactsPerPerson, ...rest } = read.data
  return {
    folder: folder ?? dataFolder(env),
    hasDemo: !noDemo,
    contactsPerPerson,
    central: rest.central,
    enrol: rest.enrol,
    user: rest.user,
    people: rest.people,
    seed: rest.seed,
    stopWithStdin: rest['stop-with-stdin'],
  }
}

/** Not roaming: the store belongs to this PC. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  // Set to nothing counts as not set, or the data would lie in whatever folder is the current one.
  const base = env['LOCALAPPDATA'] || env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share')
  return join(base, 'holdfast')
}
