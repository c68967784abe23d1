import type { Input } from '../../shared/ipc/contract.ts'
import { alert, announce } from './announce.ts'
import { call, queryClient } from './api.ts'
import { errorText } from './errorText.ts'

/** Changes settings of this officer on this PC, and says `done`. */
export async function changeSettings(settings: Input<'session.set'>, done: string): Promise<void> {
  const changed = await call('session.set', settings)
  if (!changed.ok) return alert(errorText(changed.error))
  await queryClient.invalidateQueries({ queryKey: ['session.get'] })
  announce(done)
}
