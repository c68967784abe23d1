import type { CaseloadSort } from '../../../shared/features/caseload/caseloadContract.ts'
import classes from './CaseloadGrid.module.css'
import { columns } from './caseloadText.ts'

interface CaseloadHeadProps {
  readonly sort: CaseloadSort
  readonly onSort: (sort: CaseloadSort) => void
}

const PLACE: Readonly<Partial<Record<CaseloadSort, string | undefined>>> = {
  'order-ends': classes.order,
  'last-contact': classes.last,
}

/** The names of the columns; each sorts by itself. */
export function CaseloadHead({ sort, onSort }: CaseloadHeadProps) {
  return (
    <div role="rowgroup" className={classes.top}>
      <div role="row" aria-rowindex={1} className={classes.head}>
        {columns.map((column, at) => (
          <span
            key={column.sort}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={column.sort === sort ? 'ascending' : 'none'}
            className={PLACE[column.sort]}
          >
            <button type="button" className={classes.sort} onClick={() => onSort(column.sort)}>
              {column.text}
              {column.sort === sort && <span aria-hidden> ▾</span>}
            </button>
          </span>
        ))}
      </div>
    </div>
  )
}
