import fc from 'fast-check';
import { cardProblems } from '../../adapters/sandbox/teams/cardCheck';
import type { Json } from '../../adapters/sandbox/teams/protocol';
import { CARD_BYTES_MAX, cardOf, inBrief } from '../../adapters/teams/cards';
import { carried, formCard } from '../../adapters/teams/forms';
import { readActivity } from '../../adapters/teams/payloads';
import { afterCase, plainText, saidIn } from '../../adapters/teams/words';
import type { Button, Line, Section, View } from '../../src/app/view';
import { instant, personId } from '../../src/domain/ids';
import { actionsIn, button, newCaseForm, view, wordsIn } from './teamsBench';

const nobody = () => null;
const problems = (card: unknown): string[] => cardProblems(card as Json);
const line = (text: string): Line => [{ kind: 'text', text }];
const bytes = (card: unknown): number => Buffer.byteLength(JSON.stringify(card));

/** A view with the same words in every place where words can stand. */
function everywhere(words: string): View {
  const place = { platform: 'teams', channel: '19:a@thread.tacv2', message: '17', thread: null };
  const all: Line = [
    { kind: 'text', text: words },
    { kind: 'strong', text: words },
    { kind: 'code', text: words },
    { kind: 'person', person: personId('alice'), name: words, ping: false },
    { kind: 'party', party: { kind: 'guest', platform: 'teams', user: 'u', name: words }, ping: false },
    { kind: 'time', at: instant(Date.UTC(2026, 10, 21, 20)), text: '20:00' },
    { kind: 'place', place, label: words },
  ];
  const sections: Section[] = [
    { kind: 'lines', lines: [all, []] },
    { kind: 'quote', label: words, text: words },
    { kind: 'heading', text: words || 'heading' },
    { kind: 'history', entries: [{ at: instant(0), when: 'then', line: all }] },
    { kind: 'facts', facts: [{ label: words || 'label', value: all }] },
    { kind: 'row', title: all, detail: all, buttons: [button({ label: words || 'Take' })] },
    { kind: 'buttons', buttons: [button({ label: words || 'Take' })] },
    { kind: 'rule' },
  ];
  return view(words, {
    title: all,
    facts: [{ label: 'Client', value: all }],
    sections,
    buttons: [button({})],
    footer: all,
  });
}

describe('words of people in cards', () => {
  test.each([
    ['a Markdown link', '[Reset your password](https://evil.test)'],
    ['a mention', '<at>Alice Anderson</at>'],
    ['a date of Teams', '{{DATE(2020-01-01T00:00:00Z, SHORT)}}'],
    ['text that turns around', 'abc\u202egnp.exe'],
    ['a half character', 'x\ud83d'],
    ['control characters', 'a\u0000b\u0007c'],
    ['ten thousand characters', 'word '.repeat(2_000)],
    ['nothing', ''],
    ['HTML', '<script>alert(1)</script><img src=x>'],
  ])('%s: the card is valid and small enough', (_, words) => {
    const card = cardOf(everywhere(words), nobody);
    expect(problems(card)).toEqual([]);
    expect(bytes(card)).toBeLessThanOrEqual(CARD_BYTES_MAX);
  });

  test('no words of people stand where Markdown is drawn, unless written out', () => {
    const card = cardOf(everywhere('[Reset](https://evil.test)'), nobody);
    const markdown: string[] = [];
    const walk = (part: unknown): void => {
      if (Array.isArray(part)) part.forEach(walk);
      if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
      const object = part as Record<string, unknown>;
      if (object['type'] === 'TextBlock') markdown.push(String(object['text']));
      expect(object['type']).not.toBe('FactSet');
      Object.values(object).forEach(walk);
    };
    walk(card);
    expect(markdown.length).toBeGreaterThan(0);
    for (const text of markdown) expect(text).not.toMatch(/(?<!\\)\[Reset(?<!\\)\]/);
  });

  test('no words of people become a mention, a date, or text that turns around', () => {
    const card = JSON.stringify(cardOf(everywhere('<at>Alice</at> {{TIME(2020-01-01T00:00:00Z)}} \u202e'), nobody));
    expect(card).not.toContain('<at>');
    expect(card).not.toContain('{{TIME(2020');
    expect(card).not.toContain('\u202e');
    expect(card).toContain('{{TIME(2026-11-21T20:00:00Z)}}');
  });

  test('links lead to Teams only', () => {
    const urls = [...JSON.stringify(cardOf(everywhere('x'), nobody)).matchAll(/"url":"([^"]+)"/g)].map(
      ([, url]) => url,
    );
    expect(urls.length).toBeGreaterThan(0);
    expect(urls.every((url) => url!.startsWith('https://teams.microsoft.com/l/message/19%3Aa%40thread.tacv2/17'))).toBe(
      true,
    );
  });

  test('whatever people write, the card is valid and small enough', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (words) => {
        const card = cardOf(everywhere(words), nobody);
        return problems(card).length === 0 && bytes(card) <= CARD_BYTES_MAX;
      }),
      { numRuns: 25 },
    );
  });
});

describe('somebody who is pinged', () => {
  test('is named once: where the line would begin with the name, the mention above it says so', () => {
    const ravi = { kind: 'guest', platform: 'teams', user: '29:ravi', name: 'Ravi' } as const;
    const told: Line = [
      { kind: 'party', party: ravi, ping: true },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'CASE-1' },
    ];
    const card = cardOf(view('CASE-1 is resolved', { sections: [{ kind: 'lines', lines: [told] }] }), nobody);
    const drawn = JSON.stringify(card['body']);
    expect(drawn.match(/Ravi/g)).toHaveLength(1);
    expect(drawn).toContain('<at>Ravi</at>');
    expect(drawn).toContain('CASE-1');
    expect(problems(card)).toEqual([]);
  });
});

describe('long cases', () => {
  const entries = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      at: instant(index * 1000),
      when: 'then',
      line: line(`Entry ${index} ${'x'.repeat(200)}`),
    }));

  test('a long history is shortened from its old end, and the card says how much is missing', () => {
    const card = cardOf(view('CASE-1', { sections: [{ kind: 'history', entries: entries(400) }] }), nobody);
    expect(problems(card)).toEqual([]);
    expect(wordsIn(card)).toContain('Entry 399');
    const missing = /(\d+) earlier entries not shown/.exec(wordsIn(card))!;
    const shown = wordsIn(card).match(/Entry \d+ /g)!.length;
    expect(Number(missing[1]) + shown).toBe(400);
  });

  test('a long list keeps what fits and says so', () => {
    const row = (index: number): Section => ({
      kind: 'row',
      title: line(`CASE-${index}`),
      detail: line('y'.repeat(300)),
      buttons: [button({}), button({ verb: 'details', label: 'Details' })],
    });
    const card = cardOf(view('List', { sections: Array.from({ length: 60 }, (_, index) => row(index)) }), nobody);
    expect(problems(card)).toEqual([]);
    expect(wordsIn(card)).toContain('no room here for the other cases');
    expect(wordsIn(card)).toContain('CASE-0');
  });

  test('a form of any length stays valid, and carries itself where it can', () => {
    const long = {
      ...newCaseForm,
      intro: Array.from({ length: 40 }, (): Section => ({ kind: 'quote', label: 'x', text: 'words '.repeat(200) })),
    };
    const shown = { verb: 'open', data: {}, nonce: 'n', where: 'dialog', errors: {} } as const;
    const card = formCard({ ...shown, form: carried(long) });
    expect(problems(card)).toEqual([]);
    expect(bytes(card)).toBeLessThanOrEqual(CARD_BYTES_MAX);
    expect(JSON.stringify(actionsIn(card).get('Open case'))).toContain('"fields"');
  });

  test.each([
    ['ten thousand letters stay whole', 'x', true],
    [
      'ten thousand signs of three bytes are more than Teams takes: their beginning stays, and the form says so',
      '漢',
      false,
    ],
  ])('in a form %s', (_, sign, whole) => {
    const words = sign.repeat(10_000);
    const fields = newCaseForm.fields.map((field) => (field.kind === 'text' ? { ...field, value: words } : field));
    const shown = { verb: 'open', data: {}, nonce: 'n', where: 'dialog', errors: {} } as const;
    const card = formCard({ ...shown, form: carried({ ...newCaseForm, fields }) });
    expect(problems(card)).toEqual([]);
    expect(bytes(card)).toBeLessThanOrEqual(CARD_BYTES_MAX);
    expect(JSON.stringify(card).includes(words)).toBe(whole);
    expect(wordsIn(card).includes('only its beginning')).toBe(!whole);
    expect(JSON.stringify(actionsIn(card).get('Open case'))).toContain('"fields"');
  });
});

describe('buttons', () => {
  const many = (count: number, more: (index: number) => Partial<Button> = () => ({})) =>
    Array.from({ length: count }, (_, index) => button({ label: `B${index}`, ...more(index) }));

  test('six have room; of more, those that may go into the menu do, and never more than five stay in sight', () => {
    expect(
      [...actionsIn(cardOf(view('x', { buttons: many(6) }), nobody)).values()].every(({ mode }) => mode === undefined),
    ).toBe(true);
    const eight = cardOf(view('x', { buttons: many(8, (index) => ({ inMenu: index < 2 })) }), nobody);
    expect([...actionsIn(eight).values()].map(({ mode }) => mode)).toEqual([
      'secondary',
      'secondary',
      ...Array(5).fill(undefined),
      'secondary',
    ]);
    expect(problems(eight)).toEqual([]);
  });

  test('one that asks first unfolds its question', () => {
    const confirm = { title: 'Close it?', text: 'It cannot be opened again.', yes: 'Close', no: 'Keep' };
    const card = cardOf(view('x', { buttons: [button({ verb: 'resolve', label: 'Resolve', confirm })] }), nobody);
    expect(actionsIn(card).get('Resolve')).toMatchObject({ type: 'Action.ShowCard' });
    expect(actionsIn(card).get('Close')).toMatchObject({ type: 'Action.Execute', verb: 'baton:resolve' });
    expect(problems(card)).toEqual([]);
  });

  test('an urgent card says so by a sign, not by its colour alone, and reads out its summary', () => {
    const card = cardOf(view('CASE-1 breached', { tone: 'urgent', title: line('CASE-1') }), nobody);
    expect(wordsIn(card)).toContain('🚨');
    expect(card).toMatchObject({ speak: 'CASE-1 breached', version: '1.5' });
  });

  test('what fits in a line or two is told in a line or two', () => {
    expect(inBrief(view('Carol took it.'))).toBe('Carol took it.');
    expect(inBrief(view('x', { buttons: [button({})] }))).toBeNull();
    expect(inBrief(view('x'.repeat(500)))).toBeNull();
  });

  test('shows what is to be typed as code in a card, and in quotation marks in a plain sentence', () => {
    const shown = view('Which? `list` shows them.', {
      sections: [{ kind: 'lines', lines: [line('Which? `list` shows them.')] }],
    });
    const card = cardOf(shown, nobody);
    expect(JSON.stringify(card)).toContain('{"type":"TextRun","text":"list","fontType":"Monospace"}');
    expect(inBrief(shown)).toBe('Which? “list” shows them.');
    expect(JSON.stringify(card)).not.toContain('`');
  });
});

describe('reading what people wrote', () => {
  const activity = (text: string, mentions: readonly { id: string; name: string; text?: string }[]) => {
    const read = readActivity({
      type: 'message',
      id: '1',
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/',
      conversation: { id: 'a:1' },
      recipient: { id: '28:bot', name: 'Baton' },
      text,
      entities: mentions.map(({ id, name, text: words = `<at>${name}</at>` }) => ({
        type: 'mention',
        text: words,
        mentioned: { id, name },
      })),
    });
    if (!read.ok) throw new Error(read.why);
    return read.activity;
  };
  const bot = { id: '28:bot', name: 'Baton' };

  test.each([
    ['the mention and its hard space', '<at>Baton</at>&nbsp;case list', [bot], 'case list'],
    ['a mention in the middle', 'case <at>Baton</at> list', [bot], 'case list'],
    ['two mentions of Baton in one message', '<at>Baton</at> <at>Baton</at> list', [bot], 'list'],
    ['entities that come twice (botbuilder-js #4379)', '<at>Baton</at> list', [bot, bot], 'list'],
    ['a mention with attributes', '<at id="0">Baton</at> list', [bot], 'list'],
    ['an entity spelt otherwise than the text', '<at>Baton</at> list', [{ ...bot, text: '<at>@Baton</at>' }], 'list'],
    [
      'another person by name',
      '<at>Baton</at> assign 7 <at>Pranav Smith</at>',
      [bot, { id: '29:p', name: 'Pranav Smith' }],
      'assign 7 @Pranav Smith',
    ],
    ['encoded signs', '<at>Baton</at> new a &lt; b &amp;&amp; c', [bot], 'new a < b && c'],
    ['lines', '<at>Baton</at> note 7 one\n two', [bot], 'note 7 one\ntwo'],
  ] as const)('%s', (_, text, mentions, words) => {
    expect(saidIn(activity(text, mentions))).toEqual({ text: words, toBaton: true });
  });

  test('a message that mentions others only is not for Baton', () => {
    expect(saidIn(activity('<at>Baton Rouge</at> hi', [{ id: '29:x', name: 'Baton Rouge' }]))).toEqual({
      text: '@Baton Rouge hi',
      toBaton: false,
    });
  });

  test.each([
    ['case new x', 'new x'],
    ['/case new x', 'new x'],
    ['CASE: list', 'list'],
    ['case', ''],
    ['case-insensitive search', null],
    ['casework', null],
    ['hello', null],
  ])('after the word case: %s', (text, words) => {
    expect(afterCase(text)).toBe(words);
  });

  test('the body of a message as HTML', () => {
    const content =
      '<div><div><at id="0">Rita</at> says:<br>a &lt;b&gt; &amp; c<p>new</p><img alt="fire" src="x"><attachment id="1"></attachment></div>\n</div>';
    expect(plainText({ contentType: 'html', content })).toBe('@Rita says:\na <b> & c\nnew\nfire');
  });
});
