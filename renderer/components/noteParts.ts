export interface NotePart {
  readonly text: string
  readonly isHeading: boolean
}

const HEADING_LENGTH_MAX = 60

/** Splits a note at its headings: short lines without a full stop that begin a paragraph and have text under them. */
export function noteParts(note: string): readonly NotePart[] {
  const lines = note.split('\n')
  const parts: { text: string; isHeading: boolean }[] = []
  for (const [at, line] of lines.entries()) {
    const isHeading = isHeadingLine(lines, at)
    const last = parts.at(-1)
    if (last && !isHeading && !last.isHeading) last.text += `\n${line}`
    else parts.push({ text: line, isHeading })
  }
  return parts
}

function isHeadingLine(lines: readonly string[], at: number): boolean {
  const line = lines[at]?.trim() ?? ''
  const begins = at === 0 || lines[at - 1]?.trim() === ''
  const hasText = (lines[at + 1] ?? '').trim() !== ''
  return begins && hasText && line !== '' && line.length <= HEADING_LENGTH_MAX && !/[.,:;!?]$/.test(line)
}
