import { assertive, polite } from './announce.ts'
import { useStore } from './store.ts'

/** The two live regions of the window. */
export function LiveRegions() {
  const said = useStore(polite)
  const urgent = useStore(assertive)
  return (
    <div className="unseen">
      <div role="status">
        <span key={said.count}>{said.text}</span>
      </div>
      <div role="alert">
        <span key={urgent.count}>{urgent.text}</span>
      </div>
    </div>
  )
}
