import { createStore } from '../../app/store.ts'

/** What the page of all results is about. Kept here and not in the address: words may be a name. */
export const findWords = createStore('')
