import { contactCategory } from '../../../shared/features/reference/reference.ts'
import { Button } from '../../components/Button.tsx'
import { PickMenu } from '../../components/PickMenu.tsx'
import { WordsField } from '../../components/WordsField.tsx'
import { categoryText, complianceText } from './caseText.ts'
import classes from './TimelineTools.module.css'
import type { CaseTimeline } from './useCaseTimeline.ts'
import { figure } from '../../app/figure.ts'

const ANY = 'any'
const COMPLIANCES = ['complied', 'not-complied', 'no-outcome'] as const
const KINDS = contactCategory.options.filter(category => category !== 'system')

/** What the timeline shows: words, kind, compliance, and whether entries of the system are among them. */
export function TimelineTools({ timeline }: { readonly timeline: CaseTimeline }) {
  const { filter, change, counts, kindMenu, complianceMenu } = timeline
  const hidden = counts?.systemHidden ?? 0
  return (
    <div className={classes.tools}>
      <WordsField
        label="Words in this case"
        placeholder="Words"
        keys="case.words"
        onWords={words => change({ words })}
        onDown={timeline.focus}
        focusCount={timeline.wordsFocus}
      />
      <PickMenu
        label="Filter by kind"
        keys="case.kind"
        shown={filter.category ? categoryText[filter.category] : 'All kinds'}
        chosen={filter.category ?? ANY}
        options={[{ value: ANY, text: 'All kinds' }, ...KINDS.map(value => ({ value, text: categoryText[value] }))]}
        onPick={value => change({ category: KINDS.find(kind => kind === value) ?? null })}
        menu={kindMenu}
      />
      <PickMenu
        label="Filter by compliance"
        keys="case.compliance"
        shown={filter.compliance ? complianceText[filter.compliance] : 'Any compliance'}
        chosen={filter.compliance ?? ANY}
        options={[
          { value: ANY, text: 'Any compliance' },
          ...COMPLIANCES.map(value => ({ value, text: complianceText[value] })),
        ]}
        onPick={value => change({ compliance: COMPLIANCES.find(one => one === value) ?? null })}
        menu={complianceMenu}
      />
      <Button
        look="small"
        keys="case.system"
        aria-pressed={filter.showSystem}
        onClick={() => change({ showSystem: !filter.showSystem })}
      >
        {filter.showSystem ? 'Hide system entries' : `${figure(hidden)} system hidden`}
      </Button>
    </div>
  )
}
