import { hasTheme, type Thread } from '../thread.ts'

export const children: Thread = {
  id: 'children',
  goal: 'See the child regularly and safely',
  fits: facts => (facts.hasChild ? 2.2 : 0),
  amount: null,
  stages: [
    {
      told: [
        '{He} {has} a {child} of {childAge} and has seen little of {childHim} since the offence. {He} would like that to change, at a pace that suits the child.',
        'Talked about {his} {child}, {childAge}. Contact is by telephone on Sundays, when it happens.',
      ],
      task: {
        ask: 'keep to the Sunday call at the agreed time',
        done: 'Rang on Sunday at the agreed time. Ten minutes, about school and a guinea pig.',
        missed:
          'Forgot the Sunday call until nine at night and did not ring. We spoke about what that is like at {childAge}.',
      },
    },
    {
      told: [
        'Wrote to the family centre together about supervised visits. {He} know{s} they will ask us.',
        'The social worker is content for visits to begin, one hour a fortnight at the family centre.',
      ],
      task: {
        ask: 'ring the family centre for a first date',
        done: 'The family centre has given a first date.',
        missed: 'The family centre was not rung. {He} said {he} {was} afraid of a no.',
      },
    },
    {
      told: [
        'First visit at the family centre on {day}. They drew together. {He} cried a little when telling me.',
        'Second visit went well. The worker noted that {he} got down on the floor and let {his} {child} choose the game.',
      ],
      task: {
        ask: 'write down after each visit what went well',
        done: 'Notes on both visits, half a page each, honest about the awkward moments.',
        missed: 'No notes on the visits, but {he} could tell me about them in detail.',
      },
    },
    {
      told: [
        'A visit was cancelled as {his} {child} had a cold. {He} {was} low about it but did not ring and argue.',
        'Birthday coming up. Talked about a present that fits the budget and is not a competition.',
      ],
      task: {
        ask: 'agree the birthday plan with the worker first',
        done: 'Birthday plan agreed with the worker: a cake at the centre.',
        missed: 'Has not spoken to the worker about the birthday.',
      },
    },
    {
      told: [
        'Visits are weekly now. {He} keep{s} the drawings in a folder and showed me two.',
        'Saw {his} {child} on {day}. Reading a book a chapter at a time.',
        'The worker wrote that {his} {child} asks for the visits. {He} read it out to me twice.',
        'A quiet visit this week; not every one has to be special, {he} said.',
      ],
      task: {
        ask: 'ask the worker about a visit in the park',
        done: 'The visit in the park is agreed, with the worker there.',
        missed: 'Has not asked about the park.',
      },
    },
  ],
  calls: [
    [3, 'Visit on {soonDay} is moved to the afternoon. {He} wanted us to know, as it is close to our meeting.'],
    [
      2,
      'Upset after a call with {his} {child} was cut short. Talked for ten minutes; calmer at the end. No plan to go round.',
    ],
    [2, 'Asked whether {he} may go to the school play. Told {him} to ask the social worker before anything else.'],
  ],
  partner: [
    [4, 'Family centre: three visits kept out of three. Warm, well prepared, leaves on time.'],
    [2, "Children's services: no new concerns. They close their part if the next two visits go as well."],
  ],
}

export const parent: Thread = {
  id: 'parent',
  goal: 'Be there for the family without losing the ground gained',
  fits: ({ age }) => (age > 24 && age < 62 ? 1 : 0.2),
  amount: null,
  stages: [
    {
      told: [
        '{His} {parent} is unwell and in and out of hospital. {He} {is} the one who lives nearest.',
        '{His} {parent} had a fall in the week. {He} sat in the emergency department until three in the morning.',
      ],
      task: {
        ask: 'ask the ward when visiting is and whom to speak to',
        done: 'Spoke to the ward on {day}; visiting is in the afternoons and there is a named nurse.',
        missed: 'Has not spoken to the ward yet. {His} {sibling} did.',
      },
    },
    {
      told: [
        '{His} {parent} is home with carers twice a day. {He} do{es} the shopping.',
        "Tired from nights at {his} {parent}'s. Sleep came up as something to watch.",
      ],
      task: {
        ask: 'share the evenings with {his} {sibling}',
        done: '{He} and {his} {sibling} take turns in the evenings now.',
        missed: 'Has not asked {his} {sibling} for help. Talked about how to put it.',
      },
    },
    {
      told: [
        'Talked about what it means to be needed. {He} said it is the reason not to go back to how things were.',
        "Gave the number of the carers' group at Northfold Advice Centre.",
      ],
      task: {
        ask: "look in on the carers' group once",
        done: "Went to the carers' group on {day}. Older people mostly, and good cake.",
        missed: "Has not been to the carers' group.",
      },
    },
    {
      told: [
        'Test results were better than feared. {His} {parent} may travel to the coast.',
        'A bad week: {his} {parent} was taken in again. {He} rang us the same day to move nothing and came anyway.',
      ],
      task: {
        ask: 'tell me early if hospital visits clash with us',
        done: 'Told me in good time about a hospital visit; no clash.',
        missed: 'A hospital visit nearly clashed, and I heard of it only now.',
      },
    },
    {
      told: [
        '{His} {parent} is steady. {He} go{es} on Tuesdays and Saturdays.',
        "Things at {his} {parent}'s are as before. The garden is {his} job now.",
        'Took {his} {parent} to the clinic on {day}; waited two hours, kept {his} patience.',
      ],
      task: {
        ask: 'keep one evening a week free of care',
        done: 'Kept the one evening free and watched football.',
        missed: 'No free evening this week.',
      },
    },
  ],
  calls: [
    [
      1,
      '{His} {parent} has been taken to hospital. Will still come to the next appointment and rings if that changes.',
    ],
    [1, "Asked whether a night at {his} {parent}'s counts as a change of address. It does not."],
  ],
  partner: [
    [
      1,
      '{His} {sibling} rang, with {his} agreement, to thank us for moving things round the hospital. Nothing else discussed.',
    ],
  ],
}

export const relationships: Thread = {
  id: 'relationships',
  goal: 'Safe and respectful relationships',
  fits: facts => (hasTheme(facts, 'home') ? 4 : 0),
  amount: null,
  stages: [
    {
      told: [
        'Talked about the offence for the first time in detail. {He} began with what the other person did, and came to {his} own part after a while.',
        'Explained again what no contact means: no messages through friends, no liking of pictures. {He} repeated it in {his} own words.',
      ],
      task: {
        ask: "take the former partner's number and pictures off the phone",
        done: 'Number and pictures are gone from the phone; shown to me without being asked.',
        missed: 'The pictures are still on the phone. Done here, with some silence.',
      },
    },
    {
      told: [
        'Worked on what came before the argument: the week before, the day, the last hour. {He} had not seen the week before.',
        'Looked at the wheel of control. {He} recognised checking the phone and said nothing about money; to come back to.',
      ],
      task: {
        ask: 'write down three moments in the week when {he} felt it rise',
        done: "Brought three moments, one of them in a queue at the chemist's. Good detail.",
        missed: 'Nothing written down. We found one moment together.',
      },
    },
    {
      told: [
        'A mutual friend passed on news of the former partner. {He} asked the friend to stop, and told me.',
        'Asked about new relationships: none. {He} said {he} would tell me, and knows that I may have to tell others.',
      ],
      task: {
        ask: 'tell friends not to carry messages',
        done: 'Has told two friends not to carry messages.',
        missed: 'Has not spoken to the friends. Talked about the words to use.',
      },
    },
    {
      told: [
        'Time-out plan practised: say it, leave, walk for twenty minutes, come back and say when. {He} {has} used it once at home with {his} {sibling}.',
        'Spoke about what an apology is for, and why there will not be one in person.',
      ],
      task: {
        ask: 'use the time-out plan once and tell me how it went',
        done: 'Used the time-out on {day} with {his} {sibling}: walked round the block and came back calm.',
        missed: 'No occasion for the time-out, {he} said. We looked for one and found two.',
      },
    },
    {
      told: [
        'No contact with the former partner, and none tried. {He} can say now whom the order protects.',
        "Met somebody at a friend's and told me at once. First name and age noted, and what has to be said to the new person and when.",
        'The friendship has not become more. {He} {is} in no hurry, {he} said.',
        'Read a statement from another case together and wrote down what a child in the next room would have heard. It stayed with {him}.',
      ],
      task: {
        ask: 'read the two pages on respect in a new relationship',
        done: 'Read the two pages and had questions about jealousy.',
        missed: 'The two pages were not read.',
      },
    },
  ],
  calls: [
    [
      0,
      'Saw the former partner across the street by chance and crossed over. Rang to tell me at once. Logged; well done for ringing.',
    ],
    [1, 'A message came from an unknown number. Did not answer it; will show me on {soonDay}.'],
  ],
  partner: [[1, 'Victim liaison: no contact reported since the last update. They ring if that changes.']],
}
