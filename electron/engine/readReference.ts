import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadReference, type Reference } from '../../shared/features/reference/reference.ts'

/**
 * The reference data that comes with the application.
 *
 * @throws when a file is missing or not what it must be, naming both.
 */
export const readReference = (resources: string): Reference =>
  loadReference(name => JSON.parse(readFileSync(join(resources, 'reference', `${name}.json`), 'utf8')))
