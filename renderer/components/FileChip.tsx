import type { ReactNode } from 'react'
import type { DocumentView } from '../../shared/features/documents/documentsContract.ts'
import { fileStateText, sizeText } from '../app/fileText.ts'
import { Chip } from './Chip.tsx'
import classes from './FileChip.module.css'
import { StateDot } from './StateDot.tsx'

interface FileChipProps {
  readonly name: string
  readonly bytes: number
  /** Where it is. */
  readonly children: ReactNode
}

/** A file: its name, its size, where it is. */
export function FileChip({ name, bytes, children }: FileChipProps) {
  return (
    <Chip>
      <span className={classes.name}>{name}</span>
      <span className={classes.size}>{sizeText(bytes)}</span>
      {children}
    </Chip>
  )
}

/** The files of an entry, to be read: they are opened by the actions of its row and on Documents. */
export function FileChips({ documents }: { readonly documents: readonly DocumentView[] }) {
  if (documents.length === 0) return null
  return (
    <span className={classes.chips}>
      {documents.map(one => (
        <FileChip key={one.id} name={one.name} bytes={one.bytes}>
          <FileState document={one} />
        </FileChip>
      ))}
    </span>
  )
}

export function FileState({ document }: { readonly document: Pick<DocumentView, 'state' | 'file'> }) {
  const { dot, text } = fileStateText(document)
  return <StateDot state={dot}>{text}</StateDot>
}
