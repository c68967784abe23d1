import { announce } from '../../app/announce.ts'
import { call } from '../../app/api.ts'

/** Tries the line at once. */
export function syncNow(): void {
  announce('Trying the line')
  void call('sync.now', {})
}
