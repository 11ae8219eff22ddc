import { deliver } from '../../src/app/deliver';
import { createPacer } from '../../src/app/pacing';
import { type Destination, type Intent, SurfaceFailure } from '../../src/app/ports';
import { tellLeads } from '../../src/app/tellLeads';
import { followDesk, tick } from '../../src/app/wake';
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import { calls, caseNow, type Floor, factOn, openCase, openFloor, shownIn, wordsIn, wordsOn } from '../support/floor';
import { alice, bob, DESK, ravi, SOURCE } from '../support/given';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const channel = (to: Destination): string => (to.kind === 'person' ? to.user : to.channel);
const cards = (): ReturnType<typeof shownIn> => shownIn(floor.slack, 'C0TRIAGE');
const confirmations = (): ReturnType<typeof shownIn> => shownIn(floor.slack, 'C0SUPPORT');
const takes = (ref: string): Promise<unknown> => floor.doors.line(`take ${ref}`, calls(bob));

describe('a channel that asks to slow down', () => {
  it('is left alone for as long as it asked, and no other channel waits', async () => {
    let asked = 0;
    floor.slack.fails = (_, to, after) => {
      if (after || channel(to) !== 'C0TRIAGE' || asked > 0) return;
      asked += 1;
      throw new SurfaceFailure('slow-down', '429', 30 * SECOND_MS);
    };
    const { ref } = await openCase(floor, ravi);
    expect(cards()).toHaveLength(0);
    expect(confirmations()).toHaveLength(1);
    expect(shownIn(floor.teams, '19:triage')).toHaveLength(1);
    await floor.passes(29 * SECOND_MS);
    await takes(ref);
    await floor.settled();
    expect(floor.slack.calls.filter((call) => call.endsWith('C0TRIAGE'))).toHaveLength(1);
    await floor.passes(2 * SECOND_MS);
    expect(cards()).toHaveLength(1);
    // What waited is drawn as it is now.
    expect(factOn(cards()[0]!.view, 'Owner')).toBe('Bob Brown');
    expect(floor.troubles).toEqual([]);
  });

  it('is left alone by what was wanted later, also in its other threads', async () => {
    let asked = 0;
    floor.slack.fails = (_, to, after) => {
      if (after || channel(to) !== 'C0SUPPORT' || asked > 0) return;
      asked += 1;
      throw new SurfaceFailure('slow-down', '429', 30 * SECOND_MS);
    };
    await openCase(floor, ravi);
    floor.at = later(floor.at, SECOND_MS);
    await openCase(floor, ravi, { ...SOURCE, message: '2.000' });
    expect(floor.slack.calls.filter((call) => call.endsWith('C0SUPPORT'))).toHaveLength(1);
    expect(cards()).toHaveLength(2);
    await floor.passes(30 * SECOND_MS);
    expect(confirmations()).toHaveLength(2);
  });

  it('is left alone also when that could not be written down', async () => {
    let asked = 0;
    floor.slack.fails = (_, to, after) => {
      if (after || channel(to) !== 'C0SUPPORT' || asked > 0) return;
      asked += 1;
      throw new SurfaceFailure('slow-down', '429', 30 * SECOND_MS);
    };
    floor.store.pause = () => Promise.reject(new Error('disk full'));
    await openCase(floor, ravi);
    floor.at = later(floor.at, SECOND_MS);
    await openCase(floor, ravi, { ...SOURCE, message: '2.000' });
    expect(floor.troubles[0]).toContain('a pause could not be recorded');
    expect(floor.slack.calls.filter((call) => call.endsWith('C0SUPPORT'))).toHaveLength(1);
    await floor.passes(30 * SECOND_MS);
    expect(confirmations()).toHaveLength(2);
  });
});

describe('a post that may have taken effect', () => {
  const uncertain = (): void => {
    let failed = false;
    floor.slack.fails = (call, to, after) => {
      if (failed || !after || call !== 'post' || channel(to) !== 'C0TRIAGE') return;
      failed = true;
      throw new SurfaceFailure('ambiguous', 'timeout');
    };
  };

  it('is looked for before it is sent again, and kept up to date when it is found', async () => {
    uncertain();
    floor.slack.found = () => cards()[0]?.place ?? 'absent';
    const { ref } = await openCase(floor, ravi);
    await takes(ref);
    await floor.passes(MINUTE_MS);
    expect(cards()).toHaveLength(1);
    expect(floor.slack.calls.filter((call) => call.endsWith('C0TRIAGE'))).toEqual([
      'post C0TRIAGE',
      'find C0TRIAGE',
      'update C0TRIAGE',
    ]);
    expect(factOn(cards()[0]!.view, 'Owner')).toBe('Bob Brown');
  });

  it('is kept up to date when it is found, though there would be nothing to say any more', async () => {
    const warnings = (): ReturnType<typeof shownIn> => shownIn(floor.slack, 'C0LEADS');
    let failed = false;
    floor.slack.fails = (call, to, after) => {
      if (failed || !after || call !== 'post' || channel(to) !== 'C0LEADS') return;
      failed = true;
      throw new SurfaceFailure('ambiguous', 'timeout');
    };
    floor.slack.found = () => warnings()[0]?.place ?? 'absent';
    const { ref } = await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    await takes(ref);
    await floor.passes(MINUTE_MS);
    expect(warnings()).toHaveLength(1);
    expect(wordsOn(warnings()[0]!.view)).toContain('First response was at risk');
  });

  it('is looked for also when it took the place of one that somebody had deleted', async () => {
    const { ref } = await openCase(floor, ravi);
    let looks = 0;
    let failed = false;
    floor.slack.fails = (call, to, after) => {
      if (channel(to) !== 'C0TRIAGE') return;
      if (call === 'update' && looks === 0) throw new SurfaceFailure('gone', 'message_not_found');
      if (failed || !after) return;
      failed = true;
      throw new SurfaceFailure('ambiguous', '500');
    };
    floor.slack.found = () => {
      looks += 1;
      return cards()[1]?.place ?? 'absent';
    };
    await takes(ref);
    await floor.settled();
    await floor.passes(MINUTE_MS);
    expect(cards()).toHaveLength(2);
    expect(looks).toBe(1);
    expect(factOn(cards()[1]!.view, 'Owner')).toBe('Bob Brown');
  });

  it('that shows late is looked for once more before there is nothing to say', async () => {
    const warnings = (): ReturnType<typeof shownIn> => shownIn(floor.slack, 'C0LEADS');
    let failed = false;
    floor.slack.fails = (call, to, after) => {
      if (failed || !after || call !== 'post' || channel(to) !== 'C0LEADS') return;
      failed = true;
      throw new SurfaceFailure('ambiguous', 'timeout');
    };
    let looks = 0;
    floor.slack.found = () => {
      looks += 1;
      return looks === 1 ? 'absent' : (warnings()[0]?.place ?? 'absent');
    };
    const { ref } = await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    await takes(ref);
    await floor.passes(10 * SECOND_MS);
    await floor.passes(10 * SECOND_MS);
    expect(warnings()).toHaveLength(1);
    expect(wordsOn(warnings()[0]!.view)).toContain('First response was at risk');
  });

  it('is sent again when it is not there, after a second look', async () => {
    let lost = true;
    floor.slack.fails = (call, to) => {
      if (!lost || call !== 'post' || channel(to) !== 'C0TRIAGE') return;
      lost = false;
      throw new SurfaceFailure('ambiguous', 'reset');
    };
    floor.slack.found = () => 'absent';
    await openCase(floor, ravi);
    for (let minutes = 0; minutes < 3; minutes += 1) await floor.passes(MINUTE_MS);
    expect(cards()).toHaveLength(1);
    expect(floor.slack.calls.filter((call) => call === 'find C0TRIAGE')).toHaveLength(2);
  });

  it('of a reply to the reporter is not sent twice where nobody can look', async () => {
    const { ref } = await openCase(floor, ravi);
    let failed = false;
    floor.slack.fails = (call, to, after) => {
      if (failed || !after || call !== 'post' || channel(to) !== 'C0SUPPORT') return;
      failed = true;
      throw new SurfaceFailure('ambiguous', 'timeout');
    };
    floor.slack.found = () => 'unknown';
    await floor.doors.line(`reply ${ref} We are on it`, calls(alice));
    await floor.passes(MINUTE_MS);
    await floor.passes(MINUTE_MS);
    expect(confirmations().filter(({ view }) => wordsOn(view).includes('We are on it'))).toHaveLength(1);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ dead: 0, ambiguous: 1 });
  });
});

describe('a card that somebody deleted', () => {
  it('is posted anew, and kept up to date from then on', async () => {
    const { ref } = await openCase(floor, ravi);
    const [first] = cards();
    floor.slack.fails = (call, to, after) => {
      if (call === 'update' && !after && channel(to) === 'C0TRIAGE' && cards().length === 1)
        throw new SurfaceFailure('gone', 'message_not_found');
    };
    await takes(ref);
    await floor.settled();
    expect(cards()).toHaveLength(2);
    expect(factOn(cards()[1]!.view, 'Owner')).toBe('Bob Brown');
    await floor.doors.line(`wait ${ref}`, calls(bob));
    await floor.settled();
    expect(cards()).toHaveLength(2);
    expect(factOn(cards()[1]!.view, 'Status')).toBe('Awaiting client');
    expect(factOn(first!.view, 'Status')).toBe('New');
    // The case is found by its new card.
    expect(await floor.store.caseAt(cards()[1]!.place)).toMatchObject({ role: 'card' });
  });
});

describe('a delivery that fails', () => {
  it('for good is given up at once, and told to the operator', async () => {
    floor.slack.fails = (_, to) => {
      if (channel(to) === 'C0TRIAGE') throw new SurfaceFailure('refused', 'not_in_channel');
    };
    await openCase(floor, ravi);
    await floor.passes(MINUTE_MS);
    expect(floor.slack.calls.filter((call) => call.endsWith('C0TRIAGE'))).toHaveLength(1);
    expect(floor.troubles).toHaveLength(1);
    expect(floor.troubles[0]).toContain('not_in_channel');
    // Everybody else is told as if nothing had been.
    expect(confirmations()).toHaveLength(1);
  });

  it('before it was sent is tried again, later each time', async () => {
    let failures = 3;
    floor.slack.fails = (_, to, after) => {
      if (after || channel(to) !== 'C0TRIAGE' || failures === 0) return;
      failures -= 1;
      throw new SurfaceFailure('not-sent', 'ECONNREFUSED');
    };
    await openCase(floor, ravi);
    const tries = (): number => floor.slack.calls.filter((call) => call === 'post C0TRIAGE').length;
    expect(tries()).toBe(1);
    await floor.passes(SECOND_MS);
    expect(tries()).toBe(2);
    await floor.passes(SECOND_MS);
    expect(tries()).toBe(2);
    await floor.passes(SECOND_MS);
    expect(tries()).toBe(3);
    await floor.passes(5 * SECOND_MS);
    expect(cards()).toHaveLength(1);
  });

  it('for a reason of our own is told as such and tried again', async () => {
    let failed = false;
    floor.slack.fails = (_, to) => {
      if (failed || channel(to) !== 'C0TRIAGE') return;
      failed = true;
      throw new TypeError('undefined is not a function');
    };
    await openCase(floor, ravi);
    expect(floor.troubles[0]).toContain('reason of our own');
    await floor.passes(MINUTE_MS);
    expect(cards()).toHaveLength(1);
  });
});

describe('a delivery that never succeeds', () => {
  const always = (error: () => Error): void => {
    floor.slack.fails = (_, to) => {
      if (channel(to) === 'C0TRIAGE') throw error();
    };
  };
  const tries = (): number => floor.slack.calls.filter((call) => call === 'post C0TRIAGE').length;

  it('is tried for about a day, then given up with its problem', async () => {
    always(() => new SurfaceFailure('not-sent', 'Slack cannot be reached.'));
    await openCase(floor, ravi);
    for (let hours = 0; hours < 20; hours += 1) for (let n = 0; n < 12; n += 1) await floor.passes(5 * MINUTE_MS);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ pending: 1, dead: 0 });
    for (let hours = 0; hours < 6; hours += 1) for (let n = 0; n < 12; n += 1) await floor.passes(5 * MINUTE_MS);
    expect(tries()).toBe(290);
    const { deliveries } = await floor.store.troubles(floor.at, { offset: 0, limit: 10 });
    expect(deliveries).toMatchObject([{ state: 'dead', sends: 290, problem: 'Slack cannot be reached.' }]);
  });

  it('because Baton stumbles over it is given up sooner', async () => {
    always(() => new TypeError('undefined is not a function'));
    await openCase(floor, ravi);
    for (let n = 0; n < 30; n += 1) await floor.passes(5 * MINUTE_MS);
    expect(tries()).toBe(24);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ pending: 0, dead: 1 });
  });
});

describe('a platform that nobody is connected to', () => {
  it('is passed over without trouble', async () => {
    floor.desk = { ...DESK, triage: { ...DESK.triage, mattermost: 'triage' } };
    await openCase(floor, ravi);
    expect(floor.troubles).toEqual([]);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ pending: 0, dead: 0, oldestDueAt: null });
  });
});

describe('the outbox', () => {
  it('shows the newest state once, however much happened meanwhile', async () => {
    const { ref } = await openCase(floor, ravi);
    const before = floor.slack.calls.length;
    floor.slack.fails = (call) => {
      if (call === 'update') throw new SurfaceFailure('not-sent', 'ECONNREFUSED');
    };
    for (const words of [`take ${ref}`, `p1 ${ref}`, `wait ${ref}`]) await floor.doors.line(words, calls(bob));
    await floor.settled();
    floor.slack.fails = () => undefined;
    await floor.passes(MINUTE_MS);
    expect(factOn(cards()[0]!.view, 'Status')).toBe('Awaiting client');
    expect(cards()[0]!.updates).toBe(1);
    expect(floor.slack.calls.length).toBeGreaterThan(before);
    expect(await floor.store.outbox(floor.at)).toMatchObject({ pending: 0, dead: 0 });
  });

  it('never throws, whatever the store says', async () => {
    await openCase(floor, ravi);
    const broken = { ...floor.engine.store, settle: () => Promise.reject(new Error('disk full')) };
    const intent: Intent = {
      kind: 'post',
      case: null,
      to: { kind: 'person', platform: 'slack', user: 'U0BOB' },
      dedupe: 'x',
      drawing: { view: 'refused', args: { say: 'No.' } },
      urgency: 2,
    };
    await floor.store.want([intent], { what: 'a test', keys: [] }, floor.at);
    const [posting] = await floor.store.claim(floor.at, 1, 1000);
    await expect(deliver({ ...floor.engine, store: broken }, posting!, createPacer())).resolves.toBeUndefined();
    expect(floor.troubles[0]).toContain('could not be recorded');
  });
});

describe('the ticker', () => {
  it('wakes what is due and nothing else, and twice is harmless', async () => {
    const first = await openCase(floor, ravi);
    floor.at = later(floor.at, HOUR_MS);
    const second = await openCase(floor, ravi, { ...SOURCE, message: '2.000' });
    floor.at = later(floor.at, 2 * HOUR_MS);
    expect(await tick(floor.engine)).toBe(1);
    const { version } = await caseNow(floor, first);
    expect(version).toBeGreaterThan(first.version);
    expect((await caseNow(floor, second)).version).toBe(second.version);
    expect(await tick(floor.engine)).toBe(0);
    await Promise.all([tick(floor.engine), tick(floor.engine)]);
    expect((await caseNow(floor, first)).version).toBe(version);
  });

  it('warns once and breaches once when two tick at the same moment', async () => {
    await openCase(floor, ravi);
    for (const ms of [3 * HOUR_MS, HOUR_MS + 1]) {
      floor.at = later(floor.at, ms);
      await Promise.all([tick(floor.engine), tick(floor.engine), tick(floor.engine)]);
      await floor.settled();
    }
    expect(shownIn(floor.slack, 'C0LEADS')).toHaveLength(2);
  });

  it('closes a resolved case after its time', async () => {
    const { ref, id } = await openCase(floor, ravi);
    await floor.doors.line(`resolve ${ref} done`, calls(bob));
    await floor.passes(3 * DAY_MS);
    expect((await caseNow(floor, { id })).status).toBe('Closed');
    expect(factOn(cards()[0]!.view, 'Status')).toBe('Closed');
  });

  it('tells of a case that cannot be woken, and wakes the others', async () => {
    const first = await openCase(floor, ravi);
    const second = await openCase(floor, ravi, { ...SOURCE, message: '2.000' });
    floor.at = later(floor.at, 3 * HOUR_MS);
    const transact: typeof floor.store.transact = (work, choose) =>
      work.case === first.id ? Promise.reject(new Error('disk full')) : floor.store.transact(work, choose);
    await tick({ ...floor.engine, store: { ...floor.store, transact } });
    expect(floor.troubles[0]).toContain('disk full');
    expect((await caseNow(floor, second)).version).toBeGreaterThan(second.version);
    expect(await tick(floor.engine)).toBe(1);
  });

  it('goes by the edited desk file: an alarm that moved nearer rings', async () => {
    const { id } = await openCase(floor, ravi);
    floor.desk = { ...DESK, warnAt: [{ kind: 'share', share: 0.1 }] };
    await followDesk(floor.engine);
    await floor.passes(30 * MINUTE_MS);
    expect(wordsOn(shownIn(floor.slack, 'C0LEADS')[0]!.view)).toContain('at risk');
    expect((await caseNow(floor, { id })).clocks[0]?.warned).toEqual(['share:0.1']);
  });
});

describe('the leads', () => {
  it('hear of a wrong desk file once a day and wording', async () => {
    await tellLeads(floor.engine, 'desk.yaml:3 levels: nobody');
    await tellLeads(floor.engine, 'desk.yaml:3 levels: nobody');
    await floor.settled();
    expect(shownIn(floor.slack, 'C0LEADS').map(({ view }) => wordsOn(view))).toEqual([
      expect.stringContaining('desk.yaml:3'),
    ]);
    floor.at = later(floor.at, DAY_MS);
    await tellLeads(floor.engine, 'desk.yaml:3 levels: nobody');
    await floor.settled();
    expect(shownIn(floor.slack, 'C0LEADS')).toHaveLength(2);
  });
});

describe('the log', () => {
  it('has one line for each accepted change: who, what, why, and no word of what was written', async () => {
    const { ref } = await openCase(floor, ravi);
    expect(wordsIn(await floor.doors.line(`note ${ref} A secret`, calls(alice)))).toContain('Noted');
    expect(floor.accepted).toEqual([
      { case: ref, actor: 'slack:U0RAVI', command: 'OpenCase', cause: 'a test', events: ['CaseOpened', 'ClocksMoved'] },
      { case: ref, actor: 'alice', command: 'AddNote', cause: 'a test', events: ['NoteAdded'] },
    ]);
  });
});
