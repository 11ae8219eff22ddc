/** Whatever people write, nothing of it becomes a mention, a link or a formula where it is shown. */
import fc from 'fast-check';
import { cardOf as slackCard } from '../../adapters/slack/cards';
import { cardOf as teamsCard } from '../../adapters/teams/cards';
import type { View } from '../../src/app/view';
import { csvOf } from '../../src/app/views/csv';

const NASTY = [
  '<!channel>',
  '<!here|x>',
  '<@U0LENA>',
  '<#C0TRIAGE>',
  '<https://evil.test|your bank>',
  'https://evil.test',
  '[your bank](https://evil.test)',
  '<at>everyone</at>',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '&lt;!channel&gt;',
  '*bold* _it_ ~no~ `code`',
  '\u202eevil\u202c',
  '<\u200b!channel>',
  '\ud800',
  '\0',
];
const words = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 12 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

/** The same words in every place of a view that may hold what people wrote. */
const viewOf = (text: string): View => ({
  summary: text,
  title: [{ kind: 'strong', text }],
  tone: 'plain',
  facts: [
    { label: 'Client', value: [{ kind: 'text', text }] },
    { label: 'Files', value: [{ kind: 'file', file: { name: text, url: null } }] },
  ],
  sections: [
    {
      kind: 'lines',
      lines: [[{ kind: 'text', text }], [{ kind: 'code', text }], [{ kind: 'file', file: { name: text, url: null } }]],
    },
    { kind: 'quote', label: text, text },
    { kind: 'code', text },
    { kind: 'heading', text },
    { kind: 'row', title: [{ kind: 'text', text }], detail: [{ kind: 'strong', text }], buttons: [] },
  ],
  buttons: [],
  footer: [{ kind: 'party', party: { kind: 'guest', platform: 'mail', user: 'x', name: text }, ping: true }],
});

interface Found {
  readonly type: string;
  readonly text?: string;
  readonly verbatim?: boolean;
}
const objectsIn = (value: unknown): Found[] =>
  value === null || typeof value !== 'object' ? [] : [value as Found, ...Object.values(value).flatMap(objectsIn)];

describe('Output', () => {
  it('in Slack: entities only, no link of anybody’s making, no mention', () => {
    const pen = { account: () => null, address: () => null };
    fc.assert(
      fc.property(words, (text) => {
        const { blocks, text: summary } = slackCard(viewOf(text), pen);
        for (const one of objectsIn(blocks)) {
          expect(['user', 'usergroup', 'channel', 'broadcast', 'link', 'emoji']).not.toContain(one.type);
          if (one.type !== 'mrkdwn') continue;
          expect(one.text).not.toMatch(/[<>]/);
          // Without it Slack makes links of bare addresses.
          expect(one.verbatim).toBe(true);
        }
        expect(summary).not.toMatch(/[<>]/);
      }),
      { numRuns: 500 },
    );
  });

  it('in Teams: words stand in runs, where no Markdown is drawn; where it is, every sign is written out', () => {
    fc.assert(
      fc.property(words, (text) => {
        const card = teamsCard(viewOf(text), () => null);
        for (const one of objectsIn(card)) {
          expect(one.type).not.toBe('Action.OpenUrl');
          expect(one.type).not.toBe('Image');
          if (typeof one.text !== 'string') continue;
          expect(one.text).not.toMatch(/<\/?at\b/i);
          expect(one.text).not.toContain('{{');
          expect(one.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
          if (one.type === 'TextBlock') expect(one.text.replace(/\\./gs, '')).not.toMatch(/[*_[\]()`]/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the name of a file never changes where its link leads, nor becomes a second one', () => {
    const url = 'https://acme.slack.com/files/U1/F1/a.png';
    const pen = { account: () => null, address: () => null };
    fc.assert(
      fc.property(words, (name) => {
        const linked = [{ kind: 'file' as const, file: { name, url } }];
        const view = { ...viewOf('x'), facts: [{ label: 'Files', value: linked }], sections: [], footer: linked };
        const mrkdwn = objectsIn(slackCard(view, pen).blocks).filter(({ type }) => type === 'mrkdwn');
        for (const { text = '' } of mrkdwn.slice(0, 2)) {
          const [link = ''] = text.split('\n').slice(-1);
          expect(link.startsWith(`<${url}|`) && link.endsWith('>')).toBe(true);
          expect(link.slice(1, -1).replace(`${url}|`, '')).not.toMatch(/[<>|]/);
        }
        const opened = objectsIn(teamsCard(view, () => null)).filter(({ type }) => type === 'Action.OpenUrl');
        expect(opened).toEqual([
          { type: 'Action.OpenUrl', url },
          { type: 'Action.OpenUrl', url },
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('people’s words never set who Baton seems to be', () => {
    const pen = { account: () => null, address: () => null };
    expect(Object.keys(slackCard(viewOf('x'), pen)).sort()).toEqual(['blocks', 'text']);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', 'a,=1', 'a\n=1', 'a"=1', 'a;=1'])(
    'a cell of a table is no formula: %j',
    (cell) => {
      const csv = csvOf([[cell]]).replaceAll('"', '');
      expect(csv).not.toMatch(/(^|[\r\n,;])[=+\-@\t＝]/);
    },
  );
});
