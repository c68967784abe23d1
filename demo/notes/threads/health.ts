import { hasTheme, type Thread } from '../thread.ts'

export const alcohol: Thread = {
  id: 'alcohol',
  goal: 'Stay under 14 units a week',
  fits: facts => (hasTheme(facts, 'alcohol') ? 4 : 0.9),
  amount: { from: [30, 52], step: 1, pay: [3, 4], floor: 5, figure: '{amount} units a week.', setbacks: 0.13 },
  stages: [
    {
      told: [
        'Filled in the drinking diary for last week: {amount} units, most of it on Friday and Saturday.',
        'Drinking: {amount} units in the week when counted glass by glass. {He} had guessed half of that.',
      ],
      task: {
        ask: 'keep the drinking diary until next time',
        done: 'Diary kept, every day filled in.',
        missed: 'The diary stopped after two days. Filled in the rest from memory.',
      },
    },
    {
      told: [
        'Units this week: {amount}, {last} last time. Worked out what that costs in a month; {he} {was} surprised.',
        'Drinking {amount} units, {last} before. Two days without, which {he} {has} not managed for a year.',
      ],
      task: {
        ask: 'choose two days a week without a drink',
        done: 'Monday and Wednesday were dry both weeks.',
        missed: 'One dry day instead of two.',
      },
    },
    {
      told: [
        'Referred to Northfold Drug and Alcohol Service; a first talk is offered next week. Units {amount}, {last} last time.',
        '{amount} units. The hard moments are pay day and an empty flat on Sunday. Put something in both places.',
      ],
      task: {
        ask: 'go to the first talk at Northfold Drug and Alcohol Service',
        done: 'Went to the first talk on {day} and will go again.',
        missed: 'Did not go to the first talk. Rang for a new date with {him}.',
      },
    },
    {
      told: [
        'A wedding on Saturday went over: {amount} units this week, {last} before. No trouble came of it and {he} told me before I asked.',
        'Units {amount}. Has changed to small bottles and eats first; {he} {was} open about one bad evening.',
      ],
      task: {
        ask: 'plan the next pay day before it comes',
        done: 'Pay day went to plan: shopping first, cinema, home by ten.',
        missed: 'Pay day was not planned and it showed on the Saturday.',
      },
    },
    {
      told: [
        'Units this week {amount}, {last} last time. Goal is under 14.',
        '{amount} units. Sleeps better and said so without being asked.',
        'Drinking {amount} units, mostly Friday. Asked for the sheet on sleep.',
        'Alcohol: {amount} units, no spirits. {His} {sibling} has noticed.',
        '{amount} units by {his} own count, {last} before.',
      ],
      task: {
        ask: 'keep to the limit on Friday and note it',
        done: 'Kept to the Friday limit.',
        missed: 'Friday went over by a few.',
      },
    },
  ],
  calls: [
    [
      1,
      'Had a drink last night after a row on the telephone and wanted to tell me before the meeting. Talked through tonight.',
    ],
    [2, 'Asked when the drop-in at Northfold Drug and Alcohol Service is. Thursday, 10 to 12.'],
    [2, 'Proud of a weekend without a drink.'],
  ],
  partner: [
    [3, 'Northfold Drug and Alcohol Service: {Name} has kept two of two appointments. Goal set at under 14 units.'],
    [3, 'Northfold Drug and Alcohol Service: group place offered on Thursdays; {Name} is thinking about it.'],
  ],
}

export const drugs: Thread = {
  id: 'drugs',
  goal: 'Cut down and stay clear of drugs',
  fits: facts => (facts.age > 60 ? 0.05 : hasTheme(facts, 'drugs') ? 4 : 0.5),
  amount: { from: [45, 95], step: 5, pay: [5, 10], floor: 5, figure: '£{amount} a week.', setbacks: 0.2 },
  stages: [
    {
      told: [
        'Spoke openly about {drug}: about £{amount} a week, mostly in the evening, more when {he} {is} alone.',
        'Uses {drug}, £{amount} a week. Does not see it as the problem, but would like the money back.',
      ],
      task: {
        ask: 'note for a week when, where and with whom',
        done: 'The week is noted: it is the same two people each time.',
        missed: 'Nothing noted. Did a week from memory.',
      },
    },
    {
      told: [
        '£{amount} a week on {drug}, £{last} last time. Talked about what it does for {him} and what it costs besides money.',
        'Referred to Northfold Drug and Alcohol Service. {He} would rather see a woman worker; passed on.',
      ],
      task: {
        ask: 'keep the first appointment with the drug worker',
        done: 'Saw the drug worker on {day}. A plan to cut down is made.',
        missed: 'Missed the drug worker. Another date is offered, and a reminder on the day.',
      },
    },
    {
      told: [
        'Down to £{amount} a week. Restless in the first hour after work; walks instead.',
        '£{amount}, {last} before. An old contact sent a message with an offer; deleted and blocked.',
      ],
      task: {
        ask: 'change the number that the old contacts have',
        done: 'New number, given to family, work and us.',
        missed: 'Still the old number. {He} do{es} not want to lose the pictures; showed {him} how to keep them.',
      },
    },
    {
      told: [
        'A slip on {day}: used with somebody {he} met by chance. Told me at once. £{amount} this week.',
        'Test at the drug service was clear for the first time. {He} kept the slip.',
      ],
      task: {
        ask: 'ring the drug worker before, not after, next time',
        done: 'Rang the drug worker on a hard evening and it passed.',
        missed: 'Did not ring the drug worker on the bad evening.',
      },
    },
    {
      told: [
        '{Drug}: £{amount} this week, £{last} before.',
        'No use since {since}, by {his} own account. Nothing to suggest otherwise.',
        'Craves it less; the money goes on food and a bike lock.',
        'Drug worker sees {him} monthly now. £{amount} in the last week.',
      ],
      task: {
        ask: 'keep the monthly talk with the drug worker',
        done: 'The monthly talk with the drug worker is kept.',
        missed: 'The talk with the drug worker was moved to next week.',
      },
    },
  ],
  calls: [
    [2, "A bad evening: money in the pocket and nobody in. Talked until the bus came. Went to {his} {sibling}'s."],
    [1, 'Asked for the address of Northfold Drug and Alcohol Service. Given.'],
  ],
  partner: [
    [3, 'Drug worker: {Name} engages well, is honest about slips, and has cut down since the start.'],
    [
      3,
      'Northfold Drug and Alcohol Service: test results shared with {his} agreement, in line with what {he} told us.',
    ],
  ],
}

export const mood: Thread = {
  id: 'mood',
  goal: 'Look after mental health and ask early for help',
  fits: () => 1.5,
  amount: null,
  stages: [
    {
      told: [
        'Low for some weeks: sleeps until noon, sees nobody. Asked directly about self-harm: no thoughts, no plan.',
        'Anxious in crowds and on buses. Turned round at the stop twice last week before {he} got here.',
      ],
      task: {
        ask: 'make an appointment with the GP and say what {he} said here',
        done: 'Saw the GP on {day}. Tablets started, review in four weeks.',
        missed: "No GP appointment: eight o'clock is a hard time to ring. Did it together on the practice website.",
      },
    },
    {
      told: [
        'On the new tablets for two weeks. Dry mouth, a little better in the mornings.',
        'Filled in the form for Northfold Talking Therapies together. The wait is about ten weeks.',
      ],
      task: {
        ask: 'take the tablets each morning with breakfast',
        done: 'Tablets taken each morning; the box shows it.',
        missed: 'Stopped the tablets after a week. Told {him} to speak to the GP before stopping again.',
      },
    },
    {
      told: [
        'Sleep is better with the phone in the other room. Up by nine most days.',
        'A bad patch after news from home. No thoughts of self-harm. {He} knew whom to ring and did.',
      ],
      task: {
        ask: 'walk for twenty minutes before noon',
        done: 'The walks happen, five days out of seven.',
        missed: 'One walk. It rained, {he} said, and we both smiled.',
      },
    },
    {
      told: [
        'First session with Northfold Talking Therapies on {day}. {He} liked that there was homework.',
        'The therapist gave {him} a sheet about thoughts that run ahead. We used it on the letter that came this week.',
      ],
      task: {
        ask: 'bring the thought sheet along',
        done: 'Thought sheet brought: three entries, one about us.',
        missed: 'Thought sheet left at home.',
      },
    },
    {
      told: [
        'Mood steady, six out of ten. Medication unchanged.',
        'Mood seven out of ten, the highest so far. {He} laughed twice.',
        'Five out of ten this week, for no clear reason. Still goes out, still eats.',
        'Repeat prescription sorted in time. Sleeps about seven hours.',
      ],
      task: {
        ask: 'keep the next GP review',
        done: 'GP review kept; no change to the tablets.',
        missed: 'GP review missed; rebooked by {himself}.',
      },
    },
  ],
  calls: [
    [
      1,
      'Rang feeling low. Asked directly: no thoughts of self-harm. {His} {sibling} is coming round tonight. Number of the crisis line given again.',
    ],
    [1, 'Tablets run out on {soonDay}. Told {him} how to ask for the repeat online.'],
    [0, 'Could not face the bus. Talked until it came; {he} got on.'],
  ],
  partner: [
    [2, 'GP practice: medication review done, next in three months. They ask us to ring if {he} stop{s} coming.'],
    [3, 'Northfold Talking Therapies: {Name} has reached the top of the list; letter sent.'],
  ],
}

export const body: Thread = {
  id: 'body',
  goal: 'Put health right so that work is possible',
  fits: ({ age }) => (age > 40 ? 1.2 : 0.35),
  amount: null,
  stages: [
    {
      told: [
        'Back pain again; stood for part of the meeting. Has not seen a doctor about it.',
        'Toothache for three weeks, living on painkillers. No dentist.',
      ],
      task: {
        ask: 'register with the practice in Sketch Hill',
        done: 'Registered with the practice on {day}.',
        missed: 'Not registered: the form asks for an email address. Filled it in here.',
      },
    },
    {
      told: [
        'The doctor thinks it will settle with exercises. A physiotherapist will ring.',
        'Emergency dentist took the tooth out. {He} {has} eaten properly for the first time in weeks.',
      ],
      task: {
        ask: 'do the exercises every day',
        done: 'Exercises done most days; sits more easily.',
        missed: 'Exercises done twice.',
      },
    },
    {
      told: [
        'Blood pressure was high at the check. Tablets, and less salt.',
        'A letter from the hospital with a scan date. It does not clash with us.',
      ],
      task: {
        ask: 'keep the hospital appointment',
        done: 'Hospital appointment kept; results in two weeks.',
        missed: 'The hospital moved the appointment.',
      },
    },
    {
      told: [
        'Results were fine. {He} had been more worried than {he} let on.',
        'Health as before. Walks to us instead of taking the bus.',
        'Smoking down to eight a day; the pharmacy gives patches.',
      ],
      task: {
        ask: 'ask at the pharmacy about the next step',
        done: 'Spoke to the pharmacist on {day}.',
        missed: 'Has not been to the pharmacy.',
      },
    },
  ],
  calls: [
    [0, 'In pain and on the way to the walk-in centre. Will bring the note.'],
    [2, 'Hospital rang with another date. Wrote it down: no clash with us.'],
  ],
  partner: [[1, 'GP practice: fit note issued for four weeks, light duties only. Copy on file.']],
}
