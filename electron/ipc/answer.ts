import type * as z from 'zod'
import type { Actor } from '../../shared/access/actor.ts'
import { contract, type CallName } from '../../shared/ipc/contract.ts'
import { refuse, type FieldProblem, type Result } from '../../shared/result.ts'
import { diskProblemOf } from '../../db/diskProblem.ts'
import type { Handlers } from './handlers.ts'

export interface AnswerDeps {
  readonly handlers: Handlers
  readonly newReference: () => string
  /** Writes a fault down: its reference, the call and where it was thrown. Never what it was called with. */
  readonly logFault: (fault: Fault) => void
}

export interface Fault {
  readonly reference: string
  readonly call: string
  readonly error: unknown
}

/** Checks, runs, checks and answers one call. Nothing that is thrown below leaves here. */
export function answer(deps: AnswerDeps, actor: Actor, name: CallName, rawInput: unknown): Result<unknown> {
  const input = contract[name].input.safeParse(rawInput)
  if (!input.success) return refuse({ code: 'invalid-input', fields: fieldProblems(input.error) })
  try {
    // The contract ties name to input; TypeScript cannot follow that through a lookup.
    const handler = deps.handlers[name] as (actor: Actor, checked: unknown) => Result<unknown>
    const result = handler(actor, input.data)
    return result.ok ? { ok: true, value: contract[name].output.parse(result.value) } : result
  } catch (error) {
    const cause = diskProblemOf(error)
    if (cause !== undefined) return refuse({ code: 'not-saved', cause })
    const reference = deps.newReference()
    deps.logFault({ reference, call: name, error })
    return refuse({ code: 'internal', reference })
  }
}

function fieldProblems(error: z.ZodError): Record<string, FieldProblem> {
  return Object.fromEntries(error.issues.flatMap(issue => pathsOf(issue).map(path => [path, problemOf(issue)])))
}

/** A field that the contract does not know is named itself, not what it stands in. */
const pathsOf = ({ path, ...issue }: z.core.$ZodIssue): readonly string[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map(key => [...path, key].join('.')) : [path.join('.')]

function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  switch (issue.code) {
    case 'too_big':
      return 'too-long'
    case 'too_small':
      return 'required'
    case 'invalid_format':
      return issue.format === 'date' ? 'not-a-date' : 'not-allowed'
    default:
      return 'not-allowed'
  }
}
