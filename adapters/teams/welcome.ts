import { type Answer, type Section, strong, text, type View } from '../../src/app/view';

/** How to speak to Baton in Teams; all other words of help, what Teams tells of reactions among them, are the app's. */
const TEAMS_NOTE: Section = {
  kind: 'lines',
  lines: [
    [
      strong('In Teams'),
      text(' write '),
      { kind: 'code', text: 'case …' },
      text(' here, or mention Baton in a channel: '),
      { kind: 'code', text: '@Baton case …' },
      text('.'),
    ],
  ],
};

/** Help with what is particular to Teams. */
export function withTeamsNote(answer: Answer): Answer {
  if (answer.kind !== 'said') return answer;
  return { kind: 'said', view: { ...answer.view, sections: [...answer.view.sections, TEAMS_NOTE] } };
}

/** The first words to somebody who added Baton for themselves. */
export function welcome(help: Answer): Answer {
  const view: View = {
    summary: 'Baton keeps support cases in chat. Write "case new" to open one, "case help" for the rest.',
    title: [text('Hello, this is Baton')],
    tone: 'plain',
    facts: [],
    sections: [
      {
        kind: 'lines',
        lines: [[text('I keep your team’s support cases: who has each one, how urgent it is, and when it is due.')]],
      },
      ...(help.kind === 'said' ? help.view.sections : []),
      TEAMS_NOTE,
    ],
    buttons: help.kind === 'said' ? help.view.buttons : [],
    footer: null,
  };
  return { kind: 'said', view };
}
