/** Files of a case as people meet them: beside the words that they came with, and all together for who takes it over. */
import fc from 'fast-check';
import { checkBlocks } from '../../adapters/sandbox/slack/limits/blocks';
import type { Json } from '../../adapters/sandbox/slack/protocol';
import { cardOf as slackCard } from '../../adapters/slack/cards';
import { CARD_BYTES_MAX, cardOf as teamsCard } from '../../adapters/teams/cards';
import { briefOf } from '../../src/app/nextSteps';
import type { View } from '../../src/app/view';
import { caseCard } from '../../src/app/views/caseCard';
import { detailsView } from '../../src/app/views/details';
import { handoverCard } from '../../src/app/views/handoverCard';
import { toldView } from '../../src/app/views/told';
import type { CaseFile } from '../../src/domain/case/file';
import { fileName } from '../../src/inputs/files';
import { wordsOn } from '../support/floor';
import {
  alice,
  beginning,
  bob,
  caseOf,
  DESK,
  type Doing,
  deletes,
  edits,
  escalates,
  file,
  notes,
  opened,
  ravi,
  SOURCE,
  type Story,
  sends,
  takes,
  told,
} from '../support/given';

const photo = file('photo.jpg');
const log = file('log.txt');
const withPhoto = opened(ravi, { title: 'photo.jpg', description: '', files: [photo] });

const storyOf = (...doings: readonly Doing[]): Story => told(beginning(), doings);
const detailed = ({ journal, at, ...story }: Story, ofDesk = true): View =>
  detailsView(caseOf({ journal, at, ...story }), journal, { desk: DESK, at, ofDesk });
const details = (...doings: readonly Doing[]): string => wordsOn(detailed(storyOf(...doings)));
const brief = (...doings: readonly Doing[]): View => {
  const story = storyOf(...doings, takes(alice), escalates(alice));
  return handoverCard(caseOf(story), 'h1', story.journal, { desk: DESK, at: story.at })!;
};

describe('the history', () => {
  it('names files beside the words that they came with, and where there were none says that they were sent', () => {
    const words = details(
      withPhoto,
      sends(ravi, [log], { text: 'And the log' }),
      sends(bob, [photo], { message: '3.2' }),
    );
    expect(words).toContain('Ravi Reporter opened the case with 📎 photo.jpg');
    expect(words).toContain('Ravi Reporter wrote: And the log 📎 log.txt');
    expect(words).toContain('Bob Brown sent 📎 photo.jpg');
  });

  it('names a few of many', () => {
    const many = Array.from({ length: 7 }, (_, index) => file(`${index}.png`));
    expect(details(opened(), sends(ravi, many))).toContain('📎 0.png  📎 1.png  📎 2.png  📎 3.png and 3 more files');
  });

  it('follows edits and deletions', () => {
    const sent = sends(ravi, [photo], { text: 'Look' });
    const edited = details(opened(), sent, edits(ravi, '3.1', { text: 'Look', files: [log] }));
    expect(edited).toContain('Ravi Reporter wrote (edited): Look 📎 log.txt');
    expect(edited).not.toContain('photo.jpg');
    expect(details(opened(), sent, deletes(ravi, '3.1'))).not.toContain('photo.jpg');
    expect(details(opened(ravi, { files: [photo] }), deletes(ravi, SOURCE.message))).not.toContain('photo.jpg');
  });
});

describe('the brief of a hand-over', () => {
  it('lists who sent which file, the newest first', () => {
    const words = wordsOn(brief(withPhoto, sends(bob, [log])));
    expect(words).toMatch(/Files \(2\)\s+📎 log\.txt · Bob Brown .*\s+📎 photo\.jpg · Ravi Reporter/);
  });

  it('says nothing of files where none was sent, or none is left', () => {
    expect(wordsOn(brief(opened()))).not.toContain('Files');
    expect(wordsOn(brief(opened(), sends(ravi, [photo]), deletes(ravi, '3.1')))).not.toContain('Files');
  });

  it('shows the newest and counts the others', () => {
    const some = Array.from({ length: 12 }, (_, index) =>
      sends(ravi, [file(`${index}.png`)], { message: `3.${index}` }),
    );
    const words = wordsOn(brief(opened(), ...some));
    expect(words).toMatch(/Files \(12\)\s+📎 11\.png/);
    expect(words).toContain('2 earlier files are not shown here.');
  });
});

it('a long brief has room for its files and its history in Slack, where 12,000 letters are all', () => {
  const words = 'The warehouse stands still, and the printer smokes. '.repeat(6);
  const scans = ['Scan of the delivery note.pdf', 'Photo of the printer.jpg'].map((name) => file(name));
  const some = Array.from({ length: 12 }, (_, index) => sends(ravi, scans, { text: words, message: `3.${index}` }));
  const { blocks } = slackCard(brief(opened(), ...some), { account: () => null, address: () => null });
  const shown = JSON.stringify(blocks);
  expect(shown).toContain('Files (24)');
  expect(shown).toContain('"text":"History"');
  expect(shown.split('"type":"rich_text_list"')).toHaveLength(2);
});

describe('who sees what', () => {
  it('the reporter sees no file of the desk’s own threads', () => {
    const story = storyOf(opened(), (at) => {
      const { command, ...rest } = sends(bob, [log])(at);
      return { ...rest, command: { ...command, audience: 'desk' } as typeof command };
    });
    expect(wordsOn(detailed(story))).toContain('Files (1)');
    expect(wordsOn(detailed(story, false))).not.toContain('log.txt');
  });

  it('the card has what came with the message that the case was opened from, with a link', () => {
    const story = storyOf(withPhoto);
    const card = caseCard(caseOf(story), DESK, story.at);
    expect(card.sections).toContainEqual({ kind: 'lines', lines: [[{ kind: 'file', file: photo }]] });
    const { blocks } = slackCard(card, { account: () => null, address: () => null });
    expect(JSON.stringify(blocks)).toContain(JSON.stringify({ type: 'link', url: photo.url, text: '📎 photo.jpg' }));
  });

  it('the owner is told of a file as of a word', () => {
    const story = storyOf(opened(), takes(alice), sends(ravi, [photo]));
    const heard = story.journal.findLast(({ event }) => event.type === 'MessageHeard')!;
    const words = wordsOn(toldView(caseOf(story), heard, 'alice', { desk: DESK, at: story.at })!);
    expect(words).toContain('Ravi Reporter sent a file on your case CASE-1002.');
    expect(words).toContain('📎 photo.jpg');
  });

  it('a hand-over at the end of a shift names the file that was the last word to the client', () => {
    const { journal, ...story } = storyOf(opened(), takes(alice), notes(alice), sends(alice, [log]));
    expect(briefOf(caseOf({ journal, ...story }), journal, 'Alice')).toMatchObject({ told: 'log.txt' });
  });
});

const HOSTILE = [
  '<!channel>.png',
  '<https://evil.test|your bank>',
  '[your bank](https://evil.test)',
  '<at>everyone</at>',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  'a|b^c.png',
  '*bold* `code`',
  '=1+1.csv',
];
const anyFile: fc.Arbitrary<CaseFile> = fc.record({
  name: fc
    .oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 120 }))
    .map((given) => fileName(given) || 'A file'),
  url: fc.option(fc.constantFrom(photo.url!, `https://acme.slack.com/files/${'a%20'.repeat(92)}`)),
});
const anySent = fc.array(
  fc.record({
    files: fc.array(anyFile, { minLength: 1, maxLength: 10 }),
    text: fc.constantFrom('', 'Look', 'w '.repeat(5000)),
  }),
  { maxLength: 12 },
);

interface Found {
  readonly type: string;
  readonly text?: unknown;
  readonly url?: string;
}
const objectsIn = (value: unknown): Found[] =>
  value === null || typeof value !== 'object' ? [] : [value as Found, ...Object.values(value).flatMap(objectsIn)];

/** Every link leads to Slack's own page of a file, under the file's name. */
const linksIn = (card: unknown, type: string): (string | undefined)[] =>
  objectsIn(card)
    .filter((one) => one.type === type)
    .map(({ url }) => url);

describe('whatever was sent', () => {
  const PEN = { account: () => 'U0ALICE', address: () => null };

  it('brief, details and card stay within the limits of both platforms, and a name is nothing but a name', () => {
    fc.assert(
      fc.property(anySent, (sent) => {
        const doings = sent.map(({ files, text }, index) => sends(ravi, files, { text, message: `3.${index}` }));
        const first = opened(ravi, { files: sent[0]?.files ?? [] });
        const story = storyOf(first, ...doings, takes(alice), escalates(alice));
        const reading = { desk: DESK, at: story.at };
        const views = [
          handoverCard(caseOf(story), 'h1', story.journal, reading)!,
          detailed(story),
          caseCard(caseOf(story), DESK, story.at),
        ];
        for (const view of views) {
          const { blocks, text } = slackCard(view, PEN);
          expect(checkBlocks(JSON.parse(JSON.stringify(blocks)) as Json, 'message')).toEqual([]);
          expect(text).not.toMatch(/[<>]/);
          expect(JSON.stringify(blocks)).not.toMatch(/"type":"(broadcast|usergroup|channel)"/);
          const card = teamsCard(view, () => null);
          expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(CARD_BYTES_MAX);
          for (const url of [...linksIn(blocks, 'link'), ...linksIn(card, 'Action.OpenUrl')])
            expect(url).toMatch(/^https:\/\/(acme\.slack|teams\.microsoft)\.com\//);
          for (const one of objectsIn(card)) {
            if (typeof one.text !== 'string') continue;
            expect(one.text).not.toMatch(/<\/?at\b/i);
            if (one.type === 'TextBlock') expect(one.text).not.toContain('](');
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
