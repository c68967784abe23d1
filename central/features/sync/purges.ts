import type { Actor } from '../../../shared/access/actor.ts'
import type { PurgeReport, PurgesAnswer } from '../../../shared/sync/protocol.ts'
import type { SyncDeps } from './acceptOperations.ts'
import { pairOf } from './scope.ts'
import type { KeptPurge, SyncWriter } from './syncStore.ts'

/**
 * Keeps how far a workstation is with the cases that were taken away from its user. Safe to repeat: what it reports of a case
 * and epoch stands in place of what it reported before.
 *
 * @returns of those that are held, the ones that somebody here confirmed meanwhile.
 */
export async function keepPurges(
  { store, clock }: SyncDeps,
  { userId, deviceId }: Pick<Actor, 'userId' | 'deviceId'>,
  reports: readonly PurgeReport[],
): Promise<PurgesAnswer['confirmed']> {
  const now = clock.now()
  return store.write(async tx => {
    await tx.lockDevices([deviceId])
    const kept = await tx.listPurges(
      deviceId,
      reports.map(one => one.caseId),
    )
    const confirmed = reports.filter(report => report.state === 'held' && isConfirmed(kept, report))
    const news = reports.filter(report => !confirmed.includes(report))
    const granted = await ofFormerCases(tx, userId, news)
    if (granted.length > 0) await tx.storePurges(deviceId, granted, now)
    return confirmed.map(({ caseId, epoch }) => ({ caseId, epoch }))
  })
}

const isConfirmed = (kept: readonly KeptPurge[], { caseId, epoch }: PurgeReport): boolean =>
  kept.some(one => one.caseId === caseId && one.epoch === epoch && one.state === 'confirmed')

/** Of a case that was never this user's there is nothing to report. */
async function ofFormerCases(
  tx: SyncWriter,
  userId: string,
  reports: readonly PurgeReport[],
): Promise<readonly PurgeReport[]> {
  const epochs = await tx.readLastEpochs(reports.map(one => one.caseId))
  return reports.filter(({ caseId, epoch }) => epoch <= (epochs.get(pairOf({ userId, caseId })) ?? 0))
}
