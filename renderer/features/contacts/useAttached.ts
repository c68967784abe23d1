import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { alert, announce } from '../../app/announce.ts'
import { call, useCall } from '../../app/api.ts'
import { attachFile, type FormPlace } from '../../app/files.ts'
import { notAttachedText, sizeText } from '../../app/fileText.ts'

/** A file that is being read. */
interface ReadFile {
  readonly key: number
  readonly name: string
  readonly bytes: number
  readonly percent: number
}

/** Files of the record screen: those that are attached, those that are being read, and why one was not taken. */
export function useAttached(place: FormPlace, touch: () => void) {
  const { value, again } = useCall('documents.ofForm', { ...place })
  const [reading, setReading] = useState<readonly ReadFile[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  // One after the other: the disk has one file to write at a time.
  const queue = useRef<Promise<void>>(Promise.resolve())
  const lastKey = useRef(0)

  async function read(file: File, key: number) {
    const attached = await attachFile(file, place, percent =>
      setReading(before => before.map(one => (one.key === key ? { ...one, percent: Math.min(percent, 100) } : one))),
    )
    setReading(before => before.filter(one => one.key !== key))
    again()
    if (attached.ok) {
      touch() // so that a draft keeps the file, where nothing was typed
      return announce(`${attached.value.name}, ${sizeText(file.size)}, attached`)
    }
    const text = notAttachedText(file.name, attached.error)
    setProblem(text)
    alert(text)
  }

  function add(files: readonly File[]) {
    if (files.length > 0) setProblem(null)
    for (const file of files) {
      const key = ++lastKey.current
      setReading(before => [...before, { key, name: file.name, bytes: file.size, percent: 0 }])
      queue.current = queue.current.then(() => read(file, key))
    }
  }

  async function detach(id: string, name: string) {
    await call('documents.detach', { id })
    again()
    announce(`${name} taken off`)
  }

  useDroppedFiles(add)
  return { files: value?.files.filter(one => one.isWhole) ?? [], reading, problem, add, detach }
}

/** A file that is dropped anywhere on the screen is attached. The window must not leave for it. */
function useDroppedFiles(add: (files: readonly File[]) => void) {
  const dropped = useEffectEvent(add)
  // The DOM: drops.
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      dropped([...(event.dataTransfer?.files ?? [])])
    }
    document.addEventListener('dragover', over)
    document.addEventListener('drop', drop)
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('drop', drop)
    }
  }, [])
}

/** Files that were copied; none where what was copied is text as well, as cells of a sheet are. */
export function pastedFiles({ clipboardData }: { readonly clipboardData: DataTransfer | null }): readonly File[] {
  if (!clipboardData || clipboardData.types.includes('text/plain')) return []
  return [...clipboardData.files]
}
