import { useEffect } from 'react'
import type { About, Hit, HitGroup } from './findRules.ts'
import classes from './HitList.module.css'
import { HitRow } from './HitRow.tsx'

interface HitListProps {
  readonly id: string
  readonly groups: readonly HitGroup[]
  /** What tells people of one name apart, by case. */
  readonly about: About
  readonly text: string
  readonly within: string | null
  readonly chosen: string | null
  readonly onChoose: (key: string) => void
  readonly onOpen: (hit: Hit) => void
}

export const hitId = (listId: string, key: string): string => `${listId}-${key.replaceAll(' ', '-')}`

/** The results under their headings, of which one is chosen. */
export function HitList({ id, groups, chosen, onChoose, onOpen, ...row }: HitListProps) {
  // The DOM: the chosen result comes into sight.
  useEffect(() => {
    if (chosen !== null) document.getElementById(hitId(id, chosen))?.scrollIntoView({ block: 'nearest' })
  }, [chosen, id])

  return (
    <div role="listbox" id={id} aria-label="Results" className={classes.list}>
      {groups.map(({ title, total, hits }) => (
        <div key={title} role="group" aria-label={title}>
          <div role="presentation" className={classes.title}>
            <span>{title}</span>
            <span>{total}</span>
          </div>
          {hits.map(hit => (
            <div
              key={hit.key}
              role="option"
              id={hitId(id, hit.key)}
              aria-selected={hit.key === chosen}
              className={classes.hit}
              onMouseDown={event => event.preventDefault()}
              onMouseMove={() => hit.key !== chosen && onChoose(hit.key)}
              onClick={() => onOpen(hit)}
            >
              <HitRow hit={hit} {...row} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
