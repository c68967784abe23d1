import { describe, expect, it } from 'vitest'
import { colours } from './theme.ts'

/** Relative luminance of `#rrggbb`. Source: docs/sources.md#wcag-contrast */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

describe.each(['light', 'dark'] as const)('the colours of %s', scheme => {
  const tokens = colours[scheme]

  it.each([
    ['text', ['surface', 'page', 'sunk', 'raised', 'accent-tint', 'red-tint', 'amber-tint']],
    ['text-2', ['surface', 'page', 'sunk', 'raised', 'accent-tint', 'red-tint', 'amber-tint']],
    ['text-3', ['surface', 'page', 'raised', 'accent-tint']],
    ['accent', ['surface', 'page', 'raised', 'accent-tint']],
    ['red', ['surface', 'page', 'raised', 'red-tint', 'accent-tint']],
    ['amber', ['surface', 'page', 'raised', 'amber-tint', 'accent-tint']],
    ['on-accent', ['accent-fill']],
  ] as const)('let %s be read', (text, grounds) => {
    const contrasts = grounds.map(ground => contrast(tokens[text], tokens[ground]))

    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['surface', 'page', 'raised'] as const)('let the edge of a control be seen on %s', ground => {
    expect(contrast(tokens.edge, tokens[ground])).toBeGreaterThanOrEqual(3)
  })
})
