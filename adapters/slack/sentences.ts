/** The few sentences that are about Slack itself; everything about cases comes from the engine. */
export const ONE_MOMENT = 'One moment: this takes a little longer. The answer comes here.';
export const BROKEN = 'That did not work: something broke here, not with you. Try it again in a moment.';
export const OUT_OF_DATE = 'Baton does not know this button any more. Use `/case help` to see what there is.';

export const foreigner = (team: string): string =>
  `Cases belong to ${team}: people of other organisations can look, but only people of ${team} can open or change one. Write here in the channel, and somebody of ${team} will answer.`;

/** Where the engine says nothing because a card shows the effect, and no card is in sight. */
export const DONE = 'Done.';
