import './quickDrizzle.ts'
import { HELP, readCommand } from './command.ts'

/** @returns the exit code: 2 when it was called wrongly, as all programs here do. */
async function run(): Promise<number> {
  const command = readCommand(process.argv.slice(2), process.env)
  if (command.name === 'help') {
    console.log(HELP.trim())
    return 0
  }
  if (command.name === 'wrong') {
    console.error(`${command.problem}. See --help.`)
    return 2
  }
  // Whoever only reads the help need not wait for the service to be loaded.
  const { runCommand } = await import('./runCommand.ts')
  return runCommand(command)
}

run().then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(`Holdfast central cannot go on: ${problemOf(error)}`)
    process.exit(1) // whatever is still open, as PostgreSQL, stops when this process is gone
  },
)

/** The database's own word, not the statement that met it. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  const source = cause instanceof Error ? cause : error
  return source.message || ('code' in source ? String(source.code) : source.name)
}
