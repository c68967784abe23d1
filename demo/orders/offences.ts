/** What an offence says about the person's story: which subjects come up, which flags are likely. */
export type OffenceTheme =
  'theft' | 'alcohol' | 'drugs' | 'violence' | 'home' | 'driving' | 'weapons' | 'money' | 'disorder'

export interface Offence {
  /** Code and label of `offences.json`. */
  readonly code: string
  readonly label: string
  readonly themes: readonly OffenceTheme[]
  /** How often it comes up. */
  readonly weight: number
}

// prettier-ignore
export const offences: readonly Offence[] = [
  { code: '04600', label: 'Stealing from shops and stalls (shoplifting)', themes: ['theft', 'drugs'], weight: 12 },
  { code: '10500', label: 'Common assaults etc', themes: ['violence', 'home'], weight: 14 },
  { code: '10400', label: 'Assault', themes: ['violence', 'alcohol'], weight: 8 },
  { code: '00800', label: 'Malicious wounding and other like offences', themes: ['violence', 'alcohol'], weight: 7 },
  { code: '80300', label: 'Driving etc after consuming alcohol or taking drugs', themes: ['driving', 'alcohol'], weight: 9 },
  { code: '19300', label: 'Misuse of Drugs, offences in relation to', themes: ['drugs'], weight: 7 },
  { code: '07700', label: 'Misuse of Drugs', themes: ['drugs', 'money'], weight: 6 },
  { code: '14900', label: 'Criminal Damage, £5,000 or less, and Malicious Damage', themes: ['violence', 'home'], weight: 5 },
  { code: '05800', label: 'Other criminal damage', themes: ['alcohol', 'disorder'], weight: 3 },
  { code: '12500', label: 'Offences against public order', themes: ['disorder', 'alcohol'], weight: 6 },
  { code: '72501', label: 'Offences against Public Order (Summary)', themes: ['disorder'], weight: 2 },
  { code: '06500', label: 'Violent Disorder', themes: ['violence', 'disorder'], weight: 2 },
  { code: '02800', label: 'Burglary in a dwelling', themes: ['theft', 'drugs'], weight: 4 },
  { code: '03000', label: 'Burglary, other than in a dwelling', themes: ['theft'], weight: 4 },
  { code: '03300', label: 'Going equipped for stealing etc.', themes: ['theft'], weight: 2 },
  { code: '04100', label: 'Stealing by an employee', themes: ['theft', 'money'], weight: 2 },
  { code: '04500', label: 'Stealing from vehicles', themes: ['theft', 'drugs'], weight: 2 },
  { code: '04800', label: 'Stealing and unauthorised taking of motor vehicles', themes: ['theft', 'driving'], weight: 2 },
  { code: '03700', label: 'Aggravated Taking of a Vehicle', themes: ['driving'], weight: 3 },
  { code: '04900', label: 'Other stealing and unauthorised taking', themes: ['theft'], weight: 3 },
  { code: '05400', label: 'Handling stolen goods', themes: ['theft', 'money'], weight: 3 },
  { code: '05300', label: 'Other Frauds', themes: ['money'], weight: 5 },
  { code: '06100', label: 'Other Forgery etc.', themes: ['money'], weight: 1 },
  { code: '80200', label: 'Dangerous Driving', themes: ['driving'], weight: 4 },
  { code: '80700', label: 'Driving licence related offences', themes: ['driving'], weight: 2 },
  { code: '80900', label: 'Vehicle insurance offences', themes: ['driving', 'money'], weight: 2 },
  { code: '00861', label: 'Threaten with offensive weapon', themes: ['weapons', 'violence'], weight: 3 },
  { code: '00866', label: 'Stalking involving serious alarm/distress', themes: ['home'], weight: 1 },
  { code: '16200', label: 'Disorderly behaviour (including the use of violent, obscene or abusive language)', themes: ['disorder', 'alcohol'], weight: 3 },
]

export const courts: readonly (readonly [court: string, weight: number])[] = [
  ["Northfold Magistrates' Court", 62],
  ['Northfold Crown Court', 20],
  ["Mockbridge Magistrates' Court", 12],
  ["Placeholder Green Magistrates' Court", 6],
]
/** Where those on licence come from. */
export const prisons: readonly string[] = ['HMP Overfold', 'HMP Mockbridge', 'HMP and YOI Sketch Hill']
