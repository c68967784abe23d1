import { hasTheme, type Thread } from '../thread.ts'

export const benefits: Thread = {
  id: 'benefits',
  goal: 'Put the benefit claim right and live within it',
  fits: ({ age }) => (age < 66 ? 1.5 : 0.3),
  amount: null,
  stages: [
    {
      told: [
        'The benefit claim has stopped, as a review form was not sent back. Living on what {his} {sibling} lends.',
        'No money came this month. The online journal has a message four weeks old that {he} had not seen.',
      ],
      task: {
        ask: 'open the online journal at the library and read the messages',
        done: '{He} read the journal at the library on {day}: they want proof of the rent.',
        missed: 'The journal was not opened. We did it here on the spare computer.',
      },
    },
    {
      told: [
        'Sent the proof of rent with {him} through the journal. Payment should start again within ten days.',
        'Rang the benefits line together, 35 minutes in the queue. The claim is open again and the first payment comes within the fortnight.',
      ],
      task: {
        ask: 'wait for the payment before asking for an advance',
        done: 'The payment came, so no advance was needed.',
        missed: 'Took an advance after all. £30 a month will come off for half a year.',
      },
    },
    {
      told: [
        'First full payment is in. Food and electricity were paid first, as planned.',
        'The claim is running again. {He} look{s} at the journal on Fridays now.',
      ],
      task: {
        ask: 'write down what goes out each week',
        done: 'Brought the list of what goes out: the phone and takeaways are more than {he} had thought.',
        missed: 'No list of spending yet. We began one on the back of an envelope.',
      },
    },
    {
      told: [
        'Letter about a medical assessment. We went through what they ask, and what a bad day looks like.',
        'The assessment has a date. {He} would like somebody beside {him}, so I referred {him} to Northfold Advice Centre.',
      ],
      task: {
        ask: 'ring Northfold Advice Centre about somebody to go along',
        done: 'The advice centre will send a volunteer to the assessment.',
        missed: 'Has not rung the advice centre; we did it together on the speaker.',
      },
    },
    {
      told: [
        'The assessment took an hour. {He} said what {he} meant to say and stayed calm.',
        'Waiting for the result of the assessment. Money is tight, but nothing is behind.',
      ],
      task: {
        ask: 'bring the decision letter when it comes',
        done: 'Decision letter brought: the award goes on, to be looked at again in a year.',
        missed: 'No decision letter so far. {He} will ask them on {soonDay}.',
      },
    },
    {
      told: [
        'Money is steady. A food parcel was not needed this month.',
        'Benefits paid on time. {He} put £5 aside for the electricity.',
        'Nothing new about the claim. The phone is paid by the week now, which suits {him}.',
        'Did the monthly sums together: £12 over. {He} had expected to be short.',
      ],
      task: {
        ask: 'keep the budget sheet going for another month',
        done: 'Budget sheet kept up and brought along.',
        missed: 'The budget sheet stopped after a week. Began a new one.',
      },
    },
  ],
  calls: [
    [1, 'Payment not in yet. Looked at the journal with {him}: it is due tomorrow.'],
    [2, 'Asked what to put under changes on the online form. Talked it through.'],
    [0, 'Asked for a food parcel voucher. Left at the front desk, to collect by 16:00.'],
    [1, 'Electricity down to 80p. Gave the number of the fuel voucher line.'],
  ],
  partner: [
    [1, 'Northfold Advice Centre: saw {Name} about the claim. The papers are in order and the next step is theirs.'],
    [1, 'Job centre coach: {Name} keeps the weekly calls. Asked for our dates so that they do not clash; sent.'],
  ],
}

export const debts: Thread = {
  id: 'debts',
  goal: 'Know what is owed and pay it off bit by bit',
  fits: facts => (hasTheme(facts, 'money', 'theft') ? 2 : 0.8),
  amount: { from: [620, 1700], step: 5, pay: [20, 25, 30, 40], floor: 40, figure: '£{amount} owed.', setbacks: 0 },
  stages: [
    {
      told: [
        'Counted the debts together: £{amount}, most of it fines, and an old phone contract.',
        'Fines and costs come to £{amount}. {He} had stopped opening the letters.',
      ],
      task: {
        ask: 'bring every letter about money, opened or not',
        done: 'The letters came in a shoe box. We sorted them into pay, ask and throw away.',
        missed: 'The letters are still in the drawer. {He} {was} embarrassed by how many there are.',
      },
    },
    {
      told: [
        'Rang the fines office together. They will take £{pay} a month instead of the whole sum at once. £{amount} owed.',
        'Made a budget on one page: £{pay} a month is possible if the phone goes to the cheaper plan.',
      ],
      task: {
        ask: 'set up the £{pay} by standing order',
        done: 'Standing order for £{pay} set up; {he} showed me on the phone.',
        missed: 'The bank would not set up the payment without ID. {He} will take it in this week.',
      },
    },
    {
      told: ['Paid £{pay} on {day}. £{amount} left.', '£{amount} left of the fines, £{last} at the last count.'],
      task: {
        ask: 'ring the phone company about the old contract',
        done: 'The phone company will close the old account for half of what is owed.',
        missed: 'Did not get through to the phone company. They have a chat page; {he} will try that.',
      },
    },
    {
      told: [
        'A bailiff letter came after one late payment. Rang them with {him}: back on the plan, no fee.',
        'Loan adverts keep coming up on the phone. We worked out what £100 would cost over a year; {he} took the app off.',
      ],
      task: {
        ask: 'ask at the credit union about a small savings account',
        done: 'Joined the credit union on {day} with £5.',
        missed: 'Has not been to the credit union yet.',
      },
    },
    {
      told: [
        'Fines down to £{amount}. No letters.',
        '£{pay} paid as agreed, £{amount} to go.',
        'Got through the month without borrowing. £{amount} still owed, all of it on the plan.',
        '£{amount} owed, £{last} before. {He} {has} put the sheet on the fridge.',
      ],
      task: {
        ask: 'bring the next statement from the fines office',
        done: 'Statement from the fines office seen; it agrees with ours.',
        missed: 'Statement forgotten.',
      },
    },
  ],
  calls: [
    [2, 'Asked whether to pay the fine or the electricity first. Electricity today, the fine on {soonDay}.'],
    [3, 'A bailiff letter, read out to me. It is the one we dealt with: the letters crossed.'],
    [2, 'Checked with me that the £{pay} counts even if it goes in a day late. It does.'],
  ],
  partner: [
    [2, 'Fines office: payments up to date, £{amount} outstanding. They will not act while £{pay} a month is paid.'],
  ],
}
