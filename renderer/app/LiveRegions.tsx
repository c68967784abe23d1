import { assertive, polite, type Spoken } from './announce.ts'
import { useStore } from './store.ts'

/** The two live regions of the window. Only what is added to them is spoken. */
export function LiveRegions() {
  return (
    <div className="unseen">
      <div role="status" aria-atomic="false">
        <Words spoken={useStore(polite)} />
      </div>
      <div role="alert" aria-atomic="false">
        <Words spoken={useStore(assertive)} />
      </div>
    </div>
  )
}

const Words = ({ spoken }: { readonly spoken: readonly Spoken[] }) =>
  spoken.map(({ text, count }) => <p key={count}>{text}</p>)
