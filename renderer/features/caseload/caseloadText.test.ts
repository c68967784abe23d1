import { describe, expect, it } from 'vitest'
import { caseloadSort } from '../../../shared/features/caseload/caseloadContract.ts'
import { columns, lastContactText, nextSort, orderText, owedText, type Row } from './caseloadText.ts'
import { pagesIn } from './useCaseload.ts'

const TODAY = '2026-03-02'
const aRow = (some: Partial<Row>) =>
  ({ orderLabel: 'Community order', orderEndsOn: '2026-09-18', owedOn: null, owedCount: 0, ...some }) as Row // all that is looked at

describe('the caseload', () => {
  it('can be sorted by every order of the contract, by key and by column', () => {
    const byKey = caseloadSort.options.map(nextSort)

    expect(new Set(byKey)).toEqual(new Set(caseloadSort.options))
    expect(new Set(columns.map(column => column.sort))).toEqual(new Set(caseloadSort.options))
  })

  it.each([
    [null, 'None'],
    [Date.UTC(2026, 2, 2, 9), 'Today'],
    [Date.UTC(2026, 2, 1, 9), 'Yesterday'],
    [Date.UTC(2026, 1, 26, 9), '4 days ago'],
    [Date.UTC(2025, 11, 1, 9), 'Mon 1 Dec 2025'],
  ])('says of a last contact at %s "%s"', (at, text) => {
    expect(lastContactText(at, TODAY)).toBe(text)
  })

  it('says how long an order still runs, and what is owed', () => {
    expect(orderText(aRow({}), TODAY)).toBe('Community order, 200 days')
    expect(orderText(aRow({ orderEndsOn: '2026-03-01' }), TODAY)).toBe('Community order, ended')
    expect(orderText(aRow({ orderLabel: null, orderEndsOn: null }), TODAY)).toBe('None')
    expect(owedText(aRow({ owedOn: '2026-03-01', owedCount: 2 }), TODAY)).toBe('1 day late, 2 things')
  })
})

describe('the pages in sight', () => {
  it.each([
    [{ from: 0, to: 30 }, 5_000, []],
    [{ from: 90, to: 120 }, 5_000, [1]],
    [{ from: 190, to: 220 }, 5_000, [1, 2]],
    [{ from: 90, to: 120 }, 95, []],
    [{ from: 0, to: 20 }, 0, []],
  ])('of rows %o of %i are %o', (inSight, total, pages) => {
    expect(pagesIn(inSight, total)).toEqual(pages)
  })
})
