import { buildIfStale } from '../../../scripts/build.mjs'

/** Builds what is tested. */
export default buildIfStale
