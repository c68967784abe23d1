import type { ContactDraft } from '../../../shared/features/forms/formsContract.ts'
import type { Input } from '../../../shared/ipc/contract.ts'
import { londonTime } from '../../../shared/time.ts'
import type { AppError } from '../../../shared/result.ts'
import { alert } from '../../app/announce.ts'
import { call } from '../../app/api.ts'
import { diskText, errorText } from '../../app/errorText.ts'
import { createStore, type Store } from '../../app/store.ts'
import { fullStop } from '../../app/words.ts'
import { draftKeptText, fieldOf, recordProblem } from './recordText.ts'

const RETRY_MS = 5_000

export interface DraftNews {
  readonly text: string
  readonly isTrouble: boolean
}

/** Whose draft it is. */
export type DraftPlace = Omit<Input<'forms.keepDraft'>, 'body'>

type Place = Pick<DraftPlace, 'caseId' | 'appointmentId' | 'mends'>

/** Keeps what is on the record screen as a draft. It lives beside React: typing must not wait for rendering. */
export interface DraftKeeper {
  readonly news: Store<DraftNews>
  /** Something was typed or chosen. */
  readonly touch: () => void
  /** Keeps what `bodyNow` gives, where something changed since the last time. */
  readonly keep: (bodyNow: () => ContactDraft) => Promise<void>
  /** The same, unless the disk said no less than 5 seconds ago. */
  readonly keepInTurn: (bodyNow: () => ContactDraft) => void
  /** Keeps what `bodyNow` gives when the screen goes, and tries again until it is kept. */
  readonly keepLast: (bodyNow: () => ContactDraft) => void
  /** Keeps nothing any more; waits for a keep that is under way. */
  readonly stop: () => Promise<void>
  /** Keeps again, after a save that was refused. */
  readonly goOn: () => void
}

// What screens left behind and no disk has yet, by place.
const unkept = new Map<string, ContactDraft>()

/** What the last screen of this place left behind, where it could not be kept. From here on it is the caller's to keep. */
export function takeUnkept(place: Place): ContactDraft | undefined {
  const body = unkept.get(keyOf(place))
  unkept.delete(keyOf(place))
  return body
}

const keyOf = ({ caseId, appointmentId, mends }: Place): string => [caseId, appointmentId, mends].join(' ')

/** What the screen began with. A draft that was not saved yet is still to be kept. */
export interface Begun {
  readonly isDraft: boolean
  readonly draftSavedAt: number | null
}

export function createDraftKeeper(place: DraftPlace, { isDraft, draftSavedAt }: Begun): DraftKeeper {
  const news = createStore<DraftNews>({ text: draftSavedAt === null ? '' : keptText(draftSavedAt), isTrouble: false })
  let isChanged = isDraft && draftSavedAt === null
  let isStopped = false
  let notBefore = 0
  let last: ContactDraft | null = null
  let underWay: Promise<void> = Promise.resolve()

  async function send(bodyNow: () => ContactDraft) {
    if (!isChanged || isStopped) return
    isChanged = false
    const kept = await call('forms.keepDraft', { ...place, body: bodyNow() })
    if (kept.ok) return news.set({ text: keptText(kept.value.savedAt), isTrouble: false })
    isChanged = true
    notBefore = Date.now() + RETRY_MS
    const text = `Draft not kept on disk. ${fullStop(whyText(kept.error))} It is kept in memory and tried every 5 seconds.`
    if (!news.get().isTrouble) alert(text)
    news.set({ text, isTrouble: true })
  }
  function keep(bodyNow: () => ContactDraft) {
    underWay = underWay.then(() => send(bodyNow))
    return underWay
  }
  async function keepUntilKept(body: ContactDraft) {
    const isStillMine = () => unkept.get(keyOf(place)) === body
    if (isStillMine()) await keep(() => body)
    if (!isStillMine()) return
    if (isChanged) setTimeout(() => void keepUntilKept(body), RETRY_MS)
    else unkept.delete(keyOf(place))
  }
  function leaveBehind(body: ContactDraft) {
    unkept.set(keyOf(place), body)
    void keepUntilKept(body)
  }

  return {
    news,
    touch() {
      isChanged = true
    },
    keep,
    keepInTurn(bodyNow) {
      if (Date.now() >= notBefore) void keep(bodyNow)
    },
    keepLast(bodyNow) {
      last = bodyNow()
      // While it is being saved it waits: it is kept only if the save is refused.
      if (!isStopped) leaveBehind(last)
    },
    stop() {
      isStopped = true
      return underWay
    },
    goOn() {
      isStopped = false
      isChanged = true
      if (last) leaveBehind(last)
    },
  }
}

function whyText(error: AppError): string {
  if (error.code === 'not-saved') return diskText[error.cause]
  if (error.code !== 'invalid-input') return errorText(error)
  return Object.entries(error.fields)
    .map(([path, problem]) => recordProblem(fieldOf(path), problem))
    .join('. ')
}

const keptText = (at: number): string =>
  draftKeptText(`${londonTime(at)}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`)
