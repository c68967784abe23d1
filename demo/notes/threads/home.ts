import type { Thread } from '../thread.ts'

export const housing: Thread = {
  id: 'housing',
  goal: 'Keep the tenancy',
  fits: ({ home }) => (home === 'settled' ? 2.4 : 0),
  amount: { from: [260, 780], step: 5, pay: [10, 15, 20, 25], floor: 20, figure: 'Arrears £{amount}.', setbacks: 0 },
  stages: [
    {
      told: [
        'Rent is behind: the latest letter from Northfold Housing puts the arrears at £{amount}. {He} had not opened the two letters before it.',
        '{He} brought a carrier bag of post. Most of it is from Northfold Housing: arrears of £{amount} and a request to get in touch.',
        'The rent has slipped while other bills were paid first. Arrears £{amount}, and a letter that asks {him} to ring.',
      ],
      task: {
        ask: 'ring Northfold Housing and ask what they would accept each month',
        done: '{Name} rang Northfold Housing on {day}. They will look at an offer if {he} can show what comes in and goes out.',
        missed:
          'The call to Northfold Housing was not made. {Name} finds such calls hard, so we agreed to make it together.',
      },
    },
    {
      told: [
        'Rang Northfold Housing together. Arrears £{amount}. They will take £{pay} a month on top of the rent and asked for it in writing.',
        'Wrote the offer to Northfold Housing with {him}: £{pay} a month against arrears of £{amount}. {He} read it over and signed.',
      ],
      task: {
        ask: 'hand in the signed offer at Northfold Housing and keep the stamped copy',
        done: 'The offer went in on {day}; {he} showed me the stamped copy.',
        missed: 'The offer is still in {his} bag. {He} will hand it in on the way home.',
      },
    },
    {
      told: [
        'Northfold Housing wrote back and accepted £{pay} a month. The first payment is due with the next rent.',
        'Arrears stand at £{amount}, £{last} last time. No further letters from the landlord.',
      ],
      task: {
        ask: 'bring the receipt for the £{pay}',
        done: 'Receipt for the £{pay} seen and copied.',
        missed: 'No receipt today. {He} said the £{pay} was paid at the counter and the slip is at home.',
      },
    },
    {
      told: [
        'Arrears now £{amount}, £{last} before. {He} said it is the first time in a year that the figure has gone the right way.',
        '£{pay} paid again. Arrears £{amount}. A short month ahead, so we put the payment on the day after {he} {is} paid.',
      ],
      task: {
        ask: 'report the damp in the back room to the landlord',
        done: 'The damp was reported on {day} and a visit is booked.',
        missed: 'The damp has not been reported. {He} will do it by email, which is easier for {him}.',
      },
    },
    {
      told: [
        'A letter from Northfold Housing worried {him}. Read together: a yearly rent statement, not a notice. Arrears £{amount}.',
        'Two days late with a payment after the cooker broke, but {he} rang the landlord {himself} to say so. Arrears £{amount}; the plan stands.',
      ],
      task: {
        ask: 'ask Northfold Housing for the payments to go by standing order',
        done: 'The standing order is set up; {he} showed me on the phone.',
        missed: 'Standing order not set up. The bank wants to see ID; {he} will take it in.',
      },
    },
    {
      told: [
        'Tenancy: payments kept up, arrears £{amount}. Nothing else from the landlord.',
        'Rent and the £{pay} both paid. Arrears £{amount}. No more complaints from the neighbours.',
        'Tenancy review with Northfold Housing on {day}. They said {he} {is} a tenant they can work with. Arrears £{amount}.',
        'Arrears £{amount}. {He} asked what happens to the plan when the order ends: it goes on, it is between {him} and the landlord.',
      ],
      task: {
        ask: 'check the next rent statement against {his} own list',
        done: '{He} checked the rent statement line by line; it agrees with {his} list.',
        missed: 'The rent statement has not been looked at yet.',
      },
    },
  ],
  calls: [
    [
      2,
      'Worried about a letter from Northfold Housing. Read it to me: a rent statement, nothing to do. Told {him} to bring it anyway.',
    ],
    [2, 'Asked for the number of the arrears team. Given, with a quiet time to ring: before 10.'],
    [2, 'Wanted me to know that the £{pay} for the landlord went through this morning.'],
    [0, 'A repair man did not turn up. Gave {him} the repairs line; {he} will ring it {himself}.'],
  ],
  partner: [
    [
      2,
      'Northfold Housing: payments of £{pay} received as agreed, arrears £{amount}. No action planned while the plan is kept.',
    ],
    [
      1,
      'Northfold Housing asked whether {Name} still has support. Confirmed that {he} {is} seen regularly; no detail given.',
    ],
    [
      1,
      'Northfold Housing: a neighbour complained of noise late on Friday. They have spoken to {him} and take it no further.',
    ],
  ],
}

export const searching: Thread = {
  id: 'searching',
  goal: 'Find a settled home',
  fits: ({ home }) => (home === 'settled' ? 0 : 6),
  amount: null,
  stages: [
    {
      told: [
        'Sleeping {sleeping} for now. It will not last, and {he} said so {himself}.',
        'Still {sleeping}. The council has {his} name but no date for {him}.',
      ],
      task: {
        ask: "go to the council's housing desk with ID and the letter I wrote",
        done: '{He} went to the housing desk on {day} and came away with a case number.',
        missed: "Did not get to the housing desk; the ID was in a bag at {his} {sibling}'s. {He} {has} it now.",
      },
    },
    {
      told: [
        'The housing desk accepted the application. {He} {was} told that the wait for a one-bedroom place is months, not weeks.',
        'Went through the list together: bids open each Thursday. Set up the password and wrote it on {his} card.',
      ],
      task: {
        ask: 'place a bid on Thursday',
        done: 'Bid placed on Thursday; {he} came fourteenth.',
        missed: 'Missed the Thursday bids. We put a reminder in {his} phone.',
      },
    },
    {
      told: [
        'Referred to Northfold Supported Homes for a shared house. {He} {was} unsure about sharing but will look at it.',
        'Interview at Northfold Supported Homes fixed. We practised how to speak of the offence in two sentences.',
      ],
      task: {
        ask: 'go to the interview at Northfold Supported Homes',
        done: 'The interview was on {day}. {He} thought it went well and liked the worker.',
        missed: 'Interview missed, as {he} had the wrong day. Rang them with {him}: a new one is offered.',
      },
    },
    {
      told: [
        'Second on the list for a room with Northfold Supported Homes. They want to see a month of steady contact with us; I said they can.',
        'A room may come free. Applied to the hardship fund for the deposit with {him}; the answer takes two weeks.',
      ],
      task: {
        ask: 'bring the form for the deposit so that I can sign it too',
        done: 'Deposit form brought and signed; sent the same day.',
        missed: 'Deposit form left behind. Printed another and signed it here.',
      },
    },
    {
      told: [
        'The room went to somebody else. {He} took it more calmly than I had feared. Back to the weekly bids.',
        'Still {sleeping}, and tired of it. Talked about what keeps {him} going: {his} {sibling}, and having somewhere to be in the day.',
      ],
      task: {
        ask: 'ask the worker at Northfold Supported Homes to keep {him} on the list',
        done: '{He} {is} still on the list; the worker rang to say so.',
        missed: 'Has not spoken to the worker at Northfold Supported Homes.',
      },
    },
    {
      told: [
        'Third on a bid this week, the closest so far.',
        'Still {sleeping}. Nothing new from the council; {he} ring{s} them every Monday.',
        'Viewed a studio in Upper Northfold on {day}. Clean, but dear for its size. Waiting to hear.',
        'The housing desk asked for proof of income again. Sent from here while {he} waited.',
      ],
      task: {
        ask: 'keep bidding each week and note the places',
        done: 'Bids placed each week; {he} keep{s} a list of the places.',
        missed: 'No bids placed. {He} had no credit on the phone; used ours.',
      },
    },
  ],
  calls: [
    [1, 'The phone had been off for two days, new number to be confirmed on {soonDay}. Still {sleeping}.'],
    [1, 'Asked for the address of the housing desk and when it opens. Told: from 10, bring ID.'],
    [1, 'Wanted to know whether post can go to the advice centre. It can, and does.'],
  ],
  partner: [
    [1, 'Council housing desk: application complete, priority agreed. They will write to the care-of address.'],
    [2, 'Northfold Supported Homes: {Name} came across well. Decision when a room is free.'],
  ],
}
