/** What goes out: at which pace, in which order, and what becomes of what nobody can tell whether it arrived. */
import { pacesOf as slackPaces } from '../../adapters/slack/pace';
import { type Destination, type Intent, SurfaceFailure } from '../../src/app/ports';
import { HOUR_MS, later, SECOND_MS } from '../../src/domain/ids';
import { calls, type Floor, factOn, openCase, openFloor, shownIn, shownTo, wordsIn, wordsOn } from '../support/floor';
import { ada, alice, bob, gwen, lena, ravi, SOURCE } from '../support/given';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const CAUSE = { what: 'a test', keys: [] };
const channelOf = (to: Destination): string => (to.kind === 'person' ? to.user : to.channel);
const said = (n: string, channel: string, more: Partial<Intent> = {}): Intent => ({
  kind: 'post',
  case: null,
  to: { kind: 'channel', platform: 'slack', channel, thread: null },
  dedupe: `said:${n}`,
  drawing: { view: 'desk-problem', args: { say: n } },
  urgency: 2,
  ...more,
});
const inThread = (n: string, channel: string, urgency: Intent['urgency']): Intent =>
  said(n, channel, { urgency, to: { kind: 'channel', platform: 'slack', channel, thread: n } });
const wordsIn1 = (channel: string): string[] => shownIn(floor.slack, channel).map(({ view }) => wordsOn(view));
/** Fails the first post into the channel after it has taken effect, as a timeout does. */
const timeoutOnce = (wall: Floor['slack'], channel: string, only: (words: string) => boolean = () => true): void => {
  let failed = false;
  wall.fails = (call, to, after) => {
    const last = wall.shown.at(-1);
    if (failed || !after || call !== 'post' || channelOf(to) !== channel) return;
    if (last === undefined || !only(wordsOn(last.view))) return;
    failed = true;
    throw new SurfaceFailure('ambiguous', 'timeout');
  };
};

describe('a card that changes all the time', () => {
  it('is changed at once after a quiet time, then seldom, and shows the last state within three seconds', async () => {
    floor.slack.paces = slackPaces;
    const { ref } = await openCase(floor, ravi);
    const card = shownIn(floor.slack, 'C0TRIAGE')[0]!;
    await floor.doors.line(`take ${ref}`, calls(alice));
    await floor.settled();
    expect(card.updates).toBe(1);
    expect(factOn(card.view, 'Owner')).toBe('Alice Anderson');
    await floor.passes(60 * SECOND_MS);
    const before = card.updates;
    const people = [bob, alice];
    for (let change = 0; change < 20; change += 1) {
      await floor.doors.line(`take ${ref}`, calls(people[change % 2]!));
      await floor.passes(SECOND_MS / 2);
    }
    expect(card.updates - before).toBeGreaterThan(3);
    expect(card.updates - before).toBeLessThanOrEqual(9);
    await floor.passes(SECOND_MS);
    await floor.passes(SECOND_MS);
    expect(factOn(card.view, 'Owner')).toBe('Alice Anderson');
    expect(await floor.store.outbox(floor.at)).toMatchObject({ pending: 0 });
  });
});

describe('the pace of a channel', () => {
  it('lets what is urgent go before what is old, and all of it in the end', async () => {
    floor.slack.paces = slackPaces;
    const many = Array.from({ length: 30 }, (_, n) => inThread(`line ${n}`, 'C0BUSY', 2));
    await floor.store.want(many, CAUSE, floor.at);
    await floor.settled();
    expect(wordsIn1('C0BUSY')).toHaveLength(10);
    await floor.store.want([inThread('the page', 'C0BUSY', 0)], CAUSE, floor.at);
    await floor.passes(SECOND_MS);
    expect(wordsIn1('C0BUSY').slice(10)).toEqual(['the page']);
    for (let second = 0; second < 20; second += 1) await floor.passes(SECOND_MS);
    expect(wordsIn1('C0BUSY')).toHaveLength(31);
    expect((await floor.store.outbox(floor.at)).pending).toBe(0);
  });

  it('holds up no other channel', async () => {
    floor.slack.paces = slackPaces;
    const busy = Array.from({ length: 60 }, (_, n) => inThread(`line ${n}`, 'C0BUSY', 0));
    await floor.store.want([...busy, said('elsewhere', 'C0OTHER', { urgency: 3 })], CAUSE, floor.at);
    await floor.settled();
    expect(wordsIn1('C0OTHER')).toEqual(['elsewhere']);
  });

  it('is no attempt: what waits for it is not given up', async () => {
    floor.slack.paces = slackPaces;
    const many = Array.from({ length: 40 }, (_, n) => inThread(`line ${n}`, 'C0BUSY', 2));
    await floor.store.want(many, CAUSE, floor.at);
    for (let second = 0; second < 35; second += 1) await floor.passes(SECOND_MS);
    expect(wordsIn1('C0BUSY')).toHaveLength(40);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ pending: 0, dead: 0 });
  });
});

describe('a platform that asks to slow down', () => {
  it('again and again is asked again and again: that is no attempt', async () => {
    let asked = 0;
    floor.slack.fails = (_, to, after) => {
      if (after || channelOf(to) !== 'C0SLOW' || asked >= 400) return;
      asked += 1;
      throw new SurfaceFailure('slow-down', '429', SECOND_MS);
    };
    await floor.store.want([said('patience', 'C0SLOW')], CAUSE, floor.at);
    for (let tries = 0; tries < 401; tries += 1) await floor.passes(2 * SECOND_MS);
    expect(wordsIn1('C0SLOW')).toEqual(['patience']);
  });

  it('is left alone over a restart too, and by another process', async () => {
    floor.slack.fails = (_, to, after) => {
      if (!after && channelOf(to) === 'C0SLOW') throw new SurfaceFailure('slow-down', '429', 30 * SECOND_MS);
    };
    await floor.store.want([inThread('one', 'C0SLOW', 2)], CAUSE, floor.at);
    await floor.settled();
    await floor.store.want([inThread('two', 'C0SLOW', 2)], CAUSE, floor.at);
    // Whoever claims knows nothing but the database.
    expect(await floor.store.claim(floor.at, 10, 1000)).toEqual([]);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ pending: 2, paused: 1, oldestDueAt: null });
  });

  it('of fifty channels delays the other forty-nine not at all', async () => {
    const delays: number[] = [];
    const began = performance.now();
    floor.slack.fails = (_, to, after) => {
      if (after) delays.push(performance.now() - began);
      else if (channelOf(to) === 'C0') throw new SurfaceFailure('slow-down', '429', 60 * SECOND_MS);
    };
    floor.slack.paces = slackPaces;
    const all = Array.from({ length: 50 }, (_, n) => said(`to ${n}`, `C${n}`));
    await floor.store.want(all, CAUSE, floor.at);
    await floor.settled();
    expect(delays).toHaveLength(49);
    const { paused, pending } = await floor.store.outbox(floor.at);
    expect({ paused, pending }).toEqual({ paused: 1, pending: 1 });
  });
});

describe('words to a client of which nobody can tell whether they arrived', () => {
  /** A case of Alice's with such a reply; what she is asked in private. */
  async function uncertainReply(): Promise<{
    readonly ref: string;
    readonly question: Floor['slack']['shown'][number];
  }> {
    const { ref } = await openCase(floor, ravi);
    await floor.doors.line(`take ${ref}`, calls(alice));
    await floor.settled();
    timeoutOnce(floor.slack, 'C0SUPPORT', (words) => words.includes('We are on it'));
    await floor.doors.line(`reply ${ref} We are on it`, calls(bob));
    await floor.settled();
    await floor.passes(5 * SECOND_MS);
    const question = shownTo(floor.slack, 'U0ALICE').find(({ view }) => wordsOn(view).includes('Did this reach'));
    if (question === undefined) throw new Error('nobody was asked');
    return { ref, question };
  }
  const replies = (): number => wordsIn1('C0SUPPORT').filter((words) => words.includes('We are on it')).length;
  const dataOf = (question: Floor['slack']['shown'][number], label: string) => {
    const found = question.view.buttons.find((one) => one.label === label);
    if (found === undefined) throw new Error(`no ${label} on ${wordsOn(question.view)}`);
    return found.data;
  };

  it('stop, and the owner is asked in private', async () => {
    const { ref, question } = await uncertainReply();
    expect(replies()).toBe(1);
    expect(wordsOn(question.view)).toContain(`Did this reach the client of ${ref}?`);
    expect(wordsOn(question.view)).toContain('We are on it');
    expect(question.view.buttons.map(({ label }) => label)).toEqual(['Send again', 'It arrived']);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ ambiguous: 1, dead: 0, pending: 0 });
    await floor.passes(3600 * SECOND_MS);
    expect(replies()).toBe(1);
  });

  it('are sent again once, however often and by whomever it is pressed, and it is said by whom', async () => {
    const { question } = await uncertainReply();
    const data = dataOf(question, 'Send again');
    const answers = await Promise.all([
      floor.doors.press('resend', data, calls(alice)),
      floor.doors.press('resend', data, calls(bob)),
    ]);
    const later = wordsIn(await floor.doors.press('resend', data, calls(lena)));
    await floor.settled();
    expect(replies()).toBe(2);
    expect(answers.map(wordsIn).filter((words) => words === 'It is on its way again.')).toHaveLength(1);
    expect(later).toMatch(/done already: (Alice Anderson|Bob Brown) sent it again/);
    expect(wordsOn(question.view)).toContain('sent it again');
    expect(question.view.buttons).toEqual([]);
    expect(floor.accepted.filter(({ command }) => command === 'SendAgain')).toHaveLength(1);
    // What the client reads says nothing of repeating: a person decided.
    expect(wordsIn1('C0SUPPORT').join()).not.toContain('twice');
  });

  it('are taken for arrived when somebody of the desk says so', async () => {
    const { question } = await uncertainReply();
    await floor.doors.press('arrived', dataOf(question, 'It arrived'), calls(alice));
    await floor.passes(60 * SECOND_MS);
    expect(replies()).toBe(1);
    expect(wordsOn(question.view)).toContain('Alice Anderson says that it arrived');
    expect(await floor.store.outbox(floor.at)).toMatchObject({ ambiguous: 0, dead: 0, pending: 0 });
  });

  it('are asked about of whoever wrote them where nobody owns the case', async () => {
    const { ref } = await openCase(floor, ravi);
    timeoutOnce(floor.slack, 'C0SUPPORT', (words) => words.includes('We are on it'));
    await floor.doors.line(`reply ${ref} We are on it`, calls(bob));
    await floor.settled();
    await floor.passes(5 * SECOND_MS);
    expect(shownTo(floor.slack, 'U0BOB').map(({ view }) => wordsOn(view))).toContainEqual(
      expect.stringContaining(`Did this reach the client of ${ref}?`),
    );
  });

  it('are nobody else’s business: a guest is refused and nothing happens', async () => {
    const { question } = await uncertainReply();
    const words = wordsIn(await floor.doors.press('resend', dataOf(question, 'Send again'), calls(gwen)));
    expect(words).not.toContain('on its way');
    await floor.settled();
    expect(replies()).toBe(1);
  });
});

describe('a page of which nobody can tell whether it arrived', () => {
  it('is sent again and says so', async () => {
    const { ref } = await openCase(floor, ravi);
    timeoutOnce(floor.slack, 'C0LEADS');
    await floor.passes(3 * 3600 * SECOND_MS);
    await floor.passes(5 * SECOND_MS);
    const warnings = wordsIn1('C0LEADS').filter((words) => words.includes(ref));
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).not.toContain('may be here twice');
    expect(warnings[1]).toContain('may be here twice');
  });

  it('is not sent for ever: after three times it rests as uncertain, for a lead to see', async () => {
    floor.slack.fails = (call, to, after) => {
      if (after && call === 'post' && channelOf(to) === 'C0X') throw new SurfaceFailure('ambiguous', 'timeout');
    };
    await floor.store.want([said('page', 'C0X', { urgency: 0 })], CAUSE, floor.at);
    for (let minutes = 0; minutes < 10; minutes += 1) await floor.passes(60 * SECOND_MS);
    expect(wordsIn1('C0X')).toHaveLength(3);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ ambiguous: 1, pending: 0 });
  });
});

describe('ops', () => {
  const refused = (): void => {
    floor.slack.fails = (_, to) => {
      if (channelOf(to) === 'C0TRIAGE') throw new SurfaceFailure('refused', 'Baton is not in the channel.');
    };
  };

  it('shows a lead what was given up, in plain words, and sends it again once', async () => {
    refused();
    const { ref } = await openCase(floor, ravi);
    const answer = await floor.doors.line('ops', calls(lena));
    expect(wordsIn(answer)).toContain(`Given up · the card of ${ref} to the triage channel (Slack)`);
    expect(wordsIn(answer)).toContain('Baton is not in the channel. Sent once.');
    if (answer.kind !== 'said') throw new Error('no view');
    const row = answer.view.sections.find((section) => section.kind === 'row');
    const data = row?.kind === 'row' ? row.buttons[0]!.data : {};
    floor.slack.fails = () => undefined;
    expect(wordsIn(await floor.doors.press('resend', data, calls(alice)))).toContain('lead');
    await floor.settled();
    expect(shownIn(floor.slack, 'C0TRIAGE')).toHaveLength(0);
    const twice = await Promise.all([1, 2].map(() => floor.doors.press('resend', data, calls(ada))));
    await floor.settled();
    expect(twice.map(wordsIn).sort()).toEqual([
      'It is on its way again.',
      expect.stringMatching(/^That was done already: .* sent it again/),
    ]);
    expect(shownIn(floor.slack, 'C0TRIAGE')).toHaveLength(1);
    expect(wordsIn(await floor.doors.line('ops', calls(lena)))).toContain('All is well');
  });

  it('says who was asked to slow down, until when, and what waits longest', async () => {
    floor.slack.fails = (_, to, after) => {
      if (!after && channelOf(to) === 'C0TRIAGE') throw new SurfaceFailure('slow-down', 'Slack asks.', 600 * SECOND_MS);
      if (!after && channelOf(to) === 'C0SUPPORT') throw new SurfaceFailure('not-sent', 'ECONNREFUSED');
    };
    const { ref } = await openCase(floor, ravi);
    floor.at = (floor.at + 10 * SECOND_MS) as typeof floor.at;
    const words = wordsIn(await floor.doors.line('ops', calls(ada)));
    expect(words).toContain('the triage channel (Slack) until Mon');
    expect(words).toContain('1 destination asked to slow down');
    expect(words).toContain(`Waiting longest: the confirmation of ${ref} to channel C0SUPPORT (Slack)`);
    expect(words).toContain('ECONNREFUSED');
  });

  it('is turned page by page', async () => {
    floor.slack.fails = () => {
      throw new SurfaceFailure('refused', 'No.');
    };
    await floor.store.want(
      Array.from({ length: 10 }, (_, n) => said(`n${n}`, `C${n}`)),
      CAUSE,
      floor.at,
    );
    await floor.settled();
    const first = await floor.doors.line('ops', calls(lena));
    const next = first.kind === 'said' ? first.view.buttons.find(({ label }) => label === 'Next') : undefined;
    const second = await floor.doors.press('page', next!.data, calls(lena));
    const rows = (answer: typeof first): number =>
      answer.kind === 'said' ? answer.view.sections.filter(({ kind }) => kind === 'row').length : 0;
    expect([rows(first), rows(second)]).toEqual([8, 2]);
  });

  it('is for leads and admins', async () => {
    for (const [who, may] of [
      [lena, true],
      [ada, true],
      [alice, false],
      [gwen, false],
    ] as const) {
      expect(wordsIn(await floor.doors.line('ops', calls(who))).startsWith('Deliveries')).toBe(may);
    }
    expect(SOURCE.channel).toBe('C0SUPPORT');
  });
});

describe('a message on its way', () => {
  it('is not sent a second time when the clock is pushed meanwhile', async () => {
    const { post } = floor.slack;
    const [first, second, arrived] = [signal(), signal(), signal()];
    floor.slack.post = async (to, view, ref) => {
      (channelOf(to) === 'C1' ? first : second).give();
      await arrived.given;
      return post(to, view, ref);
    };
    await floor.store.want([said('1', 'C1')], CAUSE, floor.at);
    floor.pump.nudge();
    await first.given;
    floor.at = later(floor.at, HOUR_MS);
    await floor.store.want([said('2', 'C2')], CAUSE, floor.at);
    floor.pump.nudge();
    // The outbox has been looked at since the clock was pushed.
    await second.given;
    arrived.give();
    await floor.settled();
    expect(floor.slack.calls).toEqual(['post C1', 'post C2']);
    expect(floor.troubles).toEqual([]);
  });
});

/** Something that one side waits for and the other gives. */
function signal(): { readonly given: Promise<void>; give(): void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}
