import type { ContactDraft } from '../../../shared/features/forms/formsContract.ts'
import type { Input } from '../../../shared/ipc/contract.ts'
import { londonTime } from '../../../shared/time.ts'
import { alert } from '../../app/announce.ts'
import { call } from '../../app/api.ts'
import { diskText, errorText } from '../../app/errorText.ts'
import { createStore, type Store } from '../../app/store.ts'
import { draftKeptText } from './recordText.ts'

const RETRY_MS = 5_000

export interface DraftNews {
  readonly text: string
  readonly isTrouble: boolean
}

/** Whose draft it is. */
export type DraftPlace = Omit<Input<'forms.keepDraft'>, 'body'>

/** Keeps what is on the record screen as a draft. It lives beside React: typing must not wait for rendering. */
export interface DraftKeeper {
  readonly news: Store<DraftNews>
  /** Something was typed or chosen. */
  readonly touch: () => void
  /** Keeps what `bodyNow` gives, where something changed since the last time. */
  readonly keep: (bodyNow: () => ContactDraft) => Promise<void>
  /** Keeps nothing any more; waits for a keep that is under way. */
  readonly stop: () => Promise<void>
  /** Keeps again, after a save that was refused. */
  readonly goOn: () => void
}

/** @param keptAt when the draft that the screen began with was kept; null where there was none. */
export function createDraftKeeper(place: DraftPlace, keptAt: number | null): DraftKeeper {
  const news = createStore<DraftNews>({ text: keptAt === null ? '' : keptText(keptAt), isTrouble: false })
  let isChanged = false
  let isStopped = false
  let notBefore = 0
  let underWay: Promise<void> = Promise.resolve()

  async function send(bodyNow: () => ContactDraft) {
    if (!isChanged || isStopped) return
    isChanged = false
    const kept = await call('forms.keepDraft', { ...place, body: bodyNow() })
    if (kept.ok) return news.set({ text: keptText(kept.value.savedAt), isTrouble: false })
    isChanged = true
    notBefore = Date.now() + RETRY_MS
    const why = kept.error.code === 'not-saved' ? diskText[kept.error.cause] : errorText(kept.error)
    const text = `Draft not kept on disk. ${why} It is kept in memory and tried every 5 seconds.`
    if (!news.get().isTrouble) alert(text)
    news.set({ text, isTrouble: true })
  }

  return {
    news,
    touch() {
      isChanged = true
    },
    keep(bodyNow) {
      if (Date.now() >= notBefore) underWay = underWay.then(() => send(bodyNow))
      return underWay
    },
    stop() {
      isStopped = true
      return underWay
    },
    goOn() {
      isStopped = false
      isChanged = true
    },
  }
}

const keptText = (at: number): string =>
  draftKeptText(`${londonTime(at)}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`)
