import type { Rosh } from '../../shared/features/reference/reference.ts'
import type { OffenceTheme } from '../orders/offences.ts'

/** A flag that some cases carry, apart from the risk of serious harm that all have. */
export interface Flag {
  /** Code of `registers.json`. */
  readonly code: string
  readonly reviewMonths: number | null
  /** Share of cases that carry it, and of cases with one of these themes. */
  readonly share: number
  readonly themes: readonly OffenceTheme[]
  readonly themeShare: number
  readonly notes: readonly string[]
}

// prettier-ignore
export const flags: readonly Flag[] = [
  {
    code: 'AV2S', reviewMonths: 6, share: 0.055, themes: ['weapons'], themeShare: 0.12,
    notes: [
      'Two officers, room 2. {He} can become angry when money or housing comes up. No threats since {longAgo}.',
      'Two officers, room 2, officer nearest the door. Shouted at front desk staff in {longAgo}; apologised since. No home visits alone.',
      'Room 2 only, alarm on the desk. Threw a chair in {longAgo} when told of a warning. Tell {him} bad news early and plainly.',
      'No home visits. Office appointments before 16:00 with a second officer in the building. Threat to a housing officer in {longAgo}.',
    ],
  },
  {
    code: 'ADVP', reviewMonths: 3, share: 0.05, themes: ['home'], themeShare: 0.62,
    notes: [
      'Assault on a former partner, who lives in Northfold. No contact allowed. Ask about contact, new relationships and social media at every meeting.',
      'Controlling behaviour towards a former partner over about two years. Police call-outs in {longAgo}. Check for any new partner and tell the police liaison officer.',
      'Damage and threats at a former partner\'s home. They share care of a child through a relative. Handover arrangements to be checked each month.',
      'Argument with a partner became an assault. They live apart now. {Name} says they are on good terms: check with the police before any change of address.',
    ],
  },
  {
    code: 'REG30', reviewMonths: null, share: 0.05, themes: ['violence'], themeShare: 0.09,
    notes: ['Police call-outs to a former address up to {longAgo}. No convictions. Nothing since.', 'Historic: conviction for common assault on a partner, more than ten years old.'],
  },
  {
    code: 'RSTO', reviewMonths: 6, share: 0, themes: ['home'], themeShare: 0.3,
    notes: ['Restraining order: no contact with the former partner, direct or indirect, and not to enter {otherStreet}. Runs until further order.'],
  },
  {
    code: 'AMHL', reviewMonths: 6, share: 0.2, themes: ['disorder'], themeShare: 0.28,
    notes: [
      'Low mood and anxiety, on medication from the GP. Worse when {he} do{es} not sleep: ask about sleep.',
      'Diagnosed with depression. Under the GP. Missed appointments often follow a bad week: ring before deciding.',
      'Post-traumatic stress after an attack some years ago. Loud rooms are hard. Waiting for talking therapy.',
      'Bipolar disorder, seen by the community team every six weeks. Sleepless nights and fast speech are the early signs: ring the team.',
    ],
  },
  {
    code: 'ALSH', reviewMonths: 6, share: 0.06, themes: ['drugs'], themeShare: 0.08,
    notes: [
      'Took an overdose in {longAgo}, when a relationship ended. Says {he} would ring {his} sister or the GP first now. Ask directly at each meeting.',
      'Self-harm as a teenager, none for years. Anniversary of a bereavement in the spring is a hard time.',
    ],
  },
  {
    code: 'RVLN', reviewMonths: null, share: 0.06, themes: ['money'], themeShare: 0.08,
    notes: ['Easily led, and signs what is put in front of {him}. Read everything through together.', 'Lives alone after a bereavement and sees few people. Welfare call if an appointment is missed.'],
  },
  {
    code: 'CUCK', reviewMonths: 3, share: 0.015, themes: ['drugs'], themeShare: 0.05,
    notes: ['People from the old circle have used the flat. Ask who has keys and who stays. Housing and police know.'],
  },
  {
    code: 'RCCO', reviewMonths: 3, share: 0.06, themes: ['home'], themeShare: 0.2,
    notes: [
      'Two children at the former partner\'s address, aged 6 and 9. Contact supervised by a relative. Social worker to be told of any change.',
      'New partner has a child of 4. Children\'s services told in {longAgo}; no further action at present. Ask who is in the home.',
    ],
  },
  {
    code: 'RCPR', reviewMonths: 3, share: 0.012, themes: ['home'], themeShare: 0.06,
    notes: ['Child on a protection plan since {longAgo}. Core group every six weeks; send a report two days before.'],
  },
  {
    code: 'WEAP', reviewMonths: 3, share: 0.02, themes: ['weapons'], themeShare: 0.75,
    notes: ['Carried a kitchen knife on the day. Says it was for protection. Ask what {he} {has} on {him} and why, and who {he} {is} worried about.', 'Knife found in the car in {longAgo}. None since. Stop checks are reported by the police.'],
  },
  {
    code: 'IIOM', reviewMonths: 6, share: 0, themes: ['theft'], themeShare: 0.14,
    notes: ['On the joint cohort with the police. Monthly conference; agree visits so that they do not fall on the same day.'],
  },
  {
    code: 'REG17', reviewMonths: 6, share: 0.03, themes: ['violence', 'weapons'], themeShare: 0.12,
    notes: ['Risk is to men of about {his} own age, in or near pubs, after drinking.', 'Risk is to people who challenge {him} in public, for example shop staff. Low when sober.'],
  },
  {
    code: 'STRG', reviewMonths: 3, share: 0.01, themes: ['drugs', 'weapons'], themeShare: 0.04,
    notes: ['Grew up with a group around the Quay. Says {he} {has} stepped away. Do not book with others of the group on the same day.'],
  },
]

/** What a level of risk rests on; without themes it suits any offence. */
export interface RoshNote {
  readonly text: string
  readonly themes: readonly OffenceTheme[]
}

// prettier-ignore
export const roshNotes: Readonly<Record<Rosh, readonly RoshNote[]>> = {
  low: [
    { text: 'Low to all groups. Rises if drinking or debts come back.', themes: ['alcohol', 'money', 'theft'] },
    { text: 'Low. No pattern of harm; the offence was out of the ordinary for {him}.', themes: [] },
    { text: 'Low to all groups at the last assessment. Watch for old company.', themes: ['drugs', 'theft', 'disorder'] },
    { text: 'Low to all groups. Reviewed after six months, or sooner if home or work changes.', themes: [] },
  ],
  medium: [
    { text: 'Medium to a known adult, low to others. Serious harm is unlikely unless things change: drink, loss of the home, a new relationship.', themes: ['home'] },
    { text: 'Medium to the public. Arguments that turn into fights, mostly after drinking. Lowers: work, family, being seen often.', themes: ['violence', 'disorder', 'alcohol'] },
    { text: 'Medium to a known adult and to children who might be present. Raises: contact outside what is agreed, stress about money.', themes: ['home'] },
    { text: 'Medium to the public through driving. Lower while {he} {has} no car and {is} sober.', themes: ['driving'] },
    { text: 'Medium to the public, because of what {he} carried. Lowers: staying away from the Quay at night, seeing family, being seen often.', themes: ['weapons'] },
    { text: 'Medium to staff of shops who step in, low to others. Raises: using again, no money at the end of the month.', themes: ['theft', 'drugs'] },
    { text: 'Medium to the public on past convictions; little that points to it today. Raises: losing the home or the routine.', themes: [] },
  ],
  high: [
    { text: 'High to a known adult. Could happen at any time if {he} find{s} out where the former partner lives. Weekly contact, home visits, police liaison each month.', themes: ['home'] },
    { text: 'High to the public, young men in particular, when carrying or drinking. Weekly contact. Any missed appointment is acted on the same day.', themes: ['weapons', 'violence', 'disorder', 'alcohol'] },
    { text: 'High to known adults on past convictions. Raises: substances, a new relationship, loss of accommodation. Lowers: weekly contact, a settled home.', themes: [] },
  ],
  'very-high': [
    { text: 'Very high to a known adult; harm could be serious and soon. Managed with the police at level 2. Same-day call to the senior for any missed contact.', themes: [] },
  ],
}
