import { checkBlocks } from '../../adapters/sandbox/slack/limits/blocks';
import { checkView } from '../../adapters/sandbox/slack/limits/views';
import type { Json } from '../../adapters/sandbox/slack/protocol';
import { mentionsOf } from '../../adapters/sandbox/slack/words';
import { readPress } from '../../adapters/slack/buttons';
import { cardOf } from '../../adapters/slack/cards';
import { errorsOf, modalOf, optionOf, readMetadata, readValues, windowOf } from '../../adapters/slack/forms';
import type { Pen } from '../../adapters/slack/inline';
import { escapedWithin, shorten } from '../../adapters/slack/text';
import { plainWords } from '../../adapters/slack/words';
import type { Button, Form, Inline, Section, View } from '../../src/app/view';
import { instant, personId } from '../../src/domain/ids';
import { button, FORM, view } from './slackSupport';

const pen: Pen = {
  account: (person) => (person === 'alice' ? 'U0ALICE' : null),
  address: (place) => (place.platform === 'slack' ? 'https://acme.slack.com/archives/C1/p11' : null),
};
const AT = instant(Date.parse('2026-03-02T10:00:00Z'));
const ORIGIN = { channel: 'C1', message: '', thread: null };
const text = (words: string): Inline => ({ kind: 'text', text: words });
const lines = (...all: Inline[][]): Section => ({ kind: 'lines', lines: all });
const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

function problems(card: View): unknown[] {
  const { blocks, text: summary } = cardOf(card, pen);
  expect(summary.length).toBeLessThanOrEqual(4_000);
  expect(blocks.length).toBeGreaterThan(0);
  return checkBlocks(json(blocks), 'message');
}

const HOSTILE = [
  '<!channel> <!here> <@U0ALICE> <#C1> <!subteam^S1>',
  '&lt;!channel&gt; &amp;lt;',
  '*bold* _it_ ~no~ `code` ```pre``` > quote',
  '<https://evil.test|https://bank.test> https://evil.test @here @channel',
  '\u0000\u0007 lone \ud800 surrogate \udc00 and \u202e right to left',
  '{"type":"user","user_id":"U0ALICE"} ^|> :fire:',
  'x'.repeat(10_000),
  '<'.repeat(10_000),
  '😀'.repeat(5_000),
  '\n'.repeat(500),
  ' ',
  '',
];

/** A view with the given words at every place where words can stand. */
function everywhere(words: string): View {
  const line = [text(words), { kind: 'strong', text: words }, { kind: 'code', text: words }, text(words)] as const;
  const one: Button = button({ label: words, confirm: { title: words, text: words, yes: words, no: words } });
  return {
    summary: words,
    title: line,
    tone: 'warning',
    facts: [
      { label: words, value: line },
      { label: 'Owner', value: [{ kind: 'person', person: personId('alice'), name: words, ping: false }] },
    ],
    sections: [
      lines([...line], [...line]),
      { kind: 'quote', label: words, text: words },
      { kind: 'heading', text: words },
      { kind: 'history', entries: [{ at: AT, when: words, line }] },
      { kind: 'facts', facts: [{ label: words, value: [{ kind: 'time', at: AT, text: words }] }] },
      { kind: 'row', title: line, detail: line, buttons: [one] },
      lines([
        { kind: 'place', place: { platform: 'slack', channel: 'C1', message: '1.1', thread: null }, label: words },
      ]),
      lines([{ kind: 'party', party: { kind: 'guest', platform: 'slack', user: 'U0RAVI', name: words }, ping: false }]),
    ],
    buttons: [one, button({ label: words, inMenu: true })],
    footer: line,
  };
}

function mrkdwn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwn);
}

describe('a card', () => {
  test.each(HOSTILE.map((words) => [words.slice(0, 30), words]))(
    'is valid and pings nobody with %j everywhere',
    (_name, words) => {
      const card = everywhere(words);
      expect(problems(card)).toEqual([]);
      const { text: summary, blocks } = cardOf(card, pen);
      expect(mentionsOf(summary, json(blocks) as Json[])).toEqual([]);
      const own = /<!date\^\d+\^[^|<>]*\|[^<>]*>|<https:\/\/acme\.slack\.com\/[^<>]*>/g;
      for (const words of mrkdwn(blocks)) expect(words.replace(own, '')).not.toMatch(/[<>]/);
    },
  );

  test('shows the words of people exactly', () => {
    const titled = (...title: Inline[]) => cardOf(view({ title }), pen).blocks[0];
    const words = 'a < b & *c* <!channel>';
    expect(titled(text('CASE-7 '), { kind: 'strong', text: words })).toEqual({
      type: 'header',
      text: { type: 'plain_text', text: `CASE-7 ${words}`, emoji: false },
    });
    const long = `${words} ${'x'.repeat(150)}`;
    expect(titled(text(long))).toMatchObject({
      type: 'rich_text',
      elements: [{ elements: [{ text: long, style: { bold: true } }] }],
    });
  });

  test('pings those who are to be pinged, on this platform only', () => {
    const person = (id: string, ping: boolean): Inline => ({ kind: 'person', person: personId(id), name: id, ping });
    const guest: Inline = {
      kind: 'party',
      party: { kind: 'guest', platform: 'slack', user: 'U0RAVI', name: 'Ravi' },
      ping: true,
    };
    const far: Inline = {
      kind: 'party',
      party: { kind: 'guest', platform: 'teams', user: '29:x', name: 'Tea' },
      ping: true,
    };
    const line = [person('alice', true), person('tom', true), person('alice', false), guest, far];
    const { text: summary, blocks } = cardOf(view({ sections: [lines(line)] }), pen);
    expect(mentionsOf(summary, json(blocks) as Json[]).sort()).toEqual(['U0ALICE', 'U0RAVI']);
    expect(JSON.stringify(blocks)).toContain('tomalice');
    const facts = cardOf(view({ facts: [{ label: 'Owner', value: [person('alice', true)] }] }), pen);
    expect(JSON.stringify(facts.blocks)).toContain('<@U0ALICE>');
  });

  test("gives times in the reader's zone, with words for who cannot", () => {
    const time: Inline = { kind: 'time', at: AT, text: 'Mon 10:00 | London' };
    const { blocks } = cardOf(view({ sections: [lines([time])], facts: [{ label: 'Due', value: [time] }] }), pen);
    expect(JSON.stringify(blocks)).toContain(`<!date^${AT / 1000}^{date_short_pretty} at {time}|Mon 10:00   London>`);
    expect(JSON.stringify(blocks)).toContain(`"type":"date","timestamp":${AT / 1000}`);
  });

  test('keeps formatting apart from the words beside it', () => {
    const value: Inline[] = [
      text('used '),
      { kind: 'strong', text: '3h' },
      text(' of'),
      { kind: 'code', text: '4h' },
      text('.'),
    ];
    const { blocks } = cardOf(view({ facts: [{ label: 'Why', value }] }), pen);
    expect(mrkdwn(blocks)).toEqual(['*Why*\nused *3h* of\u200b`4h`\u200b.']);
  });

  test('shows commands in sentences as code', () => {
    const words = [text('Use `list` or ` to look')];
    const { blocks } = cardOf(view({ sections: [lines(words)], footer: words }), pen);
    expect(JSON.stringify(blocks[0])).toContain('{"type":"text","text":"list","style":{"code":true}}');
    expect(mrkdwn(blocks)).toEqual(['Use `list` or \u200b`\u200b to look']);
  });

  test('says its tone without colour', () => {
    const title = [text('Due soon')];
    expect(JSON.stringify(cardOf(view({ title, tone: 'warning' }), pen).blocks[0])).toContain('⚠️');
    expect(JSON.stringify(cardOf(view({ tone: 'urgent' }), pen).blocks[0])).toContain('🚨');
    expect(JSON.stringify(cardOf(view({ title, tone: 'plain' }), pen).blocks[0])).toContain('"text":"Due soon"');
  });

  test('puts what may be hidden into a menu only where there is no room, never what asks twice, and never into a second menu', () => {
    const many = ['resolve', 'details', 'note', 'reply', 'assign', 'priority'] as const;
    const menu = many.map((verb) => button({ verb, label: verb, inMenu: true }));
    const few = cardOf(view({ buttons: [button(), ...menu.slice(0, 3)] }), pen).blocks.at(-1);
    expect(few).toMatchObject({
      elements: [{ type: 'button' }, { type: 'button' }, { type: 'button' }, { type: 'button' }],
    });
    const asks = button({
      verb: 'reopen',
      inMenu: true,
      style: 'danger',
      confirm: { title: 'Sure?', text: 'Really?', yes: 'Yes', no: 'No' },
    });
    const crowded = view({ buttons: [button({ style: 'primary' }), asks, ...menu] });
    expect(problems(crowded)).toEqual([]);
    expect(cardOf(crowded, pen).blocks.at(-1)).toMatchObject({
      elements: [
        { type: 'button', action_id: 'baton:take:0', style: 'primary' },
        { type: 'button', action_id: 'baton:reopen:1', style: 'danger', confirm: { style: 'danger' } },
        { type: 'button', action_id: 'baton:priority:2' },
        { type: 'overflow', options: { length: 5 } },
      ],
    });
  });

  test('what a button carries comes back as it was, from sight or from a menu', () => {
    const data = { case: '5b6e7a52-51cf-4cf2-a4d5-9a8b9c0d1e2f', seen: 123456 };
    const buttons = ['take', 'escalate', 'open-from', 'priority', 'criteria'].map((verb) =>
      button({ verb: verb as Button['verb'], data, inMenu: verb !== 'take' }),
    );
    const { elements } = cardOf(view({ buttons }), pen).blocks.at(-1) as unknown as {
      elements: { action_id: string; value?: string; options?: { value: string }[] }[];
    };
    const values = elements.flatMap(({ action_id, value, options }) =>
      (options ?? [{ value: value ?? '' }]).map((one) => readPress(action_id, one.value)),
    );
    expect(values.map((one) => one?.verb)).toEqual(['take', 'escalate', 'open-from', 'priority', 'criteria']);
    for (const one of values) expect(one?.data).toEqual(data);
    expect(readPress('baton:nonsense:0', '{}')).toBeNull();
    expect(readPress('baton:take:0', 'null')).toBeNull();
    expect(readPress('baton:take:0', undefined)).toBeNull();
  });

  test('is cut at its end when there is too much, but keeps its buttons and says so', () => {
    const rows: Section[] = Array.from({ length: 60 }, (_, n) => ({
      kind: 'row',
      title: [text(`CASE-${n}`)],
      detail: [text('detail')],
      buttons: [button(), button({ verb: 'details' })],
    }));
    const long = view({ sections: rows, buttons: [button({ verb: 'page' })] });
    expect(problems(long)).toEqual([]);
    const { blocks } = cardOf(long, pen);
    expect(JSON.stringify(blocks)).toContain('shortened');
    expect(JSON.stringify(blocks.at(-1))).toContain('baton:page:0');
    const quotes = view({
      sections: Array.from(
        { length: 9 },
        () => ({ kind: 'quote', label: 'They said', text: 'word '.repeat(900) }) as const,
      ),
    });
    expect(JSON.stringify(cardOf(quotes, pen).blocks).length).toBeLessThan(13_200);
  });

  test('a long history keeps its newest entries', () => {
    const entries = Array.from({ length: 300 }, (_, n) => ({
      at: AT,
      when: `day ${n}`,
      line: [text(`entry ${n} ${'x'.repeat(80)}`)],
    }));
    const { blocks } = cardOf(view({ sections: [{ kind: 'history', entries }] }), pen);
    expect(JSON.stringify(blocks)).toContain('entry 299');
    expect(JSON.stringify(blocks)).toMatch(/… \d+ earlier/);
    expect(problems(view({ sections: [{ kind: 'history', entries }] }))).toEqual([]);
  });
});

describe('a form', () => {
  test.each(HOSTILE.map((words) => [words.slice(0, 30), words]))('is valid with %j everywhere', (_name, words) => {
    const fields: Form['fields'] = [
      {
        kind: 'line',
        name: 'a',
        label: words,
        value: words,
        required: true,
        hint: words,
        maxLength: 200,
        placeholder: words,
      },
      {
        kind: 'text',
        name: 'b',
        label: words,
        value: words,
        required: false,
        hint: null,
        maxLength: 10_000,
        placeholder: null,
      },
      {
        kind: 'client',
        name: 'c',
        label: words,
        value: { value: `new:${words}`, label: words },
        required: false,
        hint: words,
        known: [],
      },
      {
        kind: 'choice',
        name: 'd',
        label: words,
        value: 'x',
        required: true,
        hint: null,
        options: [{ value: 'x', label: words, description: words }],
      },
      { kind: 'choice', name: 'e', label: words, value: null, required: true, hint: null, options: [] },
    ];
    const form: Form = {
      ...FORM,
      title: words,
      submit: words,
      cancel: words,
      fields,
      intro: everywhere(words).sections,
    };
    expect(checkView(json(modalOf(form, ORIGIN, pen)), 'modal')).toEqual([]);
    expect(checkView(json(windowOf(everywhere(words), pen)), 'modal')).toEqual([]);
    expect(checkView(json({ type: 'home', blocks: cardOf(everywhere(words), pen, 'home').blocks }), 'home')).toEqual(
      [],
    );
  });

  test('brings back its data and the place where it was asked for', () => {
    const modal = modalOf(FORM, ORIGIN, pen);
    expect(modal.callback_id).toBe('baton:open');
    expect(readMetadata(modal.private_metadata ?? '')).toEqual({ data: FORM.data, origin: ORIGIN });
    expect(readMetadata('')).toBeNull();
    expect(readMetadata('{"data":{"a":[]}}')).toBeNull();
  });

  test('shows criteria beside the choices, and what is chosen already', () => {
    const modal = JSON.stringify(modalOf(FORM, ORIGIN, pen));
    expect(modal).toContain('The client cannot work');
    expect(modal).toContain('"initial_option":{"text":{"type":"plain_text","text":"Urgent"');
  });

  test('values are text, whatever element they come from', () => {
    const values = {
      a: { field: { type: 'plain_text_input', value: 'words' } },
      b: { field: { type: 'plain_text_input', value: null } },
      c: { 'baton:client': { type: 'external_select', selected_option: { value: 'id:7' } } },
      d: { field: { type: 'static_select', selected_option: null } },
    };
    expect(readValues(values)).toEqual({ a: 'words', b: '', c: 'id:7', d: '' });
  });

  test('errors stand under their fields; what belongs to none stands under the first', () => {
    expect(errorsOf({ b: 'B.', '': 'All.', gone: 'Gone.' }, ['a', 'b'])).toEqual({ b: 'B.', a: 'All. Gone.' });
    expect(errorsOf({ '': 'All.' }, [])).toBeNull();
  });

  test('a new client with a very long name is offered under the name that it will get', () => {
    const name = 'Consolidated '.repeat(9).trim();
    const option = optionOf({ value: `new:${name}`, label: `Create “${name}”` });
    expect(option.value.length).toBeLessThanOrEqual(75);
    expect(option.text.text).toContain(option.value.slice(4, 60));
  });
});

describe('text', () => {
  test('is cut at a word, never through a character', () => {
    expect(shorten('one two three', 9)).toBe('one two…');
    expect(shorten('😀😀😀😀', 5)).toBe('😀😀…');
    expect(shorten('abc', 3)).toBe('abc');
    expect(escapedWithin('<'.repeat(1000), 100).length).toBeLessThanOrEqual(100);
  });

  test.each([
    ['<@U1> and <@U2|bob>', '@Una and @bob'],
    ['see <https://a.test|the page> or <https://b.test>', 'see the page (https://a.test) or https://b.test'],
    ['<http://a.test|a.test> <mailto:x@y.test|x@y.test>', 'http://a.test x@y.test'],
    ['<!channel> <!here|here> <!subteam^S1|@crew> <#C1|general> <#C2>', '@channel @here @crew #general #C2'],
    ['<!date^1^{time}|10:00> &lt;b&gt; &amp;amp;', '10:00 <b> &amp;'],
    ['a < b and <not closed', 'a < b and <not closed'],
  ])('%j reads %j', (slack, plain) => {
    expect(plainWords(slack, (user, label) => label ?? (user === 'U1' ? 'Una' : user))).toBe(plain);
  });
});
