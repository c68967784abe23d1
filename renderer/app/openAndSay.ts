import { alert, announce } from './announce.ts'
import { errorText } from './errorText.ts'
import { openDocument } from './files.ts'

/** Opens a document, and says what came of it. */
export async function openAndSay(caseId: string, { id, name }: { readonly id: string; readonly name: string }) {
  const opened = await openDocument(caseId, id)
  if (!opened.ok) return alert(errorText(opened.error))
  switch (opened.value) {
    case 'opened':
      return announce(`${name} is opened as a copy. Outside Holdfast nothing protects it`)
    case 'away':
      return announce(`${name} is on its way to this PC. It can be opened when it is here`)
    case 'damaged':
      return alert(`${name} is damaged on this PC, and nobody else has it. Attach it again.`)
  }
}
