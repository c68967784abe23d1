import classes from './Waiting.module.css'

/** Grey lines where text will be: nothing for the first 100 ms, so that an answer that is there at once does not flicker. */
export function Waiting({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className={classes.waiting} aria-hidden>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classes.line} />
      ))}
    </div>
  )
}
