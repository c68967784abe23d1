import { join } from 'node:path'
import { readReference } from '../../electron/engine/readReference.ts'

/** The reference data of the product, read once. */
export const reference = readReference(join(import.meta.dirname, '../../resources'))
