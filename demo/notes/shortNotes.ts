/** Calls, messages and letters that could be anybody's; those of a subject are with the subject. */

export const callsFrom: readonly string[] = [
  'Rang to check the time of the next appointment. {NextTime}',
  'Rang to say that the phone was off for two days; same number again.',
  'Asked to speak to me about a form. Told {him} to bring it; it does not need an answer this week.',
  "Rang from a friend's phone: {his} own is broken. Number unchanged from {soonDay}.",
  'Asked whether a bus ticket can be refunded. It can; bring it along.',
  'Wanted to talk after a bad night. Listened for {minutes} minutes; calmer at the end.',
  "Asked whether a weekend at {his} {sibling}'s needs permission. Two nights, same town: it does not, but thanked {him} for asking.",
  "Rang to tell me that the neighbour's complaint has been dropped.",
  'Asked for a copy of the order. Explained what it says and who needs to see it.',
  'Rang to say thank you for {day}. Nothing else.',
  'Asked for the number of Northfold Advice Centre. Given.',
  'Rang to say that a letter from us had come to the wrong flat and was handed over unopened.',
]

export const callsTo: readonly string[] = [
  'Rang to see how {day} went. All well; {he} could not talk long.',
  'Rang about the form from last time: it is filled in and will be brought along.',
  'Welfare call. Had eaten, sounded well.',
  'No answer, left a message to ring back. {He} did within the hour.',
  'No answer and the voicemail is full. Sent a text.',
  'Rang to confirm what we agreed on {since}. {He} had it written down.',
  'Rang with the number {he} had asked for.',
  'Rang to ask about police contact on {day}. A stop in the street, nothing found, no further action.',
  'Rang to check that the letter came. It had, and was understood.',
  'Rang after the appointment at the hospital. Nothing serious.',
]

export const messagesFrom: readonly string[] = [
  'Text: "got the letter, will bring it". Answered.',
  'Text asking what time on {soonDay}. Answered.',
  'Picture of the letter by text, as asked.',
  'Email with the signed form attached. Printed for the file.',
  'Text: "is it still on with no buses". Told {him} yes, it is twenty minutes on foot.',
  'Text with the new number. Changed in the record after ringing back to check.',
  'Email asking for a letter that says when we meet. Will do with the next post.',
  'Text: "thanks for today".',
  'Picture of the bus timetable with the question which one to take. Answered: the 08:40.',
]

export const messagesTo: readonly string[] = [
  'Text with the address and opening times {he} had asked for.',
  'Text: well done on {day}. No answer needed.',
  'Email with the link to the form and what to put in box 4.',
  'Text to ring me when convenient. Rang within the day.',
  'Text asking {him} to bring the last two letters. Answered with a thumb.',
  'Email with the dates of the next four meetings.',
]

export const reminders: readonly string[] = [
  'Reminder by text: {when}, {where}. Delivered.',
  'Text reminder for {when}, {where}. Answered "ok".',
  'Reminder sent: {when}. Delivered 16:02.',
  'Text reminder for {when}. Answered "see you then".',
]

export const lettersTo: readonly string[] = [
  'Letter with the next appointments, posted to {street}.',
  'Letter to {Name} confirming what was agreed on {since}. Copy on file.',
  'Letter for the housing file, shown to {him} first, posted.',
  'Travel claim for £{fare} posted with a stamped envelope.',
  'Appointment card for the coming month posted, large type.',
]

export const documentsAsked: readonly string[] = [
  'Asked for proof of address. To be brought to the next meeting.',
  'Asked the court for the pre-sentence report. Expected within the week.',
  'Asked the GP practice for a summary, with the signed consent.',
  'Asked for the bus tickets for the travel claim.',
]

export const internal: readonly string[] = [
  'Front desk: {Name} left an envelope for me. Papers, as asked.',
  'Case talked through with {second} before my leave. Nothing urgent; dates in the diary.',
  'Moved to the smaller waiting room on the day of the fire alarm test. {Name} had been told.',
  'Handed the travel claim to administration.',
]

export const managerTalks: readonly string[] = [
  'Supervision with {senior}. Case discussed: contact as planned, risk unchanged, plan to be reviewed on time.',
  'Talked over with {senior}. Agreed to keep the present rhythm and look again in eight weeks.',
  'Talked with {senior} about ending early for good progress. Not yet; look again in three months.',
]

export const police: readonly string[] = [
  'Police liaison: no calls to the address, no intelligence since the last check.',
  'Police liaison: one stop in the street on {day}, nothing found, polite. No further action.',
  'Police liaison: neighbours rang about shouting. Officers attended; an argument over parking, no offences.',
  'Monthly check with the police: nothing recorded.',
  'Police confirmed that the former address has had no calls this quarter.',
]

export const childServices: readonly string[] = [
  "Children's services: visit made, no concerns. Next in six weeks.",
  "Children's services asked for an update. Sent: attendance, what {he} {is} working on, no new concerns.",
  'Core group: the plan goes on. Contact stays supervised for now. My report was taken as read.',
]

export const health: readonly string[] = [
  'Community team: seen on {day}, medication unchanged, next in six weeks.',
  'GP practice: asks us to remind {him} of the blood test. Done.',
  'Community team: has been harder to reach lately. We compared dates; I will mention it.',
]

export const monitoring: readonly string[] = [
  'Monitoring provider, month {month} of {months}: no violations.',
  'Monitoring provider, month {month} of {months}: one alert of six minutes on {day}, explained by a late bus, no action.',
  'Monitoring provider, month {month} of {months}: equipment checked at home, all in order.',
]

/** As above, for those who have unpaid work to do. */
export const workCalls: readonly string[] = [
  'Rang to ask for the address of the work site again. Sent by text.',
  'Asked whether work goes ahead in this weather. It does unless they hear by 07:45.',
  'Asked to change the work day because of a shift. Passed to the unpaid work team.',
  'Wanted to know how many hours are left. Told {him} what the record shows.',
]
export const workMessages: readonly string[] = [
  'Text with the bus times to the work site.',
  'Text from the unpaid work team passed on: bring gloves and a packed lunch.',
]
export const managerAfterFailure =
  'Discussed with {senior} after the missed appointment. The warning is right; help with reminders.'

export const partnerGeneral: readonly string[] = [
  'Northfold Advice Centre: {Name} came to the drop-in on {day}; help with a form, nothing for us to do.',
  'Front desk of the job centre: appointment kept.',
  'Northfold library: {Name} has joined and uses the computers on {soonDay}s.',
  'Pharmacy: asks for the GP details, with {his} agreement. Given.',
]

/** How a call or a message ends; those with a date only where the next meeting is booked. */
export const callEndings: readonly string[] = [
  'Sounded cheerful.',
  'Sounded tired.',
  'Sounded hurried; said {he} would ring again if need be.',
  'Nothing else to report since {since}.',
  'Nothing else.',
  'Noted for the next meeting.',
  'The line was bad, so we said everything twice.',
  '{He} thanked me and rang off.',
  'Asked about the rest of the week: nothing special.',
  "Heard children in the background; at {his} {sibling}'s, {he} said.",
  'On the way home from town, out of breath.',
  'No change of address or number.',
]
export const datedEndings: readonly string[] = [
  'Reminded of {next}.',
  'Next meeting as booked: {next}.',
  'The rest will keep until {next}.',
  'Knows that the next meeting is {next}.',
]
export const messageEndings: readonly string[] = [
  'On file with the papers of {since}.',
  'No further answer needed.',
  'Answered within the hour.',
  'Seen the same day.',
  'Passed to the front desk as well.',
  'Will come back to it when we meet.',
  'Kept for the review.',
  'Read to the end, as the two ticks show.',
]
