import { useState } from 'react'

export type FocusTarget = 'kind' | 'outcome' | 'second' | 'next' | 'typed' | 'note' | 'minutes' | 'kind-field' | 'told'

/** Where focus goes next. A part of the screen takes it when the number it is given changes. */
export function useFocusFlow(first: FocusTarget) {
  const [flow, setFlow] = useState<{ readonly target: FocusTarget; readonly count: number }>({
    target: first,
    count: 1,
  })
  return {
    go: (target: FocusTarget) => setFlow(before => ({ target, count: before.count + 1 })),
    /** The number for a part: 0 while focus is not meant for it. */
    countFor: (target: FocusTarget): number => (flow.target === target ? flow.count : 0),
  }
}
export type FocusFlow = ReturnType<typeof useFocusFlow>
