/** First column of every key. There is one region so far; the column lets the centre be spread over machines later. */
export const REGION = 'r1'
