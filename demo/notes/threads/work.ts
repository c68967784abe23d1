import type { Thread } from '../thread.ts'

export const siteCard: Thread = {
  id: 'siteCard',
  goal: 'Get a site card',
  fits: ({ age }) => (age < 56 ? 1.2 : 0),
  amount: null,
  stages: [
    {
      told: [
        'Wants building work and cannot get on a site without a card. Talked about the one-day course and the test.',
        'Used to work as a labourer and liked it. The old site card has run out.',
      ],
      task: {
        ask: 'look at the two course dates I sent and choose one',
        done: 'Chose the later of the two course dates and gave me the form to sign.',
        missed: 'Had not looked at the course dates. We looked now and chose the later one.',
      },
    },
    {
      told: [
        'Booked on the site card course at Northfold College. The fee comes from the work fund.',
        'Lent {him} the book for the site card test. Reading is slow, so {he} use{s} the app that speaks.',
      ],
      task: {
        ask: 'do ten questions of the test app each evening',
        done: 'Did the questions most evenings: 38 out of 50 on {day}.',
        missed: 'The test app was not opened. Did ten questions here: seven right.',
      },
    },
    {
      told: [
        'Site card course done on {day}. {He} liked being treated as somebody who knows the work.',
        'The course day is passed and the test comes next. Nervous about it.',
      ],
      task: {
        ask: 'book the site card test and tell me the date',
        done: 'The test is booked.',
        missed: 'Test not booked, as {he} had no card to pay with. Booked it here.',
      },
    },
    {
      told: [
        'Failed the site card test by two marks. Disappointed, but wants to go again.',
        'Second try at the test is fixed. Went through ladders and lifting, where the marks were lost.',
      ],
      task: {
        ask: 'do one full practice test before the next try',
        done: 'Two practice tests done: 44 and 46 out of 50.',
        missed: 'No practice test done. {He} did one here and passed it.',
      },
    },
    {
      told: [
        'Passed the site card test on {day}. The card comes by post within two weeks.',
        'The site card is here. {He} showed it to everybody in the waiting room.',
      ],
      task: {
        ask: 'take the card to the two agencies on the list',
        done: 'Signed on with both agencies.',
        missed: 'Went to one agency; the other was shut.',
      },
    },
    {
      told: [
        'Three days of labouring through the agency this week.',
        'Agency work is up and down: two days last week, none this week. {He} ring{s} them at seven each morning.',
        'The foreman asked for {him} by name. Hours are steady for now.',
        'A week without a shift. {He} used it to put {his} tools in order.',
      ],
      task: {
        ask: 'ask the agency about longer jobs',
        done: 'The agency has a six-week job in mind for {him}.',
        missed: 'Has not asked the agency about longer jobs.',
      },
    },
  ],
  calls: [
    [4, 'The agency offered a start at 7 tomorrow. Asked whether that clashes with us: it does not.'],
    [1, 'Could not find the training room at the college. Told {him}: first floor, on the left.'],
    [1, 'Asked for the course letter to show at the job centre. Sent by email.'],
  ],
  partner: [
    [1, 'Northfold College: {Name} is on the list for the site card course and should bring photo ID and boots.'],
  ],
}

export const job: Thread = {
  id: 'job',
  goal: 'Find work and keep it',
  fits: ({ age }) => (age < 66 ? 1.8 : 0),
  amount: null,
  stages: [
    {
      told: [
        'Out of work since before the order. Would take anything with regular hours.',
        'Signed on with Northfold Jobs Hub. The CV is four years old and says nothing of the last job.',
      ],
      task: {
        ask: 'write down every job so far, with the years',
        done: 'Brought a full page of past jobs, more than {he} had remembered.',
        missed: 'The list of jobs was not done. We wrote it here.',
      },
    },
    {
      told: [
        'CV rewritten on the office computer. Talked about when and how to tell an employer of the conviction.',
        'Wrote the disclosure letter with {him}: four sentences, what happened and what has changed.',
      ],
      task: {
        ask: 'hand in the CV at three places',
        done: 'CV handed in at three places on {day}; one asked {him} to ring back.',
        missed: 'Handed in one CV of three.',
      },
    },
    {
      told: [
        'Interview for work as {aJob}. Practised three questions and the journey.',
        'The interview went better than {he} had expected. They know about the order.',
      ],
      task: {
        ask: 'ring the employer and ask how the interview went',
        done: '{He} rang the employer; they decide at the end of the week.',
        missed: 'Did not ring after the interview; they rang {him}.',
      },
    },
    {
      told: [
        'Started as {aJob} on {day}: four weeks on trial, 24 hours a week.',
        'Second week in the job. Up at five, tired, pleased with {himself}.',
      ],
      task: {
        ask: 'bring the rota so that we can plan round it',
        done: 'Brought the rota; our meetings fit.',
        missed: 'Rota forgotten, but no clash so far.',
      },
    },
    {
      told: [
        'First full wage. The rent was paid before anything else.',
        'Fell out with a supervisor about breaks and walked outside to cool down instead of shouting. Talked about why that worked.',
      ],
      task: {
        ask: 'ask about hours after the trial',
        done: 'Kept on after the trial, 30 hours a week.',
        missed: 'Has not asked about the hours; will do it on pay day.',
      },
    },
    {
      told: [
        'Work is steady; no days missed.',
        'Extra shifts this week. Asked for early or late appointments where we can.',
        'A lift to work fell through; went by bike and was on time.',
        'Training day at work on {day}. {He} {was} asked to show a new starter round.',
      ],
      task: {
        ask: 'find out about the next training at work',
        done: 'A lifting and moving certificate is offered next month; put {his} name down.',
        missed: 'Has not asked about training.',
      },
    },
  ],
  calls: [
    [3, 'Shift moved to the afternoon. Our appointment still works.'],
    [3, 'The manager wants to know whether the order stops {him} working evenings. It does not.'],
    [3, 'Rang in the break: the bus pass has come.'],
    [3, 'Asked for a letter to say that meetings with us can be moved. Done, sent by email.'],
  ],
  partner: [
    [1, 'Northfold Jobs Hub: {Name} came to both sessions this month and works well in a small group.'],
    [1, 'Northfold Jobs Hub: two vacancies matched, details given to {Name}.'],
  ],
}

export const college: Thread = {
  id: 'college',
  goal: 'Finish the course at college',
  fits: ({ age }) => (age < 35 ? 1.6 : age < 60 ? 0.6 : 0.1),
  amount: null,
  stages: [
    {
      told: [
        'Left school early and would like to do {course}. Northfold College has a course that starts soon.',
        'Talked about learning. School was hard, but {he} liked making things. {Course} at Northfold College came up again.',
      ],
      task: {
        ask: 'go to the open evening at Northfold College',
        done: 'Went to the open evening on {day} and came back with a form.',
        missed: 'Did not get to the open evening. Sent {him} the link instead.',
      },
    },
    {
      told: [
        'Filled in the college form together. The question about convictions took the longest.',
        'College interview offered. They asked for a letter from us about risk; written and shown to {him} first.',
      ],
      task: {
        ask: 'practise the writing task for the college interview',
        done: 'The writing task is done: a page about {his} {sibling}, well told.',
        missed: 'The writing task has not been begun. Made a start here.',
      },
    },
    {
      told: [
        'Offered a place on {course}. Two days a week.',
        'First week at college. Sat at the back, but spoke once.',
      ],
      task: {
        ask: 'apply for the travel bursary',
        done: 'The travel bursary is agreed.',
        missed: 'Bursary form not sent; the college will help with it.',
      },
    },
    {
      told: [
        'Missed a morning at college after a bad night. Rang the tutor, who was fine about it.',
        'The tutor says {he} {is} good with {his} hands and shy of the written part. Extra help on Wednesdays is offered.',
      ],
      task: {
        ask: 'go to the extra session on Wednesday',
        done: 'Went to the extra session; it was only three people, which helped.',
        missed: 'Did not go to the extra session.',
      },
    },
    {
      told: [
        'First unit passed. Photograph of the certificate on {his} phone.',
        'College is going well. A classmate gives {him} a lift.',
        'Half term, so no college this week. {He} missed it.',
        'Second unit handed in on {day}. The result comes in a month.',
      ],
      task: {
        ask: 'ask the tutor what comes after this course',
        done: 'The tutor suggested the next level, one day a week with a work placement.',
        missed: 'Has not spoken to the tutor about what comes next.',
      },
    },
  ],
  calls: [
    [2, 'College timetable has changed. Checked it against our dates: no clash.'],
    [2, 'Locked out of the college email. The help desk number was given.'],
    [3, 'Wanted to tell me about a good mark. Told {him} well done.'],
  ],
  partner: [
    [3, 'Northfold College: attendance 86 % this term, behaviour good. They will ring if it drops.'],
    [3, 'Northfold College asked whether a trip to Mockbridge is allowed. It is.'],
  ],
}
