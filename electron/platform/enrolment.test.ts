import { readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION, SERVICE_HEADER, SERVICE_NAME } from '../../shared/sync/protocol.ts'
import { developmentSafeStorage } from '../../tests/browser-shell/safeStorage.ts'
import { anId, dev, morgan } from '../../tests/support/builders.ts'
import { noNetwork } from '../../tests/support/ports.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import type { Actor } from '../../shared/access/actor.ts'
import type { Network, NetworkRequest } from '../engine/ports.ts'
import { EnrolmentError, findEnrolment, officerFolder } from './enrolment.ts'
import { readSecret, type SafeStorage } from './secretFiles.ts'

const URL_OF_CENTRE = 'https://holdfast.test'
const CENTRE_ID = anId()

type Choice = Partial<Parameters<typeof findEnrolment>[0]['options']>

/** A data folder on which Holdfast is started again and again. */
function aPc() {
  const folder = aFolder()
  const keys = aFolder()
  const safeStorage: SafeStorage = { ...developmentSafeStorage(() => keys), label: 'development' }
  const start = (choice: Choice, network: Network = noNetwork) =>
    findEnrolment({
      folder,
      safeStorage,
      network,
      options: { enrol: undefined, central: undefined, user: undefined, ...choice },
    })
  const fileOf = (userId: string): string => join(officerFolder(folder, userId), 'enrolment.json')
  const enrolled = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.json'))
  return { folder, safeStorage, start, fileOf, enrolled }
}

/** A service that answers each request so, and what it was asked. */
function aCentre(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const asked: NetworkRequest[] = []
  const network: Network = {
    request(request) {
      asked.push(request)
      const own = { [SERVICE_HEADER]: SERVICE_NAME, ...headers }
      return Promise.resolve({ status, headers: own, body: Buffer.from(JSON.stringify(body)) })
    },
  }
  return { asked, network }
}

const helloTo = ({ userId, userName, role, deviceId }: Actor) => ({
  service: SERVICE_NAME,
  protocol: PROTOCOL_VERSION,
  centreId: CENTRE_ID,
  serverTime: Date.parse('2026-03-02T10:15:00Z'),
  user: { id: userId, name: userName, role },
  device: { id: deviceId, incarnation: 1 },
  office: { name: 'Northfold', isDemo: false },
})

const enrolmentOf = (actor: Actor, token: string) => ({
  actor,
  officeName: 'Northfold',
  isDemo: false,
  centre: { url: URL_OF_CENTRE, token, centreId: CENTRE_ID },
})

const byToken = (token: string) => ({ enrol: token, central: URL_OF_CENTRE })

describe('enrolling with a token', () => {
  it('asks the service who it stands for, once, and takes the officer and the PC from its answer', async () => {
    const { start } = aPc()
    const { network, asked } = aCentre(200, helloTo(dev))

    const enrolment = await start({ ...byToken('tok-1'), user: morgan.userId }, network)

    expect(enrolment).toEqual(enrolmentOf(dev, 'tok-1'))
    expect(asked).toMatchObject([
      { method: 'GET', url: `${URL_OF_CENTRE}/v1/hello`, body: null, headers: { authorization: 'Bearer tok-1' } },
    ])
  })

  it('is remembered for the next start, without a line, in a file that shows nothing of it', async () => {
    const { start, fileOf } = aPc()
    await start(byToken('tok-secret'), aCentre(200, helloTo(morgan)).network)

    const again = await start({})

    expect(again).toEqual(enrolmentOf(morgan, 'tok-secret'))
    const stored = readFileSync(fileOf(morgan.userId))
    for (const word of ['tok-secret', 'Morgan', 'Northfold', CENTRE_ID]) expect(stored.includes(word)).toBe(false)
    expect(statSync(fileOf(morgan.userId)).mode & 0o777).toBe(0o600)
  })

  it('takes the place of the token before, for the same officer', async () => {
    const { start, enrolled } = aPc()
    await start(byToken('tok-1'), aCentre(200, helloTo(morgan)).network)
    await start(byToken('tok-2'), aCentre(200, helloTo(morgan)).network)

    expect(await start({})).toEqual(enrolmentOf(morgan, 'tok-2'))
    expect(enrolled()).toHaveLength(1)
  })

  it('is refused at another centre: the store of the officer is of the first', async () => {
    const { start, folder } = aPc()
    await start(byToken('tok-1'), aCentre(200, helloTo(morgan)).network)
    const other = { enrol: 'tok-2', central: 'https://other.test' }

    const starting = start(other, aCentre(200, { ...helloTo(morgan), centreId: anId() }).network)

    await expect(starting).rejects.toBeInstanceOf(EnrolmentError)
    await expect(starting).rejects.toThrow(`with another service, ${URL_OF_CENTRE}, in ${folder}`)
    await expect(starting).rejects.toThrow('--user-data-dir')
    expect(await start({})).toEqual(enrolmentOf(morgan, 'tok-1'))
  })

  it('is refused where the officer works without a service: those cases are of no centre', async () => {
    const { start } = aPc()
    const local = await start({ central: 'none' })

    const starting = start(byToken('tok-1'), aCentre(200, helloTo(morgan)).network)

    await expect(starting).rejects.toThrow(/without a service, in .*--user-data-dir/)
    expect(await start({})).toEqual(local)
  })

  const wrongToken = { code: 'WRONG_TOKEN', field: null, message: '' }
  const otherPage = { status: 200, body: '<!doctype html>', headers: { [SERVICE_HEADER]: '' } }
  it.each<[string, Choice, Network, RegExp]>([
    [
      'a token that the service does not know',
      byToken('t'),
      aCentre(401, wrongToken).network,
      /does not know this token/,
    ],
    ['a line that is down', byToken('t'), noNetwork, /https:\/\/holdfast\.test did not answer/],
    ['a fault of the service', byToken('t'), aCentre(500, { ...wrongToken, code: 'FAULT' }).network, /did not answer/],
    [
      'a page of something in between',
      byToken('t'),
      aCentre(otherPage.status, otherPage.body, otherPage.headers).network,
      /did not answer/,
    ],
    ['an answer of another shape', byToken('t'), aCentre(200, { user: 'Morgan' }).network, /did not answer/],
    [
      'an officer whose name would leave the data folder',
      byToken('t'),
      aCentre(200, helloTo({ ...morgan, userId: '../../morgan' })).network,
      /did not answer/,
    ],
    ['no address', { enrol: 't' }, aCentre(200, helloTo(morgan)).network, /--enrol needs --central URL/],
    [
      'no service',
      { enrol: 't', central: 'none' },
      aCentre(200, helloTo(morgan)).network,
      /--enrol needs --central URL/,
    ],
  ])('is refused with %s: says what to do, and remembers nobody', async (_what, choice, network, message) => {
    const { start, enrolled } = aPc()

    const enrolling = start(choice, network)

    await expect(enrolling).rejects.toBeInstanceOf(EnrolmentError)
    await expect(enrolling).rejects.toThrow(message)
    expect(enrolled()).toEqual([])
  })

  it('that fails leaves the enrolment before as it was', async () => {
    const { start } = aPc()
    await start(byToken('tok-1'), aCentre(200, helloTo(morgan)).network)

    await expect(start(byToken('tok-2'), aCentre(401, wrongToken).network)).rejects.toThrow()

    expect(await start({})).toEqual(enrolmentOf(morgan, 'tok-1'))
  })
})

describe('starting on a PC where officers are enrolled', () => {
  const twoOfficers = async () => {
    const pc = aPc()
    await pc.start(byToken('tok-m'), aCentre(200, helloTo(morgan)).network)
    await pc.start(byToken('tok-d'), aCentre(200, helloTo(dev)).network)
    utimesSync(pc.fileOf(morgan.userId), 2_000, 2_000)
    utimesSync(pc.fileOf(dev.userId), 1_000, 1_000)
    return pc
  }

  it('goes on as the officer asked for, else as the one enrolled last', async () => {
    const { start } = await twoOfficers()

    expect((await start({ user: dev.userId })).actor).toEqual(dev)
    expect((await start({})).actor).toEqual(morgan)
  })

  it('uses the service at another address with the same token, for this run alone', async () => {
    const { start } = await twoOfficers()

    const { centre } = await start({ central: 'https://moved.test' })

    expect(centre).toEqual({ url: 'https://moved.test', token: 'tok-m', centreId: CENTRE_ID })
    expect((await start({})).centre?.url).toBe(URL_OF_CENTRE)
  })

  it('can be told to use no service, for this run alone', async () => {
    const { start } = await twoOfficers()

    expect(await start({ central: 'none' })).toEqual({ ...enrolmentOf(morgan, 'tok-m'), centre: null })
    expect((await start({})).centre?.token).toBe('tok-m')
  })

  it('names both ways on where a service is given to an officer who has none', async () => {
    const { start, folder } = aPc()
    await start({ central: 'none' })

    const starting = start({ central: URL_OF_CENTRE })

    await expect(starting).rejects.toBeInstanceOf(EnrolmentError)
    await expect(starting).rejects.toThrow(`without a service in ${folder}. Start with --central none, or`)
    await expect(starting).rejects.toThrow('--user-data-dir')
  })

  it('names the file and what to do where Windows no longer reads it, and leaves it as it is', async () => {
    const { start, fileOf } = await twoOfficers()
    const theirs = aPc()
    await theirs.start(byToken('tok-x'), aCentre(200, helloTo(morgan)).network)
    writeFileSync(fileOf(morgan.userId), readFileSync(theirs.fileOf(morgan.userId)))
    const before = readFileSync(fileOf(morgan.userId), 'utf8')

    const starting = start({ user: morgan.userId })

    await expect(starting).rejects.toBeInstanceOf(EnrolmentError)
    await expect(starting).rejects.toThrow(fileOf(morgan.userId))
    await expect(starting).rejects.toThrow('--enrol')
    expect(readFileSync(fileOf(morgan.userId), 'utf8')).toBe(before)
    expect(await start(byToken('tok-n'), aCentre(200, helloTo(morgan)).network)).toEqual(enrolmentOf(morgan, 'tok-n'))
  })
})

describe('starting on a PC where nobody is enrolled', () => {
  it.each<[string, Choice]>([
    ['nothing said', {}],
    ['an address alone', { central: URL_OF_CENTRE }],
    ['an officer alone', { user: morgan.userId }],
  ])('is refused with %s, and says both ways to begin', async (_what, choice) => {
    const { start, enrolled } = aPc()

    await expect(start(choice)).rejects.toThrow(/Nobody is enrolled.*--enrol TOKEN --central URL.*--central none/)
    expect(enrolled()).toEqual([])
  })

  it('takes the first demo officer without a service, or the one asked for, and remembers it', async () => {
    const { start, fileOf, safeStorage } = aPc()

    const first = await start({ central: 'none' })
    const other = await start({ central: 'none', user: dev.userId })

    expect(first).toMatchObject({ actor: { userId: morgan.userId, deviceId: 'local' }, isDemo: true, centre: null })
    expect(other.actor.userId).toBe(dev.userId)
    expect(JSON.parse(readSecret(safeStorage, fileOf(dev.userId)) ?? '')).toEqual(other)
  })

  it('names the demo officers when asked for another', async () => {
    const { start, enrolled } = aPc()

    const starting = start({ central: 'none', user: 'nobody.here' })

    await expect(starting).rejects.toBeInstanceOf(EnrolmentError)
    await expect(starting).rejects.toThrow(/--user nobody\.here: .*morgan\.ashby, dev\.larkhill/)
    expect(enrolled()).toEqual([])
  })
})
