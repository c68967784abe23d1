/** The demo office's town and what surrounds it: none of it exists, and no postcode area is called ZZ. */
export const towns: readonly (readonly [town: string, weight: number])[] = [
  ['Northfold', 70],
  ['Upper Northfold', 12],
  ['Northfold Quay', 10],
  ['Mockbridge', 5],
  ['Placeholder Green', 3],
]

export const streets: readonly string[] = [
  'Sample Street',
  'Mockup Mews',
  'Placeholder Lane',
  'Example Road',
  'Specimen Row',
  'Draft Close',
  'Template Terrace',
  'Fixture Court',
  'Ipsum Way',
  'Prototype Place',
  'Pattern Crescent',
  'Outline Avenue',
  'Sketch Hill',
  'Margin Walk',
  'Footnote Gardens',
  'Stencil Street',
  'Blueprint Drive',
  'Figment Fold',
  'Trial Square',
  'Notional Road',
]

/** Ofcom keeps these for drama: 07700 900000 to 900999, and 01632 960000 to 960999. Nobody has them. */
export const mobileNumber = (line: number): string => `07700 900${String(line).padStart(3, '0')}`
export const landline = (line: number): string => `01632 960${String(line).padStart(3, '0')}`
