import { hasTheme, type Thread } from '../thread.ts'

export const group: Thread = {
  id: 'group',
  goal: 'Have something to do and people to do it with',
  fits: () => 1.1,
  amount: null,
  stages: [
    {
      told: [
        'Days are long and empty. Talked about {group}; {he} {was} doubtful.',
        'Asked what {he} used to enjoy. After a while: being outdoors, being useful.',
      ],
      task: {
        ask: 'go along to {group} once and have a look',
        done: 'Went to {group} on {day}. Stayed an hour and was asked back.',
        missed: 'Walked as far as the gate of {group} and turned round. Offered to ring ahead.',
      },
    },
    {
      told: ['Second time at {group}. Knows three names.', 'Likes {group} because nobody asks questions there.'],
      task: {
        ask: 'go to {group} each week until next time',
        done: 'Has not missed a week at {group}.',
        missed: 'Missed a week at {group} for the dentist.',
      },
    },
    {
      told: [
        '{He} {has} been given a key job at {group}: opening up on Wednesdays.',
        'Brought a photograph from {group}. Pride in it was easy to see.',
      ],
      task: {
        ask: 'ask whether the group has a course for volunteers',
        done: 'There is a first-aid day for volunteers; {he} {has} put {his} name down.',
        missed: 'Has not asked about the course for volunteers.',
      },
    },
    {
      told: [
        'Goes to {group} twice a week. It gives the week a shape, {he} said.',
        'First-aid day done on {day}. The certificate is on the wall.',
        'A quarrel at {group} about keys was settled without shouting.',
        'Has asked whether {he} can go on with {group} after the order. Of course.',
      ],
      task: {
        ask: 'invite somebody new along',
        done: 'Brought a neighbour along to {group}.',
        missed: 'Has not asked anybody along.',
      },
    },
  ],
  calls: [
    [1, 'Could not make {group} this week because of a cold, and wanted me not to think {he} had stopped.'],
    [2, 'Asked whether {group} may have my number for a reference. They may.'],
  ],
  partner: [[2, 'The organiser of {group}: {Name} comes, works, and is good with the older members.']],
}

export const peers: Thread = {
  id: 'peers',
  goal: 'Keep away from the people and places that lead to trouble',
  fits: facts => (hasTheme(facts, 'theft', 'drugs', 'disorder', 'weapons') ? 2 : 0.5),
  amount: null,
  stages: [
    {
      told: [
        'Drew a map of friends: two on it have never been in trouble. {He} looked at that for a while.',
        'Most evenings are at the Quay with the same four people, the ones from the offence.',
      ],
      task: {
        ask: 'spend two evenings elsewhere',
        done: "Two evenings at {his} {sibling}'s instead of the Quay.",
        missed: 'Every evening at the Quay. {He} do{es} not know what else to do with them.',
      },
    },
    {
      told: [
        'Bumped into one of the group on {day}. Said hello and kept walking; {his} heart was going.',
        'Practised what to say when they call. {He} settled on: not tonight, early start.',
      ],
      task: {
        ask: 'use the sentence we practised',
        done: 'Used the sentence twice. They laughed and left it.',
        missed: 'Did not use the sentence; went along for an hour and came home.',
      },
    },
    {
      told: [
        'One of the old group was arrested last week. {He} {was} not there, and said {he} would have been a year ago.',
        'Teased for staying in. It hurt more than {he} expected.',
      ],
      task: {
        ask: 'ring the cousin who moved away from all that',
        done: 'Spoke to the cousin for an hour. They will meet.',
        missed: 'Has not rung the cousin.',
      },
    },
    {
      told: [
        'Goes to the Quay no more; the other side of town has a better gym.',
        'No contact with the old group since {since}.',
        'A message from the old group; read, not answered.',
        'New friends through work and the gym. Names given without being asked.',
      ],
      task: {
        ask: 'think about what to do on the long weekend',
        done: 'A plan for the long weekend: fishing with {his} {sibling}.',
        missed: 'No plan for the weekend yet. Made one.',
      },
    },
  ],
  calls: [
    [1, 'Somebody from the old group is at the door. Advised not to open; stayed on the line until they left.'],
    [1, 'Wanted to say that {he} went home early on Friday.'],
  ],
  partner: [[1, 'Neighbourhood officer: {Name} has not been seen with the group at the Quay this month.']],
}

export const temper: Thread = {
  id: 'temper',
  goal: 'Stop and think before acting',
  fits: facts => (hasTheme(facts, 'violence', 'disorder', 'weapons') ? 2.4 : 0.7),
  amount: null,
  stages: [
    {
      told: [
        'Went through the last time {he} lost {his} temper, minute by minute. The body knew first: jaw and fists.',
        'An argument at a bus stop last week; {he} walked away late, but walked away.',
      ],
      task: {
        ask: 'notice the first sign and write it down',
        done: 'Wrote down the first signs: heat in the neck, talking faster.',
        missed: 'Nothing written down. {He} could say it, though: the jaw.',
      },
    },
    {
      told: [
        'Practised the breathing and counting. Felt silly, then did it again.',
        'Used the traffic lights sheet on a row about parking: stop, think, go. The think part is missing most often.',
      ],
      task: {
        ask: 'use stop and think once at home',
        done: 'Used stop and think on {day} when a parcel went missing.',
        missed: 'Forgot about stop and think until afterwards.',
      },
    },
    {
      told: [
        'A shop assistant accused {him} wrongly. {He} asked for the manager instead of shouting, and got an apology.',
        "Slammed a door at {his} {sibling}'s and rang to say sorry the same evening.",
      ],
      task: {
        ask: 'tell {his} {sibling} about the plan, so that they can help',
        done: '{His} {sibling} knows the plan and says the word when it is time.',
        missed: 'Has not told {his} {sibling}.',
      },
    },
    {
      told: [
        "No rows since {since}. A neighbour's music was dealt with by a note.",
        'Told me about a moment on {day} when it could have gone wrong and did not.',
        'Can name three things that make it worse: no sleep, no food, an audience.',
        'Kept calm at the job centre when the computer lost {his} form.',
      ],
      task: {
        ask: 'keep the card with the three steps in {his} pocket',
        done: 'The card is in {his} pocket, well worn.',
        missed: 'The card went through the wash. Gave {him} another.',
      },
    },
  ],
  calls: [
    [1, 'Rang from outside after an argument to have somebody to talk to. Ten minutes; walked home.'],
    [1, 'Asked for another copy of the three steps card. Posted.'],
  ],
  partner: [],
}

export const driving: Thread = {
  id: 'driving',
  goal: 'Manage without driving and get the licence back lawfully',
  fits: facts => (hasTheme(facts, 'driving') ? 4 : 0),
  amount: null,
  stages: [
    {
      told: [
        'The ban is hard: the nearest bus stop is fifteen minutes away. {He} {has} sold the car.',
        'Went through what the ban covers. {He} had thought a moped was allowed.',
      ],
      task: {
        ask: 'find the bus times to work and to us',
        done: 'Has the bus times on a card in {his} wallet.',
        missed: 'Bus times not looked up. Did it here on the screen.',
      },
    },
    {
      told: [
        'Talked about the day of the offence: who was on the road besides {him}. Long silence at the school crossing.',
        "Looked at the film about the driver's family. {He} asked to stop it once and went on.",
      ],
      task: {
        ask: 'write half a page on who could have been hurt',
        done: 'Half a page written, and it begins with the children.',
        missed: 'Nothing written yet; {he} said it is in {his} head.',
      },
    },
    {
      told: [
        'Has a bike from the workshop, with lights. Was rained on twice and came in all the same.',
        'A friend offered {him} the keys for a short trip; {he} said no and told me about it.',
      ],
      task: {
        ask: 'ask about the course that shortens the ban',
        done: 'Booked on the course that shortens the ban.',
        missed: 'Has not asked about the course; the form is on the court papers.',
      },
    },
    {
      told: [
        'No driving since the ban, and no plan to before it ends.',
        'Saves for the insurance: the quotes are a shock.',
        'Course day on {day}. {He} had not known how long it takes to sober up.',
        'Travel is easier now that a colleague shares the way.',
      ],
      task: {
        ask: 'find out what the licence needs at the end of the ban',
        done: 'Knows the date, the form and the fee for the licence.',
        missed: 'Has not looked into the licence yet.',
      },
    },
  ],
  calls: [
    [0, 'Asked about the buses on a Sunday. Looked them up together.'],
    [1, 'Asked whether sitting beside a learner is allowed. It is not.'],
  ],
  partner: [[1, 'Traffic officer: no reports of {Name} at the wheel.']],
}
