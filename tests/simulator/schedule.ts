/** What happens when, in virtual time. One thing happens at a time, and all that follows from it, before the next. */
export interface Schedule {
  /** UTC milliseconds of the world: no PC knows them. */
  now(): number
  /** How many things have happened. */
  count(): number
  /** @returns how to call it off. Like a timer of a PC it goes off on a whole millisecond, never early. */
  after(delayMs: number, work: () => void | Promise<void>): () => void
  /** Lets things happen until that instant, and looks round after each. */
  run(until: number, afterEach: () => void): Promise<void>
}

interface Event {
  readonly at: number
  /** Of two events at one instant the one that was arranged first comes first. */
  readonly place: number
  readonly work: () => void | Promise<void>
}

export function aSchedule(start: number): Schedule {
  let now = start
  let places = 0
  let count = 0
  const events: Event[] = []

  function insert(event: Event): void {
    let [low, high] = [0, events.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = events[middle]
      if (other && (other.at < event.at || (other.at === event.at && other.place < event.place))) low = middle + 1
      else high = middle
    }
    events.splice(low, 0, event)
  }

  return {
    now: () => now,
    count: () => count,
    after(delayMs, work) {
      places++
      const event = { at: now + Math.ceil(Math.max(0, delayMs)), place: places, work }
      insert(event)
      return () => {
        const place = events.indexOf(event)
        if (place >= 0) events.splice(place, 1)
      }
    },
    async run(until, afterEach) {
      for (let next = events[0]; next && next.at <= until; next = events[0]) {
        events.shift()
        now = next.at
        count++
        await next.work()
        await allThatFollows()
        afterEach()
      }
      now = until
    },
  }
}

/** Every promise that can go on has gone on. */
const allThatFollows = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
