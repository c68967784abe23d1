/** The picture of the house in docs/architecture.md: which room's parts import which, drawn from the imports themselves. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

export const pageFile = join(root, 'docs', 'architecture.md')
const BEGIN = '<!-- picture: node scripts/run.mjs scripts/architecture.mjs draws it -->\n'
const END = '<!-- end of picture -->'

/** What is part of the product, from the officer down. */
const rooms = {
  renderer: 'renderer: the window',
  electron: 'electron: main and engine',
  db: 'db: the store',
  central: 'central: the service',
  demo: 'demo: the generator',
  shared: 'shared: what all agree on',
}

/** The page with the picture of these imports in its place. */
export function pageWith(imports) {
  const page = readFileSync(pageFile, 'utf8')
  const [before, rest] = page.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error(`docs/architecture.md has no place for the picture: ${BEGIN.trim()}`)
  return `${before}${BEGIN}\n\`\`\`mermaid\n${draw(imports)}\n\`\`\`\n\n${END}${after}`
}

/** @param {import('dependency-cruiser').ICruiseResult} imports */
function draw({ modules }) {
  const parts = new Set()
  const inside = new Set()
  const across = new Set()
  for (const { source, dependencies } of modules) {
    const from = partOf(source)
    if (from === undefined) continue
    parts.add(from)
    for (const { resolved } of dependencies) {
      const to = partOf(resolved)
      if (to === undefined || to === from) continue
      if (roomOf(to) === roomOf(from)) inside.add(`${from} ${to}`)
      else across.add(`${roomOf(from)} ${roomOf(to)}`)
    }
  }
  // Two parts that take from each other stand side by side, without an arrow.
  const oneWay = [...inside].filter(pair => !inside.has(pair.split(' ').reverse().join(' ')))
  return [
    'flowchart TD',
    ...Object.keys(rooms).flatMap(room => drawRoom(room, [...parts])),
    ...[...across].sort().map(pair => `  ${pair.replace(' ', '_room --> ')}_room`),
    ...oneWay.sort().map(pair => `  ${pair.split(' ').map(idOf).join(' --> ')}`),
  ].join('\n')
}

const roomOf = part => part.split('/')[0]

/** `electron/ipc` of a file in it, or `electron/*` for files that lie loose in a room; tests are no part. */
function partOf(file) {
  const [room, folder, ...deeper] = file.split('/')
  if (!(room in rooms) || /\.test\.tsx?$/.test(file)) return undefined
  return deeper.length > 0 ? `${room}/${folder}` : `${room}/*`
}

const drawRoom = (room, parts) => [
  `  subgraph ${room}_room["${rooms[room]}"]`,
  ...parts
    .filter(part => roomOf(part) === room)
    .sort()
    .map(part => `    ${idOf(part)}["${part}"]`),
  '  end',
]

const idOf = part => part.replaceAll(/[^a-zA-Z]/g, '_')
