import { readFileSync } from 'node:fs';
import { emojiCharacter, meaningOf } from '../../src/inputs/reactions';
import { DESK } from '../support/given';

const meaning = (emoji: string): string | null => {
  const found = meaningOf(DESK, emoji);
  if (found === null) return null;
  return found.kind === 'priority' ? found.priority : found.kind;
};

describe('what an emoji means', () => {
  it.each([
    // As Slack names them
    ['red_circle', 'P1'],
    ['rotating_light', 'P1'],
    ['large_orange_circle', 'P2'],
    ['large_blue_circle', 'P3'],
    ['ticket', 'open'],
    ['eyes', 'take'],
    ['hourglass_flowing_sand', 'wait'],
    ['white_check_mark', 'resolve'],
    [':red_circle:', 'P1'],
    ['RED_CIRCLE', 'P1'],
    ['eyes::skin-tone-2', 'take'],
    // As Teams names them
    ['1f534_largeredcircle', 'P1'],
    ['1f7e0_largeorangecircle', 'P2'],
    ['1f535_largebluecircle', 'P3'],
    ['1f440_eyes', 'take'],
    ['1f440_eyes-tone3', 'take'],
    ['eyes-tone3', 'take'],
    ['1f3ab_ticket', 'open'],
    ['23f3_hourglassnotdone', 'wait'],
    ['2705_whiteheavycheckmark', 'resolve'],
  ])('%s: %s', (emoji, expected) => expect(meaning(emoji)).toBe(expected));

  it.each([
    'like',
    'heart',
    '+1',
    'thumbsup',
    '',
    ':',
    '1f600_grinningface',
    'red_circle_2',
    'constructor',
    '__proto__',
  ])('%j means nothing here', (emoji) => expect(meaning(emoji)).toBeNull());

  it('follows the desk file, where a desk may use an emoji of its own', () => {
    const desk = { ...DESK, emoji: { ...DESK.emoji, take: ['our_own_hand', 'raised_hand'] } };
    expect(meaningOf(desk, 'our_own_hand')).toEqual({ kind: 'take' });
    expect(meaningOf(desk, 'raised_hand::skin-tone-4')).toEqual({ kind: 'take' });
    expect(meaningOf(desk, '270b_raisedhand')).toEqual({ kind: 'take' });
    expect(meaningOf(desk, 'eyes')).toBeNull();
  });
});

describe('an emoji in text', () => {
  it('is shown as the character, or by its name where it is the workspace’s own', () => {
    expect(emojiCharacter('red_circle')).toBe('🔴');
    expect(emojiCharacter('hourglass_flowing_sand')).toBe('⏳');
    expect(emojiCharacter('our_own_hand')).toBe(':our_own_hand:');
  });

  it('is known for every emoji of the example desk file', () => {
    const named = [
      ...readFileSync('desk.yaml', 'utf8').matchAll(/(?:emoji|open|take|wait|resolve): \[([a-z_, ]+)\]/gu),
    ];
    const names = named.flatMap(([, list = '']) => list.split(',').map((name) => name.trim()));
    expect(names.length).toBeGreaterThanOrEqual(8);
    expect(names.filter((name) => emojiCharacter(name).startsWith(':'))).toEqual([]);
  });
});
