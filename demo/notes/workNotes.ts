/** Where unpaid work is done and what there is to do; one project lasts some weeks. */
export const projects: readonly { readonly place: string; readonly tasks: readonly string[] }[] = [
  {
    place: 'Northfold Park',
    tasks: [
      'Cleared brambles along the south fence',
      'Painted benches by the pond',
      'Raked and barrowed cuttings',
      'Dug over the rose beds',
      'Laid bark on the play area path',
    ],
  },
  {
    place: 'The Quay path',
    tasks: [
      'Cut back the hedge along the path',
      'Filled potholes with gravel',
      'Collected eleven bags of litter',
      'Set four fence posts',
    ],
  },
  {
    place: 'The community kitchen garden',
    tasks: [
      'Built two raised beds',
      'Turned the compost and mended its boards',
      'Weeded between the beds',
      'Painted the shed',
    ],
  },
  {
    place: 'The charity warehouse',
    tasks: [
      'Sorted clothes by size',
      'Moved furniture for two deliveries',
      'Tested and labelled lamps with the volunteer',
      'Swept and shelved the back room',
    ],
  },
  {
    place: 'The churchyard in Upper Northfold',
    tasks: ['Strimmed between the stones', 'Cleared ivy from the wall', 'Swept the gutters and the porch'],
  },
]

export const workRemarks: readonly string[] = [
  'Worked well.',
  'Worked well and took care of the tools.',
  'Good pace, no reminders needed.',
  'Needed telling twice about the phone, then fine.',
  'Showed a new starter what to do.',
  'Steady, kept to {himself}.',
  'In a bad mood until the tea break, good after it.',
  'Asked for more of the same next week.',
  'Slow start, made up for it after lunch.',
  'Boots, gloves and lunch all there.',
  'Came without gloves; lent a pair.',
  'The public stopped to say thank you.',
]

export const stoodDown: readonly string[] = [
  'Stood down at 09:20: heavy rain, site closed. No hours.',
  'Stood down, no supervisor free. {Name} was there on time. No hours, and no mark against {him}.',
  'Stood down before the start: the van broke down. Told by text at 07:45.',
]

/** The weather of the colder and the warmer half of the year. */
export const coldDays: readonly string[] = [
  'Dry and cold.',
  'Frost first thing, so a late start with tools.',
  'Cold rain; two breaks in the van.',
]
export const warmDays: readonly string[] = [
  'Warm; water breaks on the hour.',
  'Hot after lunch, hats on.',
  'Dry and bright.',
]

/** The day round the work. */
export const dayRemarks: readonly string[] = [
  'Rain until eleven, then dry.',
  'Breaks kept to time.',
  'Six on site, all there by nine.',
  'Four on site. Tools checked in and out, none missing.',
  'Safety talk at the start, signed.',
  'Ran out of materials at two and swept instead.',
  'The school came by to look.',
  'Windy, so no ladder work.',
  'Finished what was planned for the week.',
  'Half of it done; the rest next week.',
]
