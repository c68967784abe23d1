import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export interface PeerDocument {
  readonly _id: string
}

interface Replication {
  readonly ok: boolean
}

/** The part of PouchDB that is used. Its own types are there only once the peers are installed. */
interface PouchStore {
  bulkDocs(documents: readonly object[]): Promise<unknown>
  close(): Promise<unknown>
  replicate: { to(url: string): Promise<Replication>; from(url: string): Promise<Replication> }
}
type Pouch = new (name: string) => PouchStore
type Defaults = Pouch & { defaults(options: object): Pouch }

/** PouchDB at a PC, and express-pouchdb as its service. */
export interface PeerSync {
  /** Where the service listens. */
  readonly url: string
  /** Writes to the service's store, as other PCs would have. */
  writeThere(documents: readonly PeerDocument[]): Promise<void>
  /** A new PC whose line goes by that address. */
  openPc(name: string, url: string): PeerPc
  close(): Promise<void>
}

export interface PeerPc {
  write(documents: readonly PeerDocument[]): Promise<void>
  /** What is here and not there. */
  push(): Promise<void>
  /** What is there and not here. */
  pull(): Promise<void>
  close(): Promise<void>
}

const STORE = 'office'

export async function openPeerSync(folder: string): Promise<PeerSync> {
  const names: readonly string[] = ['pouchdb-node', 'express-pouchdb', 'express']
  const [pouchdb, expressPouchdb, express] = (await Promise.all(names.map(name => import(name)))) as [
    { default: Defaults },
    { default: (pouch: Pouch, options: object) => object },
    { default: () => { use(part: object): void } },
  ] // as their documentation says
  const There = pouchdb.default.defaults({ prefix: join(folder, 'there-') })
  const app = express.default()
  app.use(expressPouchdb.default(There, { mode: 'minimumForPouchDB', logPath: join(folder, 'log.txt') }))
  const server = createServer(app as never) // express's application is a request listener
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const there = new There(STORE)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    async writeThere(documents) {
      await there.bulkDocs(documents)
    },
    openPc(name, url) {
      const here = new pouchdb.default(join(folder, name))
      return {
        async write(documents) {
          await here.bulkDocs(documents)
        },
        async push() {
          await here.replicate.to(`${url}/${STORE}`)
        },
        async pull() {
          await here.replicate.from(`${url}/${STORE}`)
        },
        async close() {
          await here.close()
        },
      }
    },
    async close() {
      await there.close()
      server.close()
      server.closeAllConnections()
    },
  }
}
