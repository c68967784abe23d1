import Sqlite from 'better-sqlite3'

type Listener = (connection: Sqlite.Database, sql: string) => void
let listener: Listener = () => undefined

/** From now on `heard` is called before each statement that SQLite runs in this process, BEGIN and COMMIT included. It may throw. */
export function onStatement(heard: Listener): void {
  listener = heard
}

interface Statement {
  readonly database: Sqlite.Database
  readonly source: string
  run: (...values: unknown[]) => unknown
  get: (...values: unknown[]) => unknown
  all: (...values: unknown[]) => unknown
}

/** Every statement has this prototype, whoever prepared it. */
function prototypeOfStatements(): Statement {
  const connection = new Sqlite(':memory:')
  try {
    return Object.getPrototypeOf(connection.prepare('SELECT 1')) as Statement // what the driver makes
  } finally {
    connection.close()
  }
}

const prototype = prototypeOfStatements()
for (const name of ['run', 'get', 'all'] as const) {
  const run = prototype[name]
  prototype[name] = function heard(this: Statement, ...values: unknown[]): unknown {
    listener(this.database, this.source)
    return run.apply(this, values)
  }
}

/** The driver's own error, as a disk that fails gives it. */
type DiskCode = 'SQLITE_FULL' | 'SQLITE_READONLY' | 'SQLITE_IOERR' | 'SQLITE_BUSY' | 'SQLITE_CORRUPT'

export const diskError = (code: DiskCode): Error => new Sqlite.SqliteError(`the disk: ${code}`, code)
