/**
 * `--quick`: a small store and few rounds, to see that a benchmark works. Its figures mean nothing and its goals are not
 * judged.
 */
export const isQuick = process.argv.includes('--quick')

/** As many as it takes, or a few where only the way is tried. */
export const times = (many: number, few = 1): number => (isQuick ? few : many)
