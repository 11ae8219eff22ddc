/** A command that was not carried out, with the sentence that the person is shown: what is wrong and what to do instead. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly say: string;
}

const SENTENCES = {
  'no-such-case': 'There is no such case. `list` shows the open ones; `search` finds others by their words.',
  'not-of-the-desk':
    'Only people of the desk can do this: agents, leads and admins. Ask a lead to add you to the desk file if you should be one of them.',
  'viewers-only-look':
    'Your role is viewer: you can look at every case, but agents, leads and admins act on them. Ask a lead if that should change.',
  'title-missing':
    'A case needs a title: a few words that say what is wrong, for example “Printer on the second floor is on fire”.',
  'title-too-long': 'That title is too long: keep it to 200 characters. The rest fits well under “What happened”.',
  'text-missing': 'There is nothing written there yet. Write a sentence and send it again.',
  'text-too-long':
    'That is more than one case can hold in one go: keep it to 10,000 characters, or split it into several notes.',
  'leads-only': 'That is for leads and admins.',
  'clock-over': 'That clock has stopped already, so a new target would come too late.',
  'target-unchanged': 'That is its target already, so nothing changed.',
  'priority-unknown': 'The desk has no such priority.',
  'priority-unchanged': 'The case has that priority already, so nothing changed.',
  'no-dispute': 'Nobody disagrees about the priority any more, so there is nothing to settle.',
  'not-your-dispute': 'Keep and Lower are for the people who disagreed about the priority (and for leads and admins).',
  'already-yours': 'The case is yours already.',
  'owned-already': 'Somebody has this case already. Take on its card, or `take` with its reference, takes it over.',
  'already-theirs': 'The case is theirs already.',
  'person-unknown': 'That is nobody of the desk. Name a person of the desk file, for example `@alice`.',
  'person-cannot-own': 'That person only looks at cases (their role is viewer). Choose an agent, a lead or an admin.',
  'case-resolved': 'The case is resolved. Use Reopen first if there is more to do.',
  'case-closed': 'The case is closed. Reopen it if the problem is back, or open a new case.',
  'not-resolved': 'The case is not resolved, so there is nothing to reopen.',
  'already-resolved': 'The case is resolved already.',
  'already-waiting': 'The case waits for the client already.',
  'not-waiting': 'The case does not wait for the client, so there is nothing to resume.',
  'how-missing': 'Say in a sentence how it was solved: the next person with this problem will find it.',
  'handover-incomplete':
    'A hand-over needs all three: what has been tried, what is needed, and what the client has been told.',
  'handover-open': 'This case is already offered to somebody. Wait for their answer, or withdraw the offer first.',
  'handover-gone': 'This hand-over is no longer open.',
  'not-asked': 'This hand-over was not offered to you.',
  'no-further-level':
    'There is no further level with people in it to hand this case to. Assign it to a person instead.',
  'level-unknown': 'The desk has no such level.',
  'level-empty': 'There is nobody in that level who could take the case. Choose another level, or a person.',
  'handover-to-self': 'That would hand the case to yourself. Take it, or choose somebody else.',
  'handover-to-owner': 'That person owns the case already. Nudge them, or choose somebody else.',
  'advice-missing': 'Write your advice in a sentence or two: the owner reads it and keeps the case.',
  'advice-only':
    'This asks for your advice, not for you to take the case over. Answer it with Give advice; Take makes the case yours.',
  'not-advice': 'This is a hand-over, not a question: Accept makes the case yours, Decline gives it back.',
  'not-yours-to-withdraw': 'Only whoever proposed it, the owner of the case and the leads can withdraw it.',
  'reason-missing': 'Say why you decline, so that the person who asked knows what to do next.',
  'promise-past': 'That time has passed already, so it cannot be promised any more. Tell the client a new time first.',
  'promise-known': 'That is promised already.',
  'promise-gone': 'This promise is no longer open.',
  'nobody-to-nudge': 'The case has no owner to nudge. Take it, or reassign it to somebody.',
  'own-nudge': 'The case is yours, so there is nobody else to nudge.',
  'nudged-already': 'The owner was nudged a moment ago. Give them ten minutes, or reassign the case.',
  stale: 'That card was out of date, so nothing was changed.',
  'moved-on': 'The case changed at this very moment, so nothing was done. Send it once more, please.',
  'nothing-due': 'Nothing is due on this case.',
} as const;

export type RefusalCode = keyof typeof SENTENCES;

/** A refusal in plain words; `detail` takes the place of the stock sentence where there is something more exact to say. */
export function refuse(code: RefusalCode, detail?: string): Refusal {
  return { refused: code, say: detail ?? SENTENCES[code] };
}
