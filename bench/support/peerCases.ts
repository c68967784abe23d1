interface Collection {
  bulkInsert(documents: readonly object[]): Promise<{ readonly error: readonly unknown[] }>
  find(query: object): { exec(): Promise<readonly unknown[]> }
}

/** The part of RxDB that is used. Its own types are there only once the peers are installed. */
interface RxDb {
  createRxDatabase(options: object): Promise<{
    addCollections(collections: object): Promise<{ readonly contacts: Collection }>
    close(): Promise<unknown>
  }>
}

/** A contact as the peer holds it. */
export interface PeerContact {
  readonly id: string
  readonly caseId: string
  readonly startedAt: number
  readonly kind: string
  readonly outcome: string | null
  readonly note: string
  readonly place: string
}

const text = { type: 'string' }
const key = { type: 'string', maxLength: 40 }
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: key,
    caseId: key,
    startedAt: { type: 'integer', minimum: 0, maximum: 8_000_000_000_000, multipleOf: 1 },
    kind: text,
    outcome: { type: ['string', 'null'] },
    note: text,
    place: text,
  },
  required: ['id', 'caseId', 'startedAt'],
  indexes: [['caseId', 'startedAt', 'id']],
}
const INSERTED_AT_ONCE = 1_000

/**
 * The same contacts in RxDB: unencrypted, all of them in memory before the first question, with an index for it.
 *
 * @returns reads the newest 50 contacts of a case.
 */
export async function openPeer(
  contacts: readonly PeerContact[],
): Promise<{ readonly newest: (caseId: string) => Promise<number>; readonly end: () => Promise<unknown> }> {
  const names = ['rxdb', 'rxdb/plugins/storage-memory']
  const [rxdb, memory] = (await Promise.all(names.map(name => import(name)))) as [
    RxDb,
    { getRxStorageMemory(): object },
  ] // as its documentation says
  const db = await rxdb.createRxDatabase({ name: 'peer', storage: memory.getRxStorageMemory(), multiInstance: false })
  const collections = await db.addCollections({ contacts: { schema } })
  await insert(collections.contacts, contacts)
  return {
    async newest(caseId) {
      const sort = [{ startedAt: 'desc' }, { id: 'desc' }]
      return (await collections.contacts.find({ selector: { caseId }, sort, limit: 50 }).exec()).length
    },
    end: () => db.close(),
  }
}

async function insert(collection: Collection, contacts: readonly PeerContact[]): Promise<void> {
  for (let at = 0; at < contacts.length; at += INSERTED_AT_ONCE) {
    const { error } = await collection.bulkInsert(contacts.slice(at, at + INSERTED_AT_ONCE))
    if (error.length > 0) throw new Error(`RxDB did not take ${error.length} contacts: ${JSON.stringify(error[0])}`)
  }
}
