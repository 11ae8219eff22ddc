import type { Desk } from '../../domain/desk/desk';
import { inWords } from '../../domain/words';
import { emojiCharacter } from '../../inputs/reactions';
import { type Line, type Section, text, type View } from '../view';
import { button, plainView, priorityText } from './parts';

const code = (words: string): { readonly kind: 'code'; readonly text: string } => ({ kind: 'code', text: words });
const row = (command: string, does: string): Line => [code(command), text(` ${does}`)];

/** Every word of the grammar with what it does, and the emoji. */
export function helpView(desk: Desk): View {
  const ref = `${desk.prefix}-1001`;
  const priorities = desk.priorities.map((one) => one.name.toLowerCase()).join('|');
  const lines: readonly Line[] = [
    row('new [title]', 'opens a case'),
    row('list [mine|open|unassigned|untriaged|p1…]', 'shows cases, the most urgent first'),
    row(`show ${ref}`, 'a case with its history'),
    row(`take ${ref}`, 'makes it yours'),
    row(`assign ${ref} @person`, 'makes it somebody else’s'),
    row(`${priorities} ${ref}`, 'sets its priority'),
    row(`wait ${ref}`, 'waits for the client: the resolution clock stands still'),
    row(`resume ${ref}`, 'goes on'),
    row(`resolve ${ref} [how]`, 'solved, and how'),
    row(`reopen ${ref}`, 'not solved after all'),
    row(`escalate ${ref}`, 'asks the next level, or a person, to take it over or to advise'),
    row(`handback ${ref}`, 'asks whoever handed it over to take it back'),
    row(`withdraw ${ref}`, 'ends an offer or a question that nobody has answered yet'),
    row(`note ${ref} text`, 'a word among the desk'),
    row(`reply ${ref} text`, 'a word to the reporter'),
    row(`why ${ref} [all|csv]`, 'where its time went'),
    row(`target ${ref} resolution 6h`, 'another target for this case (leads); without a time the desk’s again'),
    row('rota', 'who triages this week and next, and who is there now'),
    row('away until tomorrow 9:00', 'you are not there: new cases go to others; `back` ends it'),
    row('swap [Friday] @colleague', 'asks a colleague to do your triage shift'),
    row('board [@person]', 'every open case by level and person, and who has room'),
    row('handall @bob [to @carol]', 'hands all of Bob’s cases to others at once (leads)'),
    row('search words', 'finds cases, closed ones too'),
    row('ops', 'messages that wait or did not arrive, to be sent again (leads)'),
  ];
  return {
    ...plainView(
      'What Baton understands: new, list, show, take, assign, the priorities, wait, resume, resolve, reopen, escalate, handback, withdraw, note, reply, why, target, rota, away, back, swap, board, handall, search, ops.',
    ),
    title: [text(`${desk.name}: what you can write`)],
    sections: [
      { kind: 'lines', lines },
      { kind: 'lines', lines: emojiLines(desk) },
      { kind: 'lines', lines: [[text('In a case’s own thread the reference may be left out.')]] },
    ],
    buttons: [
      button('open', 'Open a case', {}, { opensForm: true }),
      button('criteria', 'What each priority means', {}),
    ],
  };
}

function emojiLines(desk: Desk): readonly Line[] {
  const shown = (names: readonly string[]): string => names.map(emojiCharacter).join(' ');
  const priorities = desk.priorities.map((one) => `${shown(one.emoji)} ${one.name}`).join(' · ');
  const { open, take, wait, resolve } = desk.emoji;
  return [
    [
      text(
        `Emoji on a message: ${shown(open)} opens a case. On the message of a case or on its card: ${priorities} · ${shown(take)} take · ${shown(wait)} wait · ${shown(resolve)} resolve.`,
      ),
    ],
    [
      text(
        'Microsoft Teams tells Baton of emoji on Baton’s own cards only; there, open a case from a message with its “…” menu.',
      ),
    ],
  ];
}

/** The written criteria: when a case deserves which priority, and what it promises. */
export function criteriaView(desk: Desk): View {
  const sections = desk.priorities.map(
    (one): Section => ({
      kind: 'lines',
      lines: [
        [
          { kind: 'strong', text: priorityText(desk, one.name) },
          text(
            `: ${one.when}. First response within ${inWords(one.firstResponseMs)}, solved within ${inWords(one.resolutionMs)}${one.calendar === '24x7' ? ', around the clock' : ' of the desk’s hours'}.`,
          ),
        ],
      ],
    }),
  );
  return {
    ...plainView(desk.priorities.map((one) => `${one.name}: ${one.when}.`).join(' ')),
    title: [text('What each priority means')],
    sections,
  };
}
