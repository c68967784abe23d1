/** Sentences that any meeting may have, by what they are for. Words in braces are filled in for the person and the day. */

export const openings = {
  office: [
    'On time.',
    'Arrived on time and ready to talk.',
    'Five minutes early.',
    'Arrived {late} minutes late; the bus did not come.',
    'Arrived {late} minutes late and rang ahead to say so.',
    'On time, with a cold, but wanted to be seen.',
    'On time, wet through from the rain, cheerful all the same.',
    'On time. Quiet at first, then talked freely.',
    'On time and in good spirits.',
    'On time. Tired, and said so.',
    'Looked well; has had a haircut.',
    'A little short with me at the start, and said sorry for it later.',
    'Came with papers in a folder this time.',
    'Early, and used the wait to read the notice board.',
    'Came with a list of things to ask.',
    'On time. Talkative today.',
    'On time. A long week, {he} said, but a good one.',
    'On time. Subdued; it came out later why.',
  ],
  phone: [
    'Answered at the first ring.',
    'Rang at the agreed time; {he} {was} alone and could talk.',
    'Missed my first call and rang back within five minutes.',
    'Rang as agreed. Some noise in the background, then {he} went outside.',
    'On the bus at first; rang again ten minutes later.',
    'Rang as agreed. Clear and to the point.',
  ],
  video: [
    'Joined the video call on time, alone in the room.',
    'Video worked after a second try.',
    "On the video call from {his} {sibling}'s kitchen, with the door shut.",
  ],
  home: [
    'Seen at home, {street}. Clean and warm, nobody else there.',
    'Home visit as arranged. {He} showed me the kitchen {he} {has} painted.',
    'Home visit. {His} {sibling} was there at the start and left us to talk.',
    'Home visit. Washing on every chair, otherwise in order; food in the fridge.',
    'Home visit as arranged, {street}. Dog shut in the bedroom without being asked.',
    'Home visit. The meter is low until pay day, so we sat by the window.',
  ],
  doorstep: [
    'Spoke at the door, as arranged. {He} {was} well and dressed for the day.',
    'Doorstep contact, ten minutes. Nothing untoward seen or heard.',
  ],
  threeWay: [
    'Met with {Name} and {other}.',
    'Three-way meeting with {other}; {Name} led the first part {himself}.',
    '{Other} joined us for the first half.',
  ],
} as const

/** Where two officers are asked for. */
export const twoOfficers = [
  'Seen with {second}.',
  '{second} sat in.',
  'Two officers, {second} with me.',
  'Room 2, {second} beside me.',
  'With {second}, as agreed for all meetings.',
]

export const addressChecks = [
  'Address and number unchanged.',
  'Still at {street}.',
  'Address unchanged: {street}.',
  'Same address, same number.',
  'No change of address or number.',
]

/** What is said about risk and behaviour when nothing has happened. */
export const quietRisk = [
  'No police contact since {since}.',
  'Nothing new on risk.',
  'No new offences, no police contact.',
  'Asked about police contact: none.',
  'No sign of drink or drugs.',
  'Open and polite throughout.',
  'Calm throughout.',
  'No change to risk or to the plan.',
  'Nothing that changes the risk assessment.',
]

/** What is asked where the case carries the flag. */
export const flagQuestions: Readonly<Record<string, readonly string[]>> = {
  ADVP: [
    'Asked about the former partner: no contact, and none tried.',
    'Asked about new relationships: none.',
    'Nobody new, no messages from or about the former partner.',
    'Asked about social media: nothing seen, nothing sent.',
    'Asked who is in {his} life at present. Nobody new.',
    'The former partner was not mentioned by {him}; I asked, and there has been nothing.',
  ],
  RSTO: [
    'The restraining order was gone through again; {he} could say what it forbids.',
    'Restraining order understood, no breach reported.',
    'Asked which streets {he} keep{s} out of. All of them named.',
  ],
  AMHL: [
    'Mood asked about: steady, sleeps most nights.',
    'Asked how the nights are: five hours, better than it was.',
    'Mood all right, by {his} own account and to look at.',
    'Said the tablets help, and that {he} would rather not need them.',
    'The next GP visit is booked.',
    'Mood lower than last time, no thoughts of self-harm.',
  ],
  ALSH: [
    'Asked directly about self-harm: no thoughts, no plan. Knows whom to ring.',
    'Asked about self-harm: none. {He} said it helps to be asked.',
    'No thoughts of self-harm since {since}. The numbers are in the phone.',
  ],
  WEAP: [
    'Asked what {he} carr{ies} when out: phone and keys.',
    'Asked whether {he} feel{s} safe outside. Yes, by day.',
    'Nothing carried, nobody to be afraid of at present, {he} said.',
  ],
  RCCO: [
    'Asked about contact with children: only as agreed.',
    'No change in who lives at home.',
    'Children: seen as arranged, nothing outside it.',
    'Asked whether anybody with children has moved in or near. No.',
  ],
  RCPR: [
    'Contact with the child is as the plan says. Core group report is due.',
    'Asked about the child: seen at the centre only.',
    'Nothing that the core group would not know already.',
  ],
  AV2S: [
    'Calm; no raised voice.',
    'Some tension when money came up; {he} took a minute outside and came back.',
    'No sign of anger today.',
    'Good humoured.',
  ],
  RVLN: [
    'Read through everything that {he} had been given to sign: nothing new.',
    'Asked whether anybody has wanted money or a favour. No.',
    'Seen nobody since {day} but the postman, {he} said. Talked about that.',
  ],
  IIOM: [
    'Told that the conference takes place next week; no surprises expected.',
    'Saw the officer of the joint team on {day} as well; the dates agree.',
  ],
  CUCK: [
    'Asked who has been in the flat: family only. Keys all accounted for.',
    'Nobody staying. The chain is on the door at night.',
  ],
  STRG: ['Asked about the Quay: not there since {since}.', 'No messages from the old group, none looked for.'],
}

export const summaries = [
  'A good meeting. The plan holds.',
  '{Name} is doing what {he} said {he} would.',
  'Steady progress, with money the weak point.',
  'Small steps, but in the right direction.',
  'A mixed fortnight, told honestly.',
  'More settled than at any time since the start.',
  'Good insight into what went wrong; less into what to do about it.',
  'Wants to get on. The risk is taking on too much at once.',
  'Engaged well. The best conversation so far about the offence itself.',
  'Holding on. The next weeks matter because the routine is new.',
  'Less to report than last time, which is good news in itself.',
  'The plan needs no change. We will look at it in full at the next review.',
  'Motivation is there; confidence comes and goes.',
  '{Name} saw the link between a bad night and a bad decision without my help.',
  'Progress on the practical side is ahead of the work on thinking.',
  'A slower week. We agreed to leave the plan as it is.',
]

/** Tasks when no subject has one of its own. */
export const generalTasks = [
  'ring before 09:00 if anything stands in the way',
  'bring the post that has come',
  'come back with one thing that went well and one that did not',
  'keep the appointment card on the fridge',
  'think over what we said about the weekend',
  'write the dates in the phone before leaving the building',
  'read the sheet I gave {him}',
  'keep going as now',
]

export const officerTasks = [
  'I will send the dates by text.',
  'I will ring the agencies concerned before then.',
  'I will ask for an update in writing.',
  'I will put this in the next review of the plan.',
  'I will look up the form and bring it.',
  'I will speak to the senior about travel costs.',
  'I will check what help there is with this and tell {him}.',
]

/** How somebody took a piece of work. */
export const responses = [
  'Joined in fully and gave examples of {his} own.',
  'Slow to start, then found {his} own words.',
  'Thoughtful. {He} asked to take the sheet home.',
  'Guarded about the offence, open about everything else.',
  'Got it at once, and put it better than the sheet does.',
  'Found it hard to see the other side; we will come back to it.',
  'Laughed at first, then took it seriously.',
  'Disagreed with one point and argued it well.',
  'Tired, but stayed with it to the end.',
  'Could say at the end what {he} would do differently.',
]

/** Whose table a three-way meeting shares, by the subject it is about. */
export const threeWayPartners: Readonly<Record<string, string>> = {
  housing: 'the arrears officer of Northfold Housing',
  searching: 'the worker from Northfold Supported Homes',
  benefits: 'the adviser from Northfold Advice Centre',
  debts: 'the adviser from Northfold Advice Centre',
  job: 'the coach from Northfold Jobs Hub',
  siteCard: 'the coach from Northfold Jobs Hub',
  college: 'the tutor from Northfold College',
  children: 'the social worker',
  relationships: 'the social worker',
  alcohol: 'the worker from Northfold Drug and Alcohol Service',
  drugs: 'the worker from Northfold Drug and Alcohol Service',
  mood: 'the nurse of the community team',
}
export const anyPartner = 'the support worker from Northfold Advice Centre'
