import type { PriorityName } from '../../../src/domain/ids';
import { alice, beginning, DESK, gwen, lena, next, opened, ravi, type Step, TEN, vera } from '../../support/given';

const p = (name: string): PriorityName => name as PriorityName;
const opening = (step: Step) => {
  const after = next(beginning(), step);
  if (after.kind === 'refused') throw new Error(after.refusal.say);
  return after.story.case!;
};
const refusal = (step: Step): { refused: string; say: string } => {
  const after = next(beginning(), step);
  if (after.kind === 'happened') throw new Error('it was opened');
  return after.refusal;
};

describe('opening a case', () => {
  it('gives it the desk’s prefix, the next number and the words of the reporter', () => {
    const it = opening(opened(ravi));
    expect(it).toMatchObject({
      ref: 'CASE-1002',
      status: 'New',
      title: 'The printer is on fire',
      description: 'It smokes on the second floor.',
      reporter: ravi,
      loggedBy: ravi,
      openedAt: TEN,
      client: { name: 'Globex' },
      priority: null,
      level: 'L1 Frontline',
    });
  });

  it.each([
    ['a guest', gwen],
    ['a viewer', vera],
    ['an agent', alice],
    ['a lead', lena],
  ] as const)('%s may open one', (_, who) => {
    expect(opening(opened(who)).reporter).toEqual(who);
  });

  it.each(['', '   ', '\n\t\u00a0'])('refuses a title of %j with an example of a good one', (title) => {
    expect(refusal(opened(ravi, { title }))).toEqual({
      refused: 'title-missing',
      say: expect.stringContaining('for example'),
    });
  });

  it('takes a title of 200 characters and refuses one of 201, saying where the rest fits', () => {
    expect(opening(opened(ravi, { title: 'x'.repeat(200) })).title).toHaveLength(200);
    expect(refusal(opened(ravi, { title: 'x'.repeat(201) }))).toEqual({
      refused: 'title-too-long',
      say: expect.stringContaining('What happened'),
    });
    expect(refusal(opened(ravi, { title: 'x'.repeat(10_000) })).refused).toBe('title-too-long');
  });

  it('trims what was typed, and counts the title without the blanks around it', () => {
    expect(opening(opened(ravi, { title: `  ${'x'.repeat(200)}  ` })).title).toHaveLength(200);
  });

  it('takes 10,000 characters of what happened and refuses one more', () => {
    expect(opening(opened(ravi, { description: 'x'.repeat(10_000) })).description).toHaveLength(10_000);
    expect(refusal(opened(ravi, { description: 'x'.repeat(10_001) })).refused).toBe('text-too-long');
  });

  it('names the one whose turn it is, one after the other by number', () => {
    expect(opening(opened(ravi)).holder).toMatchObject({ kind: 'turn', person: 'alice' });
    const odd = next(beginning({ ...DESK, levels: [{ ...DESK.levels[1]! }] }), opened(ravi));
    expect(odd.story.case?.holder).toMatchObject({ kind: 'turn', person: 'carol' });
  });
});

describe('the priority that is chosen at opening', () => {
  it.each([
    ['a guest', gwen],
    ['a viewer', vera],
  ] as const)('is only a wish when %s chose it', (_, who) => {
    const it = opening(opened(who, { priority: p('P1') }));
    expect(it).toMatchObject({ status: 'New', priority: null, wish: 'P1' });
    // The clocks run on the desk's rule for untriaged cases (P2), not on the wish.
    expect(it.clocks.map(({ name, targetMs }) => [name, targetMs / 3_600_000])).toEqual([
      ['first_response', 4],
      ['resolution', 16],
    ]);
  });

  it('counts when somebody of the desk chose it, in any case of letters', () => {
    const it = opening(opened(alice, { priority: p('p1') }));
    expect(it).toMatchObject({ status: 'Triaged', priority: 'P1', wish: null });
    expect(it.clocks.map(({ name, targetMs, calendar }) => [name, targetMs / 3_600_000, calendar])).toEqual([
      ['first_response', 1, '24x7'],
      ['resolution', 4, '24x7'],
    ]);
  });

  it('is refused when the desk has no such priority, whoever chose it', () => {
    expect(refusal(opened(alice, { priority: p('P9') })).refused).toBe('priority-unknown');
    expect(refusal(opened(ravi, { priority: p('P9') })).refused).toBe('priority-unknown');
  });
});

describe('the resolution clock', () => {
  it('does not run before work starts where the desk counts from In progress', () => {
    const after = next(beginning({ ...DESK, resolutionStarts: 'in_progress' }), opened(ravi));
    expect(after.story.case?.clocks.map(({ name }) => name)).toEqual(['first_response']);
  });
});
