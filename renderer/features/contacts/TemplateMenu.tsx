import { announce } from '../../app/announce.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { PickMenu } from '../../components/PickMenu.tsx'
import { useRowMenu } from '../../components/useRowMenu.ts'
import type { RecordParts } from './recordParts.ts'
import { firstStop, suitableTemplates, withTemplate } from './templateRules.ts'

/** Puts a beginning into the note and keeps every word that was typed. */
export function TemplateMenu({ record, opened }: RecordParts) {
  const { state, described, note, draft } = record
  const menu = useRowMenu()
  const templates = suitableTemplates(opened.templates, described.type, described.outcome)
  const used = opened.templates.find(one => one.id === state.template)
  useShortcut('record.template', menu.open, templates.length > 0)
  if (templates.length === 0) return null

  function pick(id: string) {
    const template = opened.templates.find(one => one.id === id)
    if (!template) return
    note.replace(withTemplate(note.text(), template.body, used?.body ?? null), firstStop(template.body))
    record.set({ template: id })
    draft.touch()
    announce(`${template.name} put in. Ctrl Z takes it back`)
  }

  return (
    <PickMenu
      label="Change the template"
      keys="record.template"
      options={templates.map(({ id, name }) => ({ value: id, text: name }))}
      chosen={used?.id ?? null}
      shown={used?.name ?? 'Template'}
      onPick={pick}
      menu={menu}
    />
  )
}
