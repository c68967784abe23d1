import { startProcess, type Running } from './processes.ts'

/** A central service on its own real database. */
export interface Central {
  readonly url: string
  readonly port: number
  readonly running: Running
  /** A token for this user's next workstation. */
  enrol(user: string): Promise<string>
}

interface CentralOptions {
  readonly folder: string
  readonly port?: number
  readonly people?: number
}

const centralProgram = (folder: string, args: readonly string[]): readonly string[] => [
  'central/main.ts',
  ...args,
  '--data-folder',
  folder,
]

/** Starts the service, with the demo office if `people` are given and it is empty. */
export async function startCentral({ folder, port = 0, people }: CentralOptions): Promise<Central> {
  const demo = people === undefined ? [] : ['--demo', '--people', String(people)]
  const args = ['--port', String(port), '--stop-with-stdin', ...demo]
  const running = startProcess(process.execPath, centralProgram(folder, args))
  const url = await running.line(/ready at (\S+)/)
  return {
    url,
    port: Number(new URL(url).port),
    running,
    async enrol(user) {
      const enrolling = startProcess(process.execPath, centralProgram(folder, ['enrol', '--user', user]))
      return enrolling.line(/^(\S{20,})$/)
    },
  }
}

/** Flags of a workstation that keeps everything to itself, with the demo office. */
export const alone = (people = 12): readonly string[] => ['--central', 'none', '--people', String(people)]
