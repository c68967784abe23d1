import type { Actor } from '../../../shared/access/actor.ts'
import type { Changed, Input } from '../../../shared/ipc/contract.ts'
import type { Reference, WindowReference } from '../../../shared/features/reference/reference.ts'
import {
  damagedStore,
  settings,
  type DamagedStore,
  type Session,
  type Settings,
} from '../../../shared/features/session/sessionContract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { inTransaction, type Database } from '../../../db/database.ts'
import { readSetting, removeSetting, writeSetting } from '../../../db/features/session/sessionRepository.ts'

interface SessionDeps {
  readonly db: Database
  readonly reference: Reference
  readonly officeName: string
  readonly isDemo: boolean
  readonly hasCentre: boolean
  readonly version: string
  readonly changed: (changed: Changed) => void
}

const DEFAULTS: Settings = { singleKeys: true, colourScheme: 'auto' }

/** Who is signed in, with which settings, and what this PC must tell them. */
export function createSessionService(deps: SessionDeps) {
  const { db, reference, officeName, isDemo, hasCentre, version, changed } = deps

  const readSettings = (): Settings => settings.parse({ ...DEFAULTS, ...Object(readSetting(db, 'window') ?? {}) })
  const readDamage = (): DamagedStore | null => damagedStore.nullable().parse(readSetting(db, 'damage') ?? null)

  return {
    get: ({ userId, userName, role }: Actor): Session => ({
      userId,
      userName,
      role,
      officeName,
      isDemo,
      hasCentre,
      version,
      settings: readSettings(),
      damaged: readDamage(),
    }),

    set(wanted: Input<'session.set'>): Result<Settings> {
      const merged = settings.parse({ ...readSettings(), ...wanted })
      inTransaction(db, tx => {
        writeSetting(tx, 'window', merged)
      })
      changed({ topic: 'session' })
      return ok(merged)
    },

    acknowledgeDamage(): Result<null> {
      inTransaction(db, tx => {
        removeSetting(tx, 'damage')
      })
      changed({ topic: 'session' })
      return ok(null)
    },

    reference: (): Result<WindowReference> =>
      ok({
        contactTypes: [...reference.contactTypes.values()],
        outcomes: [...reference.outcomes.values()],
        registers: [...reference.registers.values()],
        sentences: [...reference.sentences.values()],
        documentTypes: [...reference.documentTypes.values()],
        holidays: [...reference.holidays],
        holidaysKnownUntil: reference.holidaysKnownUntil,
      }),
  }
}
