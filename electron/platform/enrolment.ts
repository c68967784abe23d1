import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { role } from '../../shared/sync/protocol.ts'
import { demoOfficer, demoUserIds } from '../demoOfficer.ts'
import { createCentralClient } from '../sync/centralClient.ts'
import type { Enrolment } from '../engine/messages.ts'
import type { Network } from '../engine/ports.ts'
import type { Options } from './options.ts'
import { readSecret, SecretUnreadableError, writeSecret, type SafeStorage } from './secretFiles.ts'

const enrolmentFile = z.strictObject({
  actor: z.strictObject({ userId: z.string(), userName: z.string(), role, deviceId: z.string() }),
  officeName: z.string(),
  isDemo: z.boolean(),
  centre: z.strictObject({ url: z.url(), token: z.string(), centreId: z.string() }).nullable(),
})

/** Why nobody could be enrolled: what to tell and what to do. */
export class EnrolmentError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EnrolmentError'
  }
}

interface EnrolmentDeps {
  readonly folder: string
  readonly options: Pick<Options, 'enrol' | 'central' | 'user'>
  readonly safeStorage: SafeStorage
  readonly network: Network
}

/**
 * Who works on this PC: by a new token, by what was enrolled before, or the demo officer where there is no service.
 *
 * @throws EnrolmentError
 */
export async function findEnrolment(deps: EnrolmentDeps): Promise<Enrolment> {
  const { options } = deps
  if (options.enrol !== undefined) return enrolByToken(deps, options.enrol)
  const known = readKnown(deps)
  if (known) return options.central === undefined ? known : withCentre(deps, known, options.central)
  if (options.central === 'none') return remember(deps, localOfficer(options.user))
  throw new EnrolmentError(
    'Nobody is enrolled in this data folder. Start with --enrol TOKEN --central URL (npm run central -- enrol --user NAME prints a token), or with --central none.',
  )
}

/** Folder of one officer's store and secrets. */
export const officerFolder = (folder: string, userId: string): string => join(folder, 'officers', userId)

const enrolmentPath = (folder: string, userId: string): string => join(officerFolder(folder, userId), 'enrolment.json')

async function enrolByToken(deps: EnrolmentDeps, token: string): Promise<Enrolment> {
  const url = deps.options.central
  if (url === undefined || url === 'none')
    throw new EnrolmentError('--enrol needs --central URL: the address of the service that made the token.')
  const reply = await createCentralClient(deps.network, url, token).hello()
  if (reply.is === 'refused' && reply.status === 401)
    throw new EnrolmentError(
      'The service does not know this token. Make a new one: npm run central -- enrol --user NAME.',
    )
  if (reply.is !== 'answer')
    throw new EnrolmentError(`The service at ${url} did not answer. Enrolling needs it once; start it, then try again.`)
  const { user, device, office, centreId } = reply.data
  assertSameCentre(deps, user.id, centreId)
  return remember(deps, {
    actor: { userId: user.id, userName: user.name, role: user.role, deviceId: device.id },
    officeName: office.name,
    isDemo: office.isDemo,
    centre: { url, token, centreId },
  })
}

/** The store of an officer holds the data of one centre, and sends unsent work to no other. */
function assertSameCentre(deps: EnrolmentDeps, userId: string, centreId: string): void {
  const known = readIfPossible(deps, userId)
  if (!known || known.centre?.centreId === centreId) return
  const where = known.centre ? `with another service, ${known.centre.url}` : 'without a service'
  throw new EnrolmentError(
    `${userId} already works ${where}, in ${deps.folder}. Enrol in another folder, with --user-data-dir.`,
  )
}

/** Of an enrolment that cannot be read nothing is known; the store itself still knows its centre. */
function readIfPossible(deps: EnrolmentDeps, userId: string): Enrolment | undefined {
  try {
    return readOf(deps, userId)
  } catch (error) {
    if (error instanceof EnrolmentError) return undefined
    throw error
  }
}

function remember({ folder, safeStorage }: EnrolmentDeps, enrolment: Enrolment): Enrolment {
  writeSecret(safeStorage, enrolmentPath(folder, enrolment.actor.userId), JSON.stringify(enrolment))
  return enrolment
}

/** The officer asked for, else the one who was enrolled last. */
function readKnown(deps: EnrolmentDeps): Enrolment | undefined {
  const userId = deps.options.user ?? lastEnrolled(deps.folder)
  return userId === undefined ? undefined : readOf(deps, userId)
}

function readOf({ folder, safeStorage }: EnrolmentDeps, userId: string): Enrolment | undefined {
  const stored = readStored(safeStorage, enrolmentPath(folder, userId))
  return stored === undefined ? undefined : enrolmentFile.parse(JSON.parse(stored))
}

function readStored(safeStorage: SafeStorage, path: string): string | undefined {
  try {
    return readSecret(safeStorage, path)
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error
    throw new EnrolmentError(
      `${path} cannot be read by this user on this PC; it was left as it is. Start as the user who enrolled, or enrol again with --enrol TOKEN --central URL.`,
    )
  }
}

function lastEnrolled(folder: string): string | undefined {
  const officers = join(folder, 'officers')
  if (!existsSync(officers)) return undefined
  const enrolled = readdirSync(officers).filter(userId => existsSync(enrolmentPath(folder, userId)))
  const age = (userId: string): number => statSync(enrolmentPath(folder, userId)).mtimeMs
  return enrolled.toSorted((a, b) => age(b) - age(a))[0]
}

/** The same office at another address, or for this run without a line to it. */
function withCentre({ folder }: EnrolmentDeps, known: Enrolment, central: string): Enrolment {
  if (central === 'none') return { ...known, centre: null }
  if (known.centre) return { ...known, centre: { ...known.centre, url: central } }
  throw new EnrolmentError(
    `${known.actor.userId} works without a service in ${folder}. Start with --central none, or choose another folder for the service, with --user-data-dir.`,
  )
}

function localOfficer(wanted: string | undefined): Enrolment {
  const officer = demoOfficer(wanted)
  if (!officer) throw new EnrolmentError(`--user ${wanted ?? ''}: the demo office has ${demoUserIds.join(', ')}.`)
  return officer
}
