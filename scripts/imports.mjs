/** Every import of the clone, as dependency-cruiser sees it. Needs Node 24 and the packages. */
import { cruise } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'

export const rooms = ['shared', 'db', 'electron', 'renderer', 'central', 'demo', 'tests', 'bench', 'scripts']

/** @returns {Promise<import('dependency-cruiser').ICruiseResult>} judged by `.dependency-cruiser.cjs` */
export async function readImports() {
  const options = await extractOptions('./.dependency-cruiser.cjs')
  const result = await cruise(rooms, { ...options, validate: true }, options.enhancedResolveOptions ?? {})
  return /** @type {import('dependency-cruiser').ICruiseResult} */ (result.output)
}
