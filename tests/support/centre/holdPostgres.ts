import { text } from 'node:stream/consumers'
import { openEmbeddedPostgres } from '../../../central/postgres/embedded.ts'

/** Uses the embedded PostgreSQL of a data folder until its standard input ends: a process to be killed in tests. */
const postgres = await openEmbeddedPostgres(process.argv[2] ?? '', line => {
  console.error(line)
})
console.log(postgres.url)
await text(process.stdin)
await postgres.close()
