import { charOf, charOfTeams, findEmoji, QUICK_PICKS, teamsTypeOf } from '../../adapters/sandbox/page/common/emoji';
import { type Inline, parseInline, parseMrkdwn } from '../../adapters/sandbox/page/slack/parseMrkdwn';
import { prepareCard } from '../../adapters/sandbox/page/teams/prepareCard';

/** What the page makes of words: mrkdwn as a tree, emoji by name and by Teams id, cards without foreign pictures. */

const drawn = (inlines: Inline[]): string =>
  inlines
    .map((one) => {
      if ('inside' in one) return `${one.kind}(${drawn(one.inside)})`;
      if (one.kind === 'text') return one.text;
      if (one.kind === 'link') return `link(${one.url} ${one.label})`;
      if (one.kind === 'date') return `date(${one.seconds} ${one.format} ${one.fallback})`;
      return `${one.kind}(${'id' in one ? one.id : 'name' in one ? one.name : one.text})`;
    })
    .join('');

describe('mrkdwn', () => {
  test.each([
    ['*bold* and _italic_ and ~gone~', 'bold(bold) and italic(italic) and strike(gone)'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['* not bold * and *so neither *', '* not bold * and *so neither *'],
    ['*bold with _italic_ inside*', 'bold(bold with italic(italic) inside)'],
    ['(*bold*), "_it_".', '(bold(bold)), "italic(it)".'],
    ['`*raw* &amp; <`', 'code(*raw* & <)'],
    ['&lt;!channel&gt; &amp;amp;', '<!channel> &amp;'],
    ['<!here> <!subteam^S1> <@U1> <#C1|triage>', 'broadcast(here) broadcast(subteam) user(U1) channel(C1)'],
    ['<https://a.test/?x=1&amp;y=2|a &gt; b>', 'link(https://a.test/?x=1&y=2 a > b)'],
    ['<!date^1700000000^{date_short} at {time}|then>', 'date(1700000000 {date_short} at {time} then)'],
    [':red_circle: 10:30:45 :wave::skin-tone-3:', 'emoji(red_circle) 10emoji(30)45 emoji(wave::skin-tone-3)'],
  ])('%s', (text, tree) => {
    expect(drawn(parseInline(text))).toBe(tree);
  });

  test('quotes and fences are parts of their own; an open fence is no fence', () => {
    const parts = parseMrkdwn('hello\n&gt; one\n&gt;two\nafter ```a *b*\n&lt;c&gt;``` end');
    expect(parts.map((part) => (part.kind === 'pre' ? ['pre', part.text] : [part.kind, drawn(part.inside)]))).toEqual([
      ['words', 'hello'],
      ['quote', 'one\ntwo'],
      ['words', 'after '],
      ['pre', 'a *b*\n<c>'],
      ['words', ' end'],
    ]);
    expect(parseMrkdwn('so ``` what').map((part) => part.kind)).toEqual(['words']);
  });
});

describe('emoji', () => {
  test('all quick picks have a character, and a Teams id that leads back to it', () => {
    for (const name of QUICK_PICKS) {
      const char = charOf(name) ?? '';
      expect(char).not.toBe('');
      expect(charOfTeams(teamsTypeOf(char, name)).replace('\ufe0f', '')).toBe(char.replace('\ufe0f', ''));
    }
    expect(teamsTypeOf('🔴', 'red_circle')).toBe('1f534_redcircle');
    expect(charOfTeams('1f534_largeredcircle')).toBe('🔴');
    expect(charOfTeams('like')).toBe('👍');
    expect(charOfTeams('acme_0125de505')).toBe('❔');
  });

  test('the search finds by words and puts names that begin so first', () => {
    expect(findEmoji('red circle', 5).map((one) => one.name)).toContain('red_circle');
    expect(findEmoji('hourglass', 3)[0]?.name).toBe('hourglass');
    expect(findEmoji('no such thing', 5)).toEqual([]);
  });
});

describe('cards', () => {
  test('a picture from elsewhere becomes words, one that travels along stays', () => {
    const inline = { type: 'Image', url: 'data:image/png;base64,AAAA' };
    const foreign = { type: 'Image', url: 'https://tracker.test/x.png', altText: 'Chart' };
    const card = { type: 'AdaptiveCard', backgroundImage: 'https://tracker.test/b.png', body: [inline, foreign] };
    expect(prepareCard(card)).toEqual({
      type: 'AdaptiveCard',
      body: [inline, { type: 'TextBlock', text: '🖼 Chart', isSubtle: true, wrap: true }],
    });
  });
});
