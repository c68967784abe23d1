import type { MeteredLine } from '../../../shared/features/sync/syncContract.ts'
import { alert, announce } from '../../app/announce.ts'
import { call, queryClient } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { lineText } from './syncText.ts'

/** Tests each part of the line; what it finds comes by itself. */
export function checkConnection(hasCentre: boolean): void {
  announce(hasCentre ? 'Checking the connection' : lineText['no-centre'].what)
  void call('sync.check', {})
}

/** Changes what is known of this line, and says `done`. */
async function setMetered(change: Partial<MeteredLine>, done: string): Promise<void> {
  const changed = await call('sync.setMetered', change)
  if (!changed.ok) return alert(errorText(changed.error))
  await queryClient.invalidateQueries({ queryKey: ['sync.status'] })
  announce(done)
}

export const isMeteredText = ({ isMetered }: MeteredLine): string => `This line is metered: ${isMetered ? 'yes' : 'no'}`
export const pausesText = ({ pauses }: MeteredLine): string => `Wait on metered lines: ${pauses ? 'yes' : 'no'}`

/** What the two keys do to this line. */
export function meteredActions(metered: MeteredLine) {
  const change = (wanted: Partial<MeteredLine>, textOf: (line: MeteredLine) => string) => () =>
    void setMetered(wanted, textOf({ ...metered, ...wanted }))
  return {
    toggleIsMetered: change({ isMetered: !metered.isMetered }, isMeteredText),
    togglePauses: change({ pauses: !metered.pauses }, pausesText),
  }
}
