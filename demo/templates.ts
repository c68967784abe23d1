import type { Template } from '../shared/features/templates/template.ts'
import { instantOf } from '../shared/time.ts'
import type { DemoCase } from './demoCase.ts'
import { diceOf } from './random.ts'
import { idsFrom, row } from './rows.ts'

const OFFICE_KINDS = 'COAP COOO COVC C444'

/** Beginnings for notes. What stands in square brackets is to be replaced, or goes away with its sentence. */
const templates: readonly Omit<Template, 'position'>[] = [
  {
    name: 'Office visit, five parts',
    kinds: OFFICE_KINDS,
    suits: 'attended',
    body: `Check in
Arrived [on time]. [How they seemed.] Address and number [unchanged].

Review since last time
[What was agreed, and how it went.] [What has changed at home, at work, with money, with people.]

Intervention
[What you worked on.] [How they took part.]

Summary
[What stands out.] Risk: [no change].

Tasks
[Name] will [task] by [date]. I will [task].
Next: [day and time].`,
  },
  {
    name: 'Office visit, short',
    kinds: OFFICE_KINDS,
    suits: 'attended',
    body: '[On time.] [What was talked about, and what has changed since last time.] [Anything on risk.] [Name] will [task]. Next: [day and time].',
  },
  {
    name: 'First appointment',
    kinds: 'COAI COTI COVI COHV CODI',
    suits: 'attended',
    body: `First appointment after [court or prison] on [date]. [Order, length, requirements or conditions.]
Explained attendance, reasons and proof, and what follows a missed appointment. [Name] [signed and has copies].

Details checked: [address], [number]. Adjustments: [none]. Who may be told: [consents].

To begin with: home [ ], work and money [ ], people [ ], health [ ], drink and drugs [ ].
What [name] would like to be different: [own words].

Next: [day and time], told [in person].`,
  },
  {
    name: 'RAR day',
    kinds: 'RARP COAP',
    suits: 'attended',
    body: 'RAR day [number] of [number]: [topic]. [What was done.] [How it was taken, an example in their own words.] To do until next time: [task].',
  },
  {
    name: 'Home visit',
    kinds: 'CHVS COHV',
    suits: 'attended',
    body: `Seen at home, [address]. Who was there: [nobody else]. State of the home: [in order, food in, warm].
Children: [none seen, none living there]. Anything that worried me: [nothing].

[What was talked about.]

Checked before leaving: [who else has a key, who stays]. Next: [day and time].`,
  },
  {
    name: 'Doorstep contact',
    kinds: 'CODC CODI',
    suits: 'attended',
    body: 'Spoke at the door, [number] minutes. [How they seemed.] Seen or heard: [nothing untoward]. [What was said.] Next: [day and time].',
  },
  {
    name: 'Telephone contact',
    kinds: 'COPT COTI',
    suits: 'attended',
    body: 'Rang as agreed; spoke to [name] [alone]. [How things are.] Since last time: [what was agreed, and how it went]. Next: [day and time].',
  },
  {
    name: 'Three-way meeting',
    kinds: 'C084',
    suits: 'attended',
    body: `With [name] and [who, from where]. What each wanted from it: [ ].
Agreed: [name] will [task]; [partner] will [task]; I will [task].
What may be shared with [partner]: [ ]. Looked at again on [date].`,
  },
  {
    name: 'Missed appointment',
    kinds: '',
    suits: 'absent',
    body: 'No contact by [time]. Tried: [mobile at 10:10, no answer, message left]. Known reasons: [none]. Proof may come until [date]. [What happens next.]',
  },
  {
    name: 'Acceptable absence',
    kinds: '',
    suits: 'absent',
    body: '[Reason], told us [when and how]. Proof: [what was seen]. New appointment: [day and time], told [how].',
  },
  {
    name: 'Call or message',
    kinds: 'CTOA CTOB CMOA CMOB',
    suits: 'any',
    body: '[Who rang or wrote, about what.] [What was said or agreed.]',
  },
  {
    name: 'Information from somebody else',
    kinds: 'CM3A CT3A CI3A CIEA C204 C157 C203',
    suits: 'any',
    body: '[Who, from where, how.] [What was said, as they said it.] [What it changes: risk, plan, nothing.] [Whom I have told.]',
  },
]

// The templates are older than any case.
const MADE_ON = '2024-01-08'

/** The templates that everybody has, as a case of shared reference data. */
export function templatesCase(seed: number): DemoCase {
  const caseId = 'ref:templates'
  const makeId = idsFrom(diceOf(seed, caseId))
  const madeAt = instantOf(MADE_ON, '09:00') ?? 0
  return {
    caseId,
    rows: templates.map((template, position) =>
      row('template', caseId, makeId(madeAt + position * 1_000), { ...template, position }),
    ),
  }
}
