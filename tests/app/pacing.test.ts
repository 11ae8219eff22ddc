import fc from 'fast-check';
import { pacesOf as slackPaces } from '../../adapters/slack/pace';
import { pacesOf as teamsPaces } from '../../adapters/teams/pace';
import { type Call, createPacer, type Pace } from '../../src/app/pacing';
import { HOUR_MS, type Instant, instant, later, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';

const START = instant(Date.UTC(2026, 10, 23, 10));

/** The instants at which calls went out that somebody tried to make after each of these waits. */
function wentOut(paces: readonly Pace[], waitsMs: readonly number[]): readonly Instant[] {
  const pacer = createPacer();
  let at = START;
  return waitsMs.flatMap((wait) => {
    at = later(at, wait);
    if (!pacer.may(paces, at)) return [];
    pacer.take(paces, at);
    return [at];
  });
}

/** The most calls in any stretch of that length. */
const mostWithin = (times: readonly Instant[], windowMs: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));

const anyPace = fc.record({
  key: fc.constant('k'),
  burst: fc.integer({ min: 1, max: 30 }),
  everyMs: fc.integer({ min: 1, max: 3000 }),
});
const anyWaits = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2000 })), {
  minLength: 1,
  maxLength: 200,
});

describe('a pace', () => {
  it('lets through at most its burst and one for each interval, in every stretch of time', () => {
    fc.assert(
      fc.property(anyPace, anyWaits, fc.integer({ min: 1, max: 60_000 }), (pace, waits, windowMs) => {
        const most = pace.burst + Math.ceil(windowMs / pace.everyMs);
        expect(mostWithin(wentOut([pace], waits), windowMs)).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('never holds back what comes after a quiet time: the whole burst goes at once', () => {
    fc.assert(
      fc.property(anyPace, anyWaits, (pace, waits) => {
        const quiet = pace.burst * pace.everyMs;
        const burst = Array.from({ length: pace.burst - 1 }, () => 0);
        const times = wentOut([pace], [...waits, quiet, ...burst]);
        const last = START + waits.reduce((sum, wait) => sum + wait, 0) + quiet;
        expect(times.filter((at) => at === last)).toHaveLength(pace.burst + (quiet === 0 ? 1 : 0));
      }),
    );
  });

  it('has room again after one interval at the latest, whatever the clock did: forward or back', () => {
    const jumps = fc.array(fc.integer({ min: -600_000, max: 600_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(anyPace, jumps, (pace, steps) => {
        const pacer = createPacer();
        let at = instant(START + HOUR_MS * 1000);
        for (const step of steps) {
          at = later(at, step);
          if (pacer.may([pace], at)) pacer.take([pace], at);
        }
        // Asked once at this time, so that a clock that was set back is noticed, the wait is that of a full burst at most.
        expect(pacer.may([pace], later(at, pace.burst * pace.everyMs + 600_000 * steps.length))).toBe(true);
      }),
    );
  });

  it('gets back what was not used, and gives nothing at once after the platform said that it is too much', () => {
    const pace = { key: 'k', burst: 3, everyMs: 1000 };
    const pacer = createPacer();
    for (const _ of [1, 2, 3]) pacer.take([pace], START);
    expect(pacer.may([pace], START)).toBe(false);
    expect(pacer.full(START)).toEqual(['k']);
    pacer.giveBack([pace]);
    expect(pacer.may([pace], START)).toBe(true);
    pacer.drain([pace], START);
    expect(pacer.may([pace], later(START, 999))).toBe(false);
    expect(pacer.may([pace], later(START, 1000))).toBe(true);
    expect(pacer.full(later(START, 1000))).toEqual([]);
  });

  it('is tried out on a copy without a trace', () => {
    const pace = { key: 'k', burst: 1, everyMs: 1000 };
    const pacer = createPacer();
    const trial = pacer.fork(START);
    trial.take([pace], START);
    expect(trial.may([pace], START)).toBe(false);
    expect(pacer.may([pace], START)).toBe(true);
  });
});

/** Somebody with more to say than may be said, for a little over an hour. */
const flat = (everyMs: number, forMs: number): number[] =>
  Array.from({ length: Math.ceil(forMs / everyMs) }, () => everyMs);

describe('what the platforms document', () => {
  const thread: Call = {
    kind: 'post',
    to: { kind: 'channel', platform: 'teams', channel: '19:triage', thread: '1' },
  };

  it('is kept in Teams, to the letter: 7 in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour for a conversation', () => {
    const bursty = [...flat(10, 20 * SECOND_MS), 5 * MINUTE_MS, ...flat(10, 10 * SECOND_MS), ...flat(250, HOUR_MS)];
    const times = wentOut(teamsPaces(thread), bursty);
    expect(mostWithin(times, SECOND_MS)).toBeLessThanOrEqual(7);
    expect(mostWithin(times, 2 * SECOND_MS)).toBeLessThanOrEqual(8);
    expect(mostWithin(times, 30 * SECOND_MS)).toBeLessThanOrEqual(60);
    expect(mostWithin(times, HOUR_MS)).toBeLessThanOrEqual(1800);
    // And it is made use of: nine tenths of what may be said in an hour is said.
    expect(mostWithin(times, HOUR_MS)).toBeGreaterThan(1620);
  });

  it('is kept in Teams by all conversations together: 50 in a second for an app and tenant', () => {
    const pacer = createPacer();
    const times: Instant[] = [];
    for (let ms = 0; ms < 5 * SECOND_MS; ms += 1) {
      const at = later(START, ms);
      const paces = teamsPaces({ ...thread, to: { kind: 'person', platform: 'teams', user: `u${ms}` } });
      if (!pacer.may(paces, at)) continue;
      pacer.take(paces, at);
      times.push(at);
    }
    expect(mostWithin(times, SECOND_MS)).toBeLessThanOrEqual(50);
    expect(mostWithin(times, SECOND_MS)).toBeGreaterThan(40);
  });

  it('is kept in Slack: about one message a second and channel, some hundred a minute in all', () => {
    const post = (channel: string): Call => ({
      kind: 'post',
      to: { kind: 'channel', platform: 'slack', channel, thread: null },
    });
    const times = wentOut(slackPaces(post('C1')), flat(100, 5 * MINUTE_MS));
    expect(mostWithin(times, MINUTE_MS)).toBeLessThanOrEqual(70);
    expect(mostWithin(times.slice(10), MINUTE_MS)).toBeLessThanOrEqual(61);
    const pacer = createPacer();
    let all = 0;
    for (let ms = 0; ms < MINUTE_MS; ms += 20) {
      const paces = slackPaces(post(`C${ms}`));
      if (!pacer.may(paces, later(START, ms))) continue;
      pacer.take(paces, later(START, ms));
      all += 1;
    }
    expect(all).toBeGreaterThan(300);
    expect(all).toBeLessThanOrEqual(400);
  });

  it('is kept in Slack for changes of messages, which have a pace of their own', () => {
    const update = (message: string): Call => ({
      kind: 'update',
      to: { kind: 'channel', platform: 'slack', channel: 'C1', thread: null },
      at: { platform: 'slack', channel: 'C1', message, thread: null },
    });
    expect(slackPaces(update('1')).map(({ key }) => key)).not.toContain('slack|C1');
    const pacer = createPacer();
    const times: Instant[] = [];
    for (let ms = 0; ms < 3 * MINUTE_MS; ms += 50) {
      const paces = slackPaces(update(String(ms)));
      if (!pacer.may(paces, later(START, ms))) continue;
      pacer.take(paces, later(START, ms));
      times.push(later(START, ms));
    }
    expect(mostWithin(times.slice(20), MINUTE_MS)).toBeLessThanOrEqual(51);
    expect(mostWithin(times, MINUTE_MS)).toBeLessThanOrEqual(70);
  });
});
