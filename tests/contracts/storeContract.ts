import type { Candidate, Choice, Intent, OpenForm, Posting, Store } from '../../src/app/ports';
import type { Case } from '../../src/domain/case/case';
import type { CaseId, Instant } from '../../src/domain/ids';
import {
  ALICE,
  change,
  channel,
  commitOf,
  type Ground,
  intent,
  MONDAY,
  msLater,
  noted,
  open,
  opened,
  openedOn,
  p,
  person,
  place,
} from '../support/stores';

const LEASE_MS = 30_000;
const CAUSE = { what: 'test', keys: [] };
const sentAt = (message: string) => ({
  kind: 'sent' as const,
  posted: place(message, { channel: 'C0TRIAGE' }),
  role: 'card' as const,
});

/** What every store keeps to; `name` says on what. Each test has cases of its own, the outbox and the lists are emptied by `mine`. */
export function storeContract(name: string, make: () => Promise<Ground>): void {
  describe(name, () => {
    let ground: Ground;
    let store: Store;
    beforeAll(async () => {
      ground = await make();
      store = await openedOn(ground);
    }, 120_000);
    afterAll(async () => {
      await store.close();
      await ground.drop();
    }, 120_000);

    opening(() => store);
    changing(() => store);
    receipts(() => store);
    finding(() => store);
    listing(() => store);
    outbox(() => store);
    settling(() => store);
    resting(() => store);
    keeping(
      () => ({ store, ground }),
      async () => {
        await store.close();
        store = await openedOn(ground);
        return store;
      },
    );
  });
}

type Get = () => Store;
const ids = (cases: readonly { readonly id: CaseId }[]) => cases.map(({ id }) => id);

function opening(store: Get): void {
  describe('opening a case', () => {
    it('gives it the next number, 1001 first, and none to a plan that was refused or threw', async () => {
      const first = await opened(store());
      expect(first.number).toBe(1001);
      const refused = await store().transact({ case: null, cause: CAUSE, at: MONDAY }, () => ({
        kind: 'refuse',
        refusal: { refused: 'title-missing', say: 'A case needs a title.' },
      }));
      expect(refused).toMatchObject({ kind: 'refused', case: null });
      await expect(
        store().transact({ case: null, cause: CAUSE, at: MONDAY }, () => {
          throw new Error('a mistake of ours');
        }),
      ).rejects.toThrow('a mistake of ours');
      expect((await opened(store())).number).toBe(1002);
    });

    it('gives each of 20 that open at once a number of its own, without a gap', async () => {
      const before = (await opened(store())).number;
      const many = await Promise.all(Array.from({ length: 20 }, () => opened(store())));
      const numbers = many.map((it) => it.number).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => before + 1 + index));
      expect(new Set(ids(many)).size).toBe(20);
    });

    it('is found by id and by number, word for word as it was committed', async () => {
      const it = await opened(store(), { case: { title: 'Zürich — 🔥 "quoted" \u0000 NUL', description: '' } });
      expect(await store().caseById(it.id)).toEqual(it);
      expect(await store().caseByNumber(it.number)).toEqual(it);
      expect(await store().caseById('nobody' as CaseId)).toBeNull();
      expect(await store().caseByNumber(999_999)).toBeNull();
      expect(await store().caseByNumber(Number.NaN)).toBeNull();
      expect(await store().caseByNumber(1e300)).toBeNull();
    });

    it('makes one case of 11 that open from one message at once, each under another name', async () => {
      const source = place('race-1');
      const outcomes = await Promise.all(
        Array.from({ length: 11 }, (_, index) =>
          open(store(), {
            keys: [`race-1:event-${index}`],
            places: [{ place: source, role: 'source' }],
            intents: (id) => [intent(`race-1:${index}`, { case: id })],
          }),
        ),
      );
      const committed = outcomes.filter((it) => it.kind === 'committed');
      expect(committed).toHaveLength(1);
      const winner = committed[0]!.case!;
      expect(outcomes.filter((it) => it.kind === 'duplicate').map((it) => it.case?.id)).toEqual(
        Array.from({ length: 10 }, () => winner.id),
      );
      // Nothing of the ten is left: no number, no intent, and their receipts neither.
      expect((await opened(store())).number).toBe(winner.number + 1);
      const loser = outcomes.findIndex((it) => it.kind === 'duplicate');
      expect(await store().drawingOf(`race-1:${loser}`)).toBeNull();
      expect((await open(store(), { keys: [`race-1:event-${loser}`] })).kind).toBe('committed');
    });

    it('makes one case of 11 that open under one name at once', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 11 }, (_, index) => open(store(), { keys: [`race-2:${index}`, 'race-2'] })),
      );
      const [winner] = outcomes.filter((it) => it.kind === 'committed');
      expect(outcomes.filter((it) => it.kind === 'committed')).toHaveLength(1);
      expect(outcomes.every((it) => it.case?.id === winner!.case!.id)).toBe(true);
    });
  });
}

function changing(store: Get): void {
  describe('changing a case', () => {
    it('writes the journal in order, with who, why and when', async () => {
      const it = await opened(store());
      const outcome = await store().transact(
        { case: it.id, cause: { what: 'slack:command Ev1', keys: [] }, at: msLater(5) },
        (current) =>
          commitOf(
            { ...current!, version: 3 },
            [noted('two'), { event: { type: 'WorkStarted' }, by: { kind: 'system' } }],
            { at: msLater(5) },
          ),
      );
      expect(outcome).toMatchObject({ kind: 'committed', events: [{ type: 'NoteAdded' }, { type: 'WorkStarted' }] });
      const journal = await store().journalOf(it.id);
      expect(journal.map(({ version, event }) => [version, event.type])).toEqual([
        [1, 'NoteAdded'],
        [2, 'NoteAdded'],
        [3, 'WorkStarted'],
      ]);
      expect(journal[1]).toEqual({
        stream: it.id,
        version: 2,
        at: msLater(5),
        by: ALICE,
        cause: 'slack:command Ev1',
        event: { type: 'NoteAdded', text: 'two' },
      });
      expect(journal[2]!.by).toEqual({ kind: 'system' });
    });

    it('lets 25 at once come one after the other: no event is lost and each decides on the newest state', async () => {
      const it = await opened(store());
      await Promise.all(Array.from({ length: 25 }, () => change(store(), it.id)));
      expect((await store().caseById(it.id))!.version).toBe(26);
      expect((await store().journalOf(it.id)).map(({ version }) => version)).toEqual(
        Array.from({ length: 26 }, (_, index) => index + 1),
      );
    });

    it('refuses a plan whose versions do not follow, and keeps nothing of it', async () => {
      const it = await opened(store());
      const wrong = store().transact(
        { case: it.id, cause: { what: 'test', keys: ['wrong-1'] }, at: MONDAY },
        (current) => commitOf({ ...current!, version: 7 }, [noted('two')], { intents: [intent('wrong-1')] }),
      );
      await expect(wrong).rejects.toThrow('version 7 planned, 2 expected');
      expect((await store().caseById(it.id))!.version).toBe(1);
      expect(await store().drawingOf('wrong-1')).toBeNull();
      expect((await change(store(), it.id, { keys: ['wrong-1'] })).kind).toBe('committed');
    });

    it('lets one that throws take nothing of those beside it', async () => {
      const it = await opened(store());
      const outcomes = await Promise.allSettled([
        change(store(), it.id),
        store().transact({ case: it.id, cause: CAUSE, at: MONDAY }, () => {
          throw new Error('a mistake of ours');
        }),
        change(store(), it.id),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await store().caseById(it.id))!.version).toBe(3);
    });

    it('commits a plan without events: an alarm may move by itself', async () => {
      const it = await opened(store(), { plan: { wakeAt: msLater(-5_000_000) } });
      expect(await store().due(msLater(-5_000_000), 10)).toContain(it.id);
      await store().transact({ case: it.id, cause: CAUSE, at: MONDAY }, (current) => commitOf(current!, []));
      expect(await store().due(msLater(-5_000_000), 10)).not.toContain(it.id);
      expect(await store().journalOf(it.id)).toHaveLength(1);
    });

    it('tells of a case that is not there by null', async () => {
      const seen: unknown[] = [];
      await store().transact({ case: 'nobody' as CaseId, cause: CAUSE, at: MONDAY }, (current) => {
        seen.push(current);
        return { kind: 'refuse', refusal: { refused: 'no-such-case', say: '' } };
      });
      expect(seen).toEqual([null]);
    });
  });
}

function receipts(store: Get): void {
  describe('receipts', () => {
    it('let nothing happen a second time, under any of their names, and say what it concerned', async () => {
      const it = await opened(store(), { keys: ['r1:event', 'r1:message'] });
      expect(await open(store(), { keys: ['r1:event', 'r1:other'] })).toEqual({ kind: 'duplicate', case: it });
      expect(await open(store(), { keys: ['r1:new', 'r1:message'] })).toEqual({ kind: 'duplicate', case: it });
      expect(await store().journalOf(it.id)).toHaveLength(1);
    });

    it('name the case as it is now', async () => {
      const it = await opened(store(), { keys: ['r2'] });
      await change(store(), it.id);
      expect((await open(store(), { keys: ['r2'] })).case!.version).toBe(2);
    });

    it('of a duplicate leave nothing under its other names', async () => {
      const it = await opened(store(), { keys: ['r3'] });
      await change(store(), it.id, { keys: ['r3', 'r3:other'] });
      expect((await change(store(), it.id, { keys: ['r3:other'] })).kind).toBe('committed');
    });

    it('are left by a refusal too', async () => {
      const refuse = { kind: 'refuse' as const, refusal: { refused: 'stale' as const, say: '' } };
      const it = await opened(store());
      const work = { case: it.id, cause: { what: 'test', keys: ['r4'] }, at: MONDAY };
      expect((await store().transact(work, () => refuse)).kind).toBe('refused');
      expect(await store().transact(work, () => refuse)).toEqual({ kind: 'duplicate', case: it });
      const fresh = { case: null, cause: { what: 'test', keys: ['r5'] }, at: MONDAY };
      await store().transact(fresh, () => refuse);
      expect(await store().transact(fresh, () => refuse)).toEqual({ kind: 'duplicate', case: null });
    });

    it('are not left by a refusal that is to be asked again', async () => {
      const refuse = {
        kind: 'refuse' as const,
        refusal: { refused: 'moved-on' as const, say: '' },
        again: true as const,
      };
      const it = await opened(store());
      const work = { case: it.id, cause: { what: 'test', keys: ['r8'] }, at: MONDAY };
      expect(await store().transact(work, () => refuse)).toEqual({
        kind: 'refused',
        refusal: refuse.refusal,
        case: it,
      });
      expect((await change(store(), it.id, { keys: ['r8'] })).kind).toBe('committed');
    });

    it('are forgotten when they are old', async () => {
      await opened(store(), { keys: ['r6'], at: msLater(-1000) });
      await opened(store(), { keys: ['r7'], at: msLater(1000) });
      await store().forgetReceipts(MONDAY);
      expect((await open(store(), { keys: ['r6'] })).kind).toBe('committed');
      expect((await open(store(), { keys: ['r7'] })).kind).toBe('duplicate');
    });

    it('may have names of any length and any characters', async () => {
      const long = `${'x'.repeat(100_000)}\u0000\ud800`;
      await opened(store(), { keys: [long] });
      expect((await open(store(), { keys: [long] })).kind).toBe('duplicate');
      expect((await open(store(), { keys: [`${long}y`] })).kind).toBe('committed');
    });

    it('stand for wishes without a case as well', async () => {
      const cause = { what: 'slack:message', keys: ['w1'] };
      expect(await store().want([intent('w1:offer')], cause, MONDAY)).toBe(true);
      expect(await store().want([intent('w1:again')], cause, MONDAY)).toBe(false);
      expect(await store().drawingOf('w1:again')).toBeNull();
      expect(await store().want([], { what: 'test', keys: [] }, MONDAY)).toBe(true);
    });
  });
}

function finding(store: Get): void {
  describe('finding a case from a place', () => {
    it('goes by the message, else by the root of its thread', async () => {
      const it = await opened(store(), {
        places: [
          { place: place('f1'), role: 'source' },
          { place: place('f2', { thread: 'f1' }), role: 'heard' },
          { place: place('card', { platform: 'teams', thread: null }), role: 'card' },
        ],
      });
      expect(await store().caseAt(place('f1'))).toEqual({ case: it.id, role: 'source' });
      expect(await store().caseAt(place('f2', { thread: 'f1' }))).toEqual({ case: it.id, role: 'heard' });
      expect(await store().caseAt(place('f9', { thread: 'f1' }))).toEqual({ case: it.id, role: 'source' });
      expect(await store().caseAt(place('card', { platform: 'teams' }))).toEqual({ case: it.id, role: 'card' });
      expect(await store().caseAt(place('card'))).toBeNull();
      expect(await store().caseAt(place('f1', { channel: 'C0OTHER' }))).toBeNull();
      expect(await store().caseAt(place('f9'))).toBeNull();
    });

    it('keeps a place with the case that had it first', async () => {
      const one = await opened(store(), { places: [{ place: place('g1'), role: 'source' }] });
      const two = await opened(store());
      await change(store(), two.id, { plan: { places: [{ place: place('g1'), role: 'heard' }] } });
      expect(await store().caseAt(place('g1'))).toEqual({ case: one.id, role: 'source' });
    });

    it('does not take a channel as a whole for a message', async () => {
      await opened(store(), { places: [{ place: place(''), role: 'source' }] });
      expect(await store().caseAt(place(''))).toBeNull();
      expect((await open(store(), { places: [{ place: place(''), role: 'source' }] })).kind).toBe('committed');
    });

    it('finds the newest card of a platform', async () => {
      const it = await opened(store());
      expect(await store().cardOf(it.id, 'slack')).toBeNull();
      const card = (message: string) => ({ place: place(message, { channel: 'C0TRIAGE' }), role: 'card' as const });
      await change(store(), it.id, { plan: { places: [card('c1')], at: msLater(1) } });
      await change(store(), it.id, { plan: { places: [card('c2')], at: msLater(2) } });
      expect(await store().cardOf(it.id, 'slack')).toEqual(card('c2').place);
      expect(await store().cardOf(it.id, 'teams')).toBeNull();
    });
  });

  describe('what happened over all cases', () => {
    const replied = (text: string) => ({ event: { type: 'ReplySent' as const, text }, by: ALICE });
    const SPRING = Date.UTC(2020, 3, 1) as Instant;
    const inSpring = (ms: number): Instant => (SPRING + ms) as Instant;
    const texts = async (
      from: number,
      until: number,
      more: { newestFirst?: boolean; offset?: number; limit?: number } = {},
    ) =>
      (
        await store().happened({
          type: 'ReplySent',
          from: inSpring(from),
          until: inSpring(until),
          offset: 0,
          limit: 100,
          ...more,
        })
      ).map(({ event }) => (event.type === 'ReplySent' ? event.text : event.type));

    it('is told by type and time, in order or newest first, a page at a time', async () => {
      const [one, two] = [await opened(store()), await opened(store())];
      for (const [id, ms] of [
        [one.id, 1],
        [two.id, 2],
        [one.id, 3],
      ] as const)
        await change(store(), id, { plan: { events: [replied(`at ${ms}`)], at: inSpring(ms) } });
      expect(await texts(0, 10)).toEqual(['at 1', 'at 2', 'at 3']);
      expect(await texts(2, 3)).toEqual(['at 2']);
      expect(await texts(0, 10, { newestFirst: true, limit: 2 })).toEqual(['at 3', 'at 2']);
      expect(await texts(0, 10, { offset: 2 })).toEqual(['at 3']);
      expect(await texts(4, 10)).toEqual([]);
    });
  });

  describe('what is remembered', () => {
    it('is the last that was said under that name', async () => {
      expect(await store().recall('coverage')).toBeNull();
      await store().remember('coverage', '["a"]');
      await store().remember('coverage', '["b"]');
      expect(await store().recall('coverage')).toBe('["b"]');
      expect(await store().recall('cover')).toBeNull();
    });

    it('is replaced only by whoever knows what stands there, so that of two who change it at once one begins again', async () => {
      expect(await store().rememberIf('away', 'nothing yet', 'x')).toBe(false);
      expect(await store().rememberIf('away', null, 'one')).toBe(true);
      expect(await store().rememberIf('away', null, 'two')).toBe(false);
      const both = await Promise.all(['a', 'b'].map((text) => store().rememberIf('away', 'one', text)));
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(['a', 'b']).toContain(await store().recall('away'));
    });
  });

  describe('what came too early', () => {
    const about = place('early', { thread: '1.0' });
    const what = { kind: 'reaction', emoji: 'red_circle', added: true, by: { kind: 'system' } } as const;

    it('is kept once for each of its names, in the order in which it happened', async () => {
      const early = (key: string, ms: number) => ({ key, place: about, at: msLater(ms), what });
      expect(await store().keepEarly(early('b', 2), { what: 'x', keys: ['Ev2'] }, MONDAY)).toBe(true);
      expect(await store().keepEarly(early('a', 1), { what: 'x', keys: ['Ev1'] }, MONDAY)).toBe(true);
      expect(await store().keepEarly(early('c', 3), { what: 'x', keys: ['Ev1'] }, MONDAY)).toBe(false);
      expect(await store().keepEarly(early('a', 1), { what: 'x', keys: ['Ev3'] }, MONDAY)).toBe(true);
      expect(await store().earlyAt(about)).toEqual([early('a', 1), early('b', 2)]);
      expect(await store().earlyAt({ ...about, message: '1.2' })).toEqual([]);
    });

    it('is forgotten when it is old', async () => {
      await store().forgetEarly(MONDAY);
      expect(await store().earlyAt(about)).toHaveLength(2);
      await store().forgetEarly(msLater(1));
      expect(await store().earlyAt(about)).toEqual([]);
    });
  });

  describe('who has a form of a case open', () => {
    const form = (it: Case, who: string, ms: number, doing: OpenForm['doing'] = 'reply'): OpenForm => ({
      case: it.id,
      person: person(who),
      doing,
      since: msLater(ms),
      until: msLater(ms + 100),
    });

    it('is known of several people at once, the earliest first, case by case', async () => {
      const [one, two] = [await opened(store()), await opened(store())];
      await store().appear(form(one, 'bob', 20, 'hand-over'));
      await store().appear(form(one, 'alice', 10));
      await store().appear(form(two, 'alice', 30, 'resolve'));
      expect(await store().present(one.id, msLater(50))).toEqual([
        form(one, 'alice', 10),
        form(one, 'bob', 20, 'hand-over'),
      ]);
      expect(await store().present(two.id, msLater(50))).toEqual([form(two, 'alice', 30, 'resolve')]);
    });

    it('is the newest form of each, until it is sent or has been open for too long to count', async () => {
      const it = await opened(store());
      await store().appear(form(it, 'alice', 0));
      await store().appear(form(it, 'alice', 10, 'resolve'));
      await store().appear(form(it, 'bob', 60));
      expect(await store().present(it.id, msLater(109))).toEqual([
        form(it, 'alice', 10, 'resolve'),
        form(it, 'bob', 60),
      ]);
      expect(await store().present(it.id, msLater(110))).toEqual([form(it, 'bob', 60)]);
      expect(await store().leave(it.id, person('bob'))).toEqual(form(it, 'bob', 60));
      expect(await store().leave(it.id, person('bob'))).toBeNull();
      expect(await store().present(it.id, msLater(110))).toEqual([]);
    });

    it('goes with the next opening once it is over, so that nothing piles up', async () => {
      const [old, fresh] = [await opened(store()), await opened(store())];
      await store().appear(form(old, 'alice', 0));
      await store().appear(form(fresh, 'bob', 100));
      expect(await store().leave(old.id, person('alice'))).toBeNull();
    });
  });

  describe('clients and conversations', () => {
    it('knows a client from the first case on, by the beginning of the name in any case of letters', async () => {
      const client = { id: 'client:acme', name: 'Äcme  Ltd_%' };
      await opened(store(), { case: { client } });
      await opened(store(), { case: { client } });
      await opened(store(), { case: { client: { id: 'client:acorn', name: 'äcorn' } } });
      await opened(store(), { case: { client: { id: 'client:zebra', name: 'Zebra' } } });
      expect(await store().clientById('client:acme')).toEqual(client);
      expect(await store().clientById('client:none')).toBeNull();
      expect((await store().clients('ÄCM', 20)).map(({ id }) => id)).toEqual(['client:acme']);
      expect((await store().clients('äc', 20)).map(({ id }) => id)).toEqual(['client:acme', 'client:acorn']);
      expect((await store().clients('', 20)).map(({ id }) => id)).toEqual([
        'client:zebra',
        'client:acme',
        'client:acorn',
      ]);
      expect(await store().clients('', 1)).toHaveLength(1);
      expect(await store().clients('%', 20)).toEqual([]);
    });

    it('learns a client with a later change too, and one name belongs to one client', async () => {
      const it = await opened(store());
      await change(store(), it.id, { case: { client: { id: 'client:late', name: 'Late & Sons' } } });
      await change(store(), it.id, { case: { client: { id: 'client:other', name: 'LATE & sons ' } } });
      expect((await store().clients('late', 20)).map(({ id }) => id)).toEqual(['client:late']);
    });

    it('remembers a conversation, the newest way to it', async () => {
      const known = {
        platform: 'teams',
        id: '19:a',
        key: 'channel:19:a',
        reference: { serviceUrl: 'https://one.test' },
      };
      expect(await store().conversation('teams', known.key)).toBeNull();
      await store().rememberConversation(known);
      await store().rememberConversation({ ...known, id: '19:b', reference: { serviceUrl: 'https://two.test' } });
      expect(await store().conversation('teams', known.key)).toEqual({
        ...known,
        id: '19:b',
        reference: { serviceUrl: 'https://two.test' },
      });
      expect(await store().conversation('slack', known.key)).toBeNull();
    });
  });

  describe('who holds what', () => {
    const alice = person('alice');
    const bob = person('bob');
    const held = (who: typeof alice, minutes: number) =>
      ({ holder: { kind: 'owner', person: who, since: msLater(minutes) } }) as const;
    it('counts live cases by priority, those that somebody has to find an owner for too', async () => {
      await opened(store(), { case: { ...held(alice, 1), priority: p('P1') } });
      await opened(store(), {
        case: { holder: { kind: 'turn', person: alice, why: 'to triage it', since: msLater(3) } },
      });
      await opened(store(), { case: { ...held(alice, 5), status: 'Resolved' } });
      const [hers, his] = await store().held([alice, bob]);
      expect([...(hers?.priorities ?? [])].sort()).toEqual(['P1', null]);
      expect(hers).toMatchObject({ person: 'alice', lastAt: msLater(5) });
      expect(his).toEqual({ person: 'bob', priorities: [], lastAt: null });
    });

    it('knows who dealt with a client, the latest first', async () => {
      const client = { id: 'client:northwind', name: 'Northwind' };
      await opened(store(), { case: { client, ...held(alice, 1), status: 'Resolved' } });
      await opened(store(), { case: { client, ...held(bob, 2) } });
      await opened(store(), { case: { client: { id: 'client:other', name: 'Other' }, ...held(alice, 3) } });
      await opened(store(), {
        case: { client, holder: { kind: 'turn', person: alice, why: 'to take it', since: msLater(4) } },
      });
      expect(await store().dealt('client:northwind', 5)).toEqual([
        { person: 'bob', at: msLater(2) },
        { person: 'alice', at: msLater(1) },
      ]);
      expect(await store().dealt('client:nobody', 5)).toEqual([]);
    });
  });
}

function listing(store: Get): void {
  describe('lists', () => {
    const LEVEL = 'L9 Listing';
    const query = (more: object) => store().list({ level: LEVEL, offset: 0, limit: 50, ...more });
    const titles = async (more: object) => (await query(more)).cases.map(({ title }) => title);
    beforeAll(async () => {
      const add = (title: string, more: object = {}, dueAt: Instant | null = null) =>
        opened(store(), { case: { title, level: LEVEL, ...more }, plan: { dueAt } });
      const holder = (kind: 'owner' | 'turn', who: string) => ({
        holder: { kind, person: person(who), why: '', since: MONDAY },
      });
      await add('no due, late', { openedAt: msLater(20) });
      await add('no due, early', { openedAt: msLater(10) });
      await add('due second', { priority: p('P2'), ...holder('turn', 'bob') }, msLater(200));
      const files = [{ name: 'Smoke.jpg', url: null }];
      const waits = { ...holder('owner', 'bob'), status: 'Awaiting client' };
      await add('due first', { priority: p('P1'), ...waits, files }, msLater(100));
      await add('solved 100%', { status: 'Resolved', ...holder('owner', 'carol'), description: 'by_turning it \\off' });
      await add('gone', { status: 'Closed', client: { id: 'client:list', name: 'Grüße GmbH' } });
    });

    it('come by urgency: earliest due, then without a due time oldest first', async () => {
      const live = { statuses: ['New', 'Triaged', 'In progress', 'Awaiting client'] };
      const order = ['due first', 'due second', 'no due, early', 'no due, late'];
      expect(await titles(live)).toEqual(order);
      expect((await query(live)).total).toBe(4);
      expect(await titles({ ...live, offset: 1, limit: 2 })).toEqual(order.slice(1, 3));
      expect((await query({ ...live, offset: 2, limit: 3 })).total).toBe(4);
      expect((await query({ ...live, offset: 0, limit: 4 })).total).toBe(4);
      expect((await query({ ...live, offset: 1, limit: 2 })).total).toBe(4);
      expect(await query({ ...live, offset: 9 })).toEqual({ cases: [], total: 4 });
    });

    it('keep to what was asked for', async () => {
      expect(await titles({ statuses: ['In progress', 'Closed'] })).toEqual([
        'due second',
        'gone',
        'no due, early',
        'no due, late',
      ]);
      expect(await titles({ statuses: ['Resolved', 'Closed'] })).toEqual(['solved 100%', 'gone']);
      expect(await titles({ statuses: ['Awaiting client'] })).toEqual(['due first']);
      expect(await titles({ statuses: [] })).toEqual([]);
      expect(await titles({ owner: 'bob' })).toEqual(['due first']);
      expect(await titles({ ownedByOthersThan: [] })).toEqual(['due first', 'solved 100%']);
      expect(await titles({ ownedByOthersThan: ['alice', 'bob'] })).toEqual(['solved 100%']);
      expect(await titles({})).toHaveLength(6);
      expect(await titles({ holder: 'bob' })).toEqual(['due first', 'due second']);
      expect(await titles({ unowned: true, statuses: ['In progress'] })).toEqual([
        'due second',
        'no due, early',
        'no due, late',
      ]);
      expect(await titles({ untriaged: true, statuses: ['In progress'] })).toEqual(['no due, early', 'no due, late']);
      expect(await titles({ priority: 'P2' })).toEqual(['due second']);
      expect(await query({ level: 'L0' })).toEqual({ cases: [], total: 0 });
    });

    it('find every word in reference, title, description, names of files and client, taken literally', async () => {
      expect(await titles({ words: 'smoke.JPG' })).toEqual(['due first']);
      expect(await titles({ words: 'DUE first' })).toEqual(['due first']);
      expect(await titles({ words: 'grüsse' })).toEqual([]);
      expect(await titles({ words: 'GRÜSSE' })).toEqual([]);
      expect(await titles({ words: 'GRÜßE gmbh' })).toEqual(['gone']);
      expect(await titles({ words: '100%' })).toEqual(['solved 100%']);
      expect(await titles({ words: '0%d' })).toEqual([]);
      expect(await titles({ words: 'by_turning \\off' })).toEqual(['solved 100%']);
      expect(await titles({ words: 'by.turning' })).toEqual([]);
      expect(await titles({ words: "'; drop table cases; --" })).toEqual([]);
      expect(await titles({ words: `\u0000 ${'x'.repeat(100_000)}` })).toEqual([]);
      const { number } = (await query({ words: 'gone' })).cases[0]!;
      expect(await titles({ words: `case-${number}` })).toEqual(['gone']);
      expect(await titles({ words: `  ${number}  ` })).toEqual(['gone']);
      expect((await query({ words: '  ' })).total).toBe(6);
    });
  });

  describe('alarms', () => {
    it('ring for what is due, earliest first, as often as one looks', async () => {
      const early = instantOf(-3_000_000);
      const two = await opened(store(), { plan: { wakeAt: instantOf(-3_000_001) } });
      const one = await opened(store(), { plan: { wakeAt: instantOf(-3_000_002) } });
      const three = await opened(store(), { plan: { wakeAt: early } });
      await opened(store(), { plan: { wakeAt: instantOf(-2_999_999) } });
      expect(await store().due(early, 100)).toEqual([one.id, two.id, three.id]);
      expect(await store().due(early, 2)).toEqual([one.id, two.id]);
      await change(store(), one.id, { plan: { wakeAt: null } });
      expect(await store().due(early, 100)).toEqual([two.id, three.id]);
    });
  });
}

const instantOf = (ms: number): Instant => msLater(ms);

/** The postings in a channel of the test's own; whatever else waits in the outbox is settled and forgotten. */
async function claimIn(store: Store, name: string, at: Instant, limit = 50): Promise<readonly Posting[]> {
  const mine: Posting[] = [];
  for (const posting of await store.claim(at, 1000, LEASE_MS)) {
    if (posting.to.kind !== 'person' && posting.to.channel === name && mine.length < limit) mine.push(posting);
    else await store.settle(posting, { kind: 'sent', posted: null, role: null }, at);
  }
  return mine;
}

async function drained(store: Store): Promise<void> {
  for (;;) {
    const claimed = await store.claim(msLater(1e9), 1000, LEASE_MS);
    if (claimed.length === 0) return;
    for (const posting of claimed)
      await store.settle(posting, { kind: 'sent', posted: null, role: null }, msLater(1e9));
  }
}

function outbox(store: Get): void {
  describe('the outbox', () => {
    const want = (intents: readonly Intent[], at = MONDAY) => store().want(intents, CAUSE, at);
    const names = (claimed: readonly Posting[]) => claimed.map(({ drawing }) => drawing.args['n']);
    const named = (n: string, more: Partial<Intent> = {}) =>
      intent(`o:${n}`, { drawing: { view: 'told', args: { n } }, ...more });
    const settle = (posting: Posting, at = MONDAY) =>
      store().settle(posting, { kind: 'sent', posted: null, role: null }, at);
    beforeEach(() => drained(store()));

    it('hands out a posting whole, and nothing before its time', async () => {
      const it = await opened(store(), {
        intents: (id) => [
          intent('o:whole', { case: id, to: { kind: 'person', platform: 'teams', user: 'u1' }, urgency: 1 }),
        ],
      });
      expect(await store().claim(msLater(-1), 10, LEASE_MS)).toEqual([]);
      const [posting, ...more] = await store().claim(MONDAY, 10, LEASE_MS);
      expect(more).toEqual([]);
      expect(posting).toEqual({
        id: expect.any(String),
        kind: 'post',
        case: it.id,
        to: { kind: 'person', platform: 'teams', user: 'u1' },
        drawing: { view: 'case-card', args: {} },
        urgency: 1,
        attempt: 1,
        sends: 0,
        posted: null,
        wanted: 1,
        ambiguous: false,
        looked: 0,
        createdAt: MONDAY,
      });
      expect(await store().claim(MONDAY, 10, LEASE_MS)).toEqual([]);
    });

    it('gives one of each lane at a time, in the order they were wanted', async () => {
      await want([
        named('a1'),
        named('b1', { to: channel('C0B') }),
        named('a2'),
        named('t1', { to: channel('C0TRIAGE', 't') }),
      ]);
      await want([named('a3', { urgency: 0 })]);
      const first = await store().claim(MONDAY, 10, LEASE_MS);
      expect(names(first)).toEqual(['a1', 'b1', 't1']);
      expect(await store().claim(MONDAY, 10, LEASE_MS)).toEqual([]);
      await settle(first[0]!);
      const second = await store().claim(MONDAY, 10, LEASE_MS);
      expect(names(second)).toEqual(['a2']);
      await settle(second[0]!);
      expect(names(await store().claim(MONDAY, 10, LEASE_MS))).toEqual(['a3']);
    });

    it('puts what is urgent before what is old, among lanes, and keeps to the limit', async () => {
      await want([
        named('low', { to: channel('C1'), urgency: 3 }),
        named('reply', { to: channel('C2'), urgency: 2 }),
        named('page', { to: channel('C3'), urgency: 0 }),
        named('page 2', { to: channel('C4'), urgency: 0 }),
      ]);
      expect(names(await store().claim(MONDAY, 3, LEASE_MS))).toEqual(['page', 'page 2', 'reply']);
      expect(names(await store().claim(MONDAY, 3, LEASE_MS))).toEqual(['low']);
    });

    it('holds back what stands behind something that waits, and that only', async () => {
      await want([
        named('w1', { to: channel('C5') }),
        named('w2', { to: channel('C5') }),
        named('w3', { to: channel('C6') }),
      ]);
      const [slow, other] = await store().claim(MONDAY, 10, LEASE_MS);
      await store().settle(
        slow!,
        { kind: 'later', notBefore: msLater(5000), problem: '429', ambiguous: false },
        MONDAY,
      );
      await settle(other!);
      expect(await store().claim(msLater(4999), 10, LEASE_MS)).toEqual([]);
      const [retried] = await store().claim(msLater(5000), 10, LEASE_MS);
      expect(retried).toMatchObject({ attempt: 2, ambiguous: false, drawing: { args: { n: 'w1' } } });
      await settle(retried!, msLater(5000));
      expect(names(await store().claim(msLater(5000), 10, LEASE_MS))).toEqual(['w2']);
    });

    it('never stores one intent twice', async () => {
      await want([named('once', { to: channel('C7') })]);
      await want([named('once', { to: channel('C7'), drawing: { view: 'told', args: { n: 'other' } } })]);
      await want([named('twice', { to: channel('C8') }), named('twice', { to: channel('C8') })]);
      const claimed = await store().claim(MONDAY, 10, LEASE_MS);
      expect(names(claimed)).toEqual(['once', 'twice']);
      for (const posting of claimed) await settle(posting);
      await want([named('once', { to: channel('C7') })], msLater(10));
      expect(await store().claim(msLater(10), 10, LEASE_MS)).toEqual([]);
      expect(await store().drawingOf('o:once')).toEqual({ view: 'told', args: { n: 'once' } });
    });

    it('gives a lease that ran out to the next, who must look first; the one who was late settles nothing', async () => {
      await want([named('lease', { to: channel('C9') })]);
      const [lost] = await store().claim(MONDAY, 10, LEASE_MS);
      expect(await store().claim(msLater(LEASE_MS - 1), 10, LEASE_MS)).toEqual([]);
      const [found] = await store().claim(msLater(LEASE_MS), 10, LEASE_MS);
      expect(found).toMatchObject({ id: lost!.id, attempt: 2, ambiguous: true });
      await settle(lost!, msLater(LEASE_MS));
      expect((await store().outbox(msLater(LEASE_MS))).pending).toBe(1);
      await settle(found!, msLater(LEASE_MS));
      expect((await store().outbox(msLater(LEASE_MS))).pending).toBe(0);
    });

    it('tells what waits, since when, and what was given up', async () => {
      const before = await store().outbox(msLater(100));
      expect(before).toMatchObject({ pending: 0, oldestDueAt: null });
      await want([named('s1', { to: channel('C10') })], msLater(20));
      await want([named('s2', { to: channel('C11') })], msLater(10));
      expect(await store().outbox(msLater(5))).toMatchObject({ pending: 2, oldestDueAt: null });
      expect(await store().outbox(msLater(100))).toMatchObject({ pending: 2, oldestDueAt: msLater(10) });
      const [one, two] = await store().claim(msLater(100), 10, LEASE_MS);
      await store().settle(one!, { kind: 'dead', problem: 'not_in_channel' }, msLater(100));
      await store().settle(
        two!,
        { kind: 'later', notBefore: msLater(500), problem: '429', ambiguous: false },
        msLater(100),
      );
      expect(await store().outbox(msLater(100))).toMatchObject({
        pending: 1,
        dead: before.dead + 1,
        oldestDueAt: null,
      });
    });

    it('hands each posting to one of many who ask at once', async () => {
      await want(Array.from({ length: 30 }, (_, n) => named(`many${n}`, { to: channel(`M${n}`) })));
      const claimed = (await Promise.all(Array.from({ length: 8 }, () => store().claim(MONDAY, 10, LEASE_MS)))).flat();
      expect(claimed).toHaveLength(30);
      expect(new Set(claimed.map(({ id }) => id)).size).toBe(30);
    });
  });
}

function settling(store: Get): void {
  describe('a message that is kept up to date', () => {
    const keep = (dedupe: string, n: number, more: Partial<Intent> = {}) =>
      intent(dedupe, {
        kind: 'keep',
        to: channel(dedupe),
        urgency: 3,
        drawing: { view: 'case-card', args: { n } },
        ...more,
      });
    const want = (wish: Intent, at = MONDAY) => store().want([wish], CAUSE, at);

    it('is linked to its case where it was posted, and wanted again goes to that place', async () => {
      const it = await opened(store(), { intents: (id) => [keep('k1', 1, { case: id })] });
      expect(await store().postedAt('k1')).toBeNull();
      expect(await store().postedAt('never wanted')).toBeNull();
      const [posting] = await claimIn(store(), 'k1', MONDAY);
      await store().settle(posting!, sentAt('card-k1'), msLater(5));
      expect(await store().cardOf(it.id, 'slack')).toEqual(place('card-k1', { channel: 'C0TRIAGE' }));
      expect(await store().caseAt(place('card-k1', { channel: 'C0TRIAGE' }))).toEqual({ case: it.id, role: 'card' });
      const card = { place: place('card-k1', { channel: 'C0TRIAGE' }), since: msLater(5) };
      expect(await store().postedAt('k1')).toEqual(card);
      await want(keep('k1', 2, { case: it.id }), msLater(10));
      expect(await claimIn(store(), 'k1', msLater(9))).toEqual([]);
      expect((await store().outbox(msLater(10))).oldestDueAt).toBe(msLater(10));
      const [again] = await claimIn(store(), 'k1', msLater(10));
      expect(again).toMatchObject({
        id: posting!.id,
        attempt: 1,
        wanted: 2,
        posted: place('card-k1', { channel: 'C0TRIAGE' }),
        drawing: { args: { n: 2 } },
        createdAt: MONDAY,
      });
      await store().settle(again!, { kind: 'sent', posted: null, role: null }, msLater(11));
      expect(await store().postedAt('k1')).toEqual(card);
      await want(keep('k1', 3, { case: it.id }), msLater(20));
      expect((await claimIn(store(), 'k1', msLater(20)))[0]!.posted).toEqual(place('card-k1', { channel: 'C0TRIAGE' }));
    });

    it('folds what is wanted while it waits into one, the newest', async () => {
      for (const n of [1, 2, 3]) await want(keep('k2', n));
      const claimed = await claimIn(store(), 'k2', MONDAY);
      expect(claimed).toHaveLength(1);
      expect(claimed[0]).toMatchObject({ wanted: 3, drawing: { args: { n: 3 } } });
      await store().settle(claimed[0]!, sentAt('card-k2'), MONDAY);
      expect(await claimIn(store(), 'k2', MONDAY)).toEqual([]);
    });

    it('goes out once more when it was wanted while it was on its way', async () => {
      await want(keep('k3', 1));
      const [posting] = await claimIn(store(), 'k3', MONDAY);
      await want(keep('k3', 2), msLater(1));
      expect(await claimIn(store(), 'k3', msLater(1))).toEqual([]);
      await store().settle(posting!, sentAt('card-k3'), msLater(2));
      const [again] = await claimIn(store(), 'k3', msLater(2));
      expect(again).toMatchObject({
        wanted: 2,
        ambiguous: false,
        posted: { message: 'card-k3' },
        drawing: { args: { n: 2 } },
      });
      await store().settle(again!, sentAt('card-k3'), msLater(3));
      expect(await claimIn(store(), 'k3', msLater(4))).toEqual([]);
    });

    it('waits as long as the platform asked, however often it is wanted', async () => {
      await want(keep('k4', 1));
      const [posting] = await claimIn(store(), 'k4', MONDAY);
      await store().settle(
        posting!,
        { kind: 'later', notBefore: msLater(30_000), problem: '429', ambiguous: true },
        MONDAY,
      );
      await want(keep('k4', 2), msLater(1));
      expect(await claimIn(store(), 'k4', msLater(29_999))).toEqual([]);
      expect((await claimIn(store(), 'k4', msLater(30_000)))[0]).toMatchObject({
        attempt: 2,
        ambiguous: true,
        wanted: 2,
      });
    });

    it('is tried again by the next change after it was given up', async () => {
      await want(keep('k5', 1));
      const [posting] = await claimIn(store(), 'k5', MONDAY);
      await store().settle(posting!, { kind: 'dead', problem: 'not_in_channel' }, MONDAY);
      expect(await claimIn(store(), 'k5', msLater(1))).toEqual([]);
      const { dead } = await store().outbox(msLater(1));
      await want(keep('k5', 2), msLater(2));
      expect((await store().outbox(msLater(2))).dead).toBe(dead - 1);
      expect((await claimIn(store(), 'k5', msLater(2)))[0]).toMatchObject({ attempt: 1, wanted: 2 });
    });

    it('may be late with an old claim without undoing a newer one', async () => {
      await want(keep('k6', 1));
      const [old] = await claimIn(store(), 'k6', MONDAY);
      const [newer] = await claimIn(store(), 'k6', msLater(LEASE_MS));
      await store().settle(newer!, sentAt('card-k6'), msLater(LEASE_MS));
      await want(keep('k6', 2), msLater(LEASE_MS));
      const [third] = await claimIn(store(), 'k6', msLater(LEASE_MS));
      expect(third!.attempt).toBe(old!.attempt);
      const { dead } = await store().outbox(msLater(LEASE_MS));
      await store().settle(old!, { kind: 'dead', problem: 'late' }, msLater(LEASE_MS));
      expect((await store().outbox(msLater(LEASE_MS))).dead).toBe(dead);
      await store().settle(third!, sentAt('card-k6'), msLater(LEASE_MS));
      await want(keep('k6', 3), msLater(LEASE_MS));
      expect((await claimIn(store(), 'k6', msLater(LEASE_MS)))[0]).toMatchObject({
        wanted: 3,
        posted: { message: 'card-k6' },
      });
    });
  });
}

function resting(store: Get): void {
  describe('what holds up the outbox, and what has come to rest', () => {
    const want = (name: string, more: Partial<Intent> = {}, at = MONDAY) =>
      store().want([intent(`rest:${name}`, { to: channel(name), ...more })], CAUSE, at);
    const claimed = async (name: string, at = MONDAY): Promise<Posting> => {
      const [posting] = await claimIn(store(), name, at);
      if (posting === undefined) throw new Error(`nothing to claim in ${name}`);
      return posting;
    };
    const page = { offset: 0, limit: 50 };
    let n = 0;
    const alice = ALICE;
    const restingIn = async (name: string, at = MONDAY) =>
      (await store().troubles(at, page)).deliveries.filter(({ to }) => to.kind !== 'person' && to.channel === name);
    beforeEach(() => drained(store()));

    it('lets nothing out into a paused bucket before its time, and the longer of two pauses stands', async () => {
      await want('R1');
      await store().pause({ bucket: 'slack|R1', until: msLater(5000), problem: '429' }, MONDAY);
      await store().pause({ bucket: 'slack|R1', until: msLater(2000), problem: 'shorter' }, MONDAY);
      expect(await store().claim(msLater(4999), 10, LEASE_MS)).toEqual([]);
      expect(await store().outbox(msLater(4999))).toMatchObject({ pending: 1, paused: 1, oldestDueAt: null });
      const { pauses, oldest } = await store().troubles(msLater(4999), page);
      expect(pauses).toEqual([{ bucket: 'slack|R1', until: msLater(5000), problem: '429' }]);
      expect(oldest).toBeNull();
      expect((await store().troubles(msLater(5000), page)).oldest).toMatchObject({
        to: channel('R1'),
        state: 'pending',
      });
      expect(await store().claim(msLater(5000), 10, LEASE_MS)).toHaveLength(1);
      expect(await store().outbox(msLater(5000))).toMatchObject({ sending: 1, paused: 0 });
      // The next pause clears away those that have passed.
      await store().pause({ bucket: 'slack|R2', until: msLater(9000), problem: '429' }, msLater(6000));
      expect((await store().troubles(MONDAY, page)).pauses.map(({ bucket }) => bucket)).toEqual(['slack|R2']);
      await store().pause({ bucket: 'slack|R3', until: MONDAY, problem: '' }, msLater(1e9));
    });

    it('knows where nothing gets through, and not what is young, behind another, or held back for people', async () => {
      const young = msLater(1000);
      for (const name of ['S1', 'S1', 'S2', 'S3', 'S4'])
        await store().want([intent(`stuck:${name}:${n++}`, { to: channel(name) })], CAUSE, MONDAY);
      await want('S5', {}, young);
      const all = await store().claim(MONDAY, 10, LEASE_MS);
      const settleIn = (name: string, how: object) =>
        store().settle(
          all.find(({ to }) => to.kind !== 'person' && to.channel === name)!,
          { kind: 'later', notBefore: msLater(60_000), problem: 'p', ambiguous: false, ...how },
          MONDAY,
        );
      await settleIn('S1', { held: true });
      await settleIn('S2', {});
      await settleIn('S3', { held: true });
      await store().settle(
        all.find(({ to }) => to.kind !== 'person' && to.channel === 'S4')!,
        { kind: 'sent', posted: null, role: null },
        MONDAY,
      );
      await store().pause({ bucket: 'slack|S3', until: msLater(60_000), problem: '429' }, MONDAY);
      expect(await store().stuck(msLater(999), msLater(5000))).toEqual({ count: 2, since: MONDAY });
      expect(await store().stuck(young, msLater(5000))).toEqual({ count: 3, since: MONDAY });
      expect(await store().stuck(msLater(-1), msLater(5000))).toEqual({ count: 0, since: null });
      await store().pause({ bucket: 'slack|S9', until: MONDAY, problem: '' }, msLater(1e9));
    });

    it('claims what is chosen of what may go, and posts nothing new where there is no room', async () => {
      for (const name of ['R4', 'R5', 'R6', 'F1']) await want(name);
      const seen: string[] = [];
      const choice = {
        full: ['slack|R4'],
        busy: ['slack|F1'],
        still: ['slack'],
        choose: (found: readonly Candidate[]) => {
          seen.push(...found.map(({ to }) => (to.kind === 'person' ? '' : to.channel)));
          return found.slice(1);
        },
      };
      const chosen = await store().claim(MONDAY, 10, LEASE_MS, choice);
      expect(seen).toEqual(['R5', 'R6']);
      expect(chosen.map(({ to }) => to)).toEqual([channel('R6')]);
      expect(await store().claim(MONDAY, 10, LEASE_MS)).toHaveLength(3);
    });

    it('looks past what has no room, however much of it there is, and changes nothing where nothing can be changed', async () => {
      const roomy: Choice = { full: [], busy: [], still: [], choose: (found) => found };
      const cards = Array.from({ length: 5 }, (_, index) =>
        intent(`rest:card ${index}`, { kind: 'keep', to: channel('F2'), urgency: 0 }),
      );
      await store().want(cards, CAUSE, MONDAY);
      for (const posting of await store().claim(MONDAY, 10, LEASE_MS))
        await store().settle(posting, { kind: 'sent', posted: place(posting.id), role: null }, MONDAY);
      await store().want(cards, CAUSE, msLater(1));
      await want('F3', { urgency: 3 }, msLater(1));
      const heads = (choice: Partial<Choice>, limit = 1) =>
        store().claim(msLater(1), limit, LEASE_MS, { ...roomy, ...choice });
      expect(await heads({ choose: () => [], still: ['slack'] })).toEqual([]);
      expect((await heads({ still: ['slack'] })).map(({ to }) => to)).toEqual([channel('F3')]);
      expect(await heads({ busy: ['slack|F2'] })).toEqual([]);
      expect(await heads({ still: ['teams'], full: ['slack|F2'] }, 10)).toHaveLength(5);
    });

    it('counts what was sent, not what was held back, and a lease that ran out as sent', async () => {
      await want('R7');
      const later = (more: object) =>
        ({ kind: 'later', notBefore: MONDAY, problem: 'p', ambiguous: false, ...more }) as const;
      await store().settle(await claimed('R7'), later({ held: true }), MONDAY);
      await store().settle(await claimed('R7'), later({}), MONDAY);
      await store().settle(await claimed('R7'), later({ held: true, ambiguous: true, looked: 1 }), MONDAY);
      const third = await claimed('R7');
      expect(third).toMatchObject({ attempt: 4, sends: 1, ambiguous: true, looked: 1 });
      const fourth = await claimed('R7', msLater(LEASE_MS));
      expect(fourth).toMatchObject({ sends: 2, ambiguous: true, looked: 0 });
      await store().settle(fourth, { kind: 'dead', problem: 'no' }, msLater(LEASE_MS));
      expect(await restingIn('R7')).toMatchObject([{ state: 'dead', sends: 3, problem: 'no' }]);
    });

    it('sends again what was given up: once, whoever asks, and with what was not certain about it', async () => {
      await want('R8');
      const posting = await claimed('R8');
      await store().settle(posting, { kind: 'dead', problem: 'no' }, MONDAY);
      const tended = { how: 'again', by: alice, at: msLater(10) } as const;
      expect(await store().tend(posting.id, { ...tended, how: 'arrived' })).toBeNull();
      const both = await Promise.all([store().tend(posting.id, tended), store().tend(posting.id, tended)]);
      expect(both.filter((it) => it !== null)).toMatchObject([
        { id: posting.id, state: 'pending', tended, problem: null },
      ]);
      expect(await store().claim(msLater(9), 10, LEASE_MS)).toEqual([]);
      const again = await claimed('R8', msLater(10));
      expect(again).toMatchObject({ id: posting.id, sends: 0, ambiguous: false });
      await store().settle(again, { kind: 'sent', posted: null, role: null, doubt: 'twice?' }, msLater(11));
      expect(await store().delivery(posting.id)).toMatchObject({ state: 'sent', tended, problem: 'twice?' });
      expect(await store().tend(posting.id, tended)).toBeNull();
      expect(await store().tend('nobody', tended)).toBeNull();
      expect(await store().delivery('nobody')).toBeNull();
    });

    it('keeps what is uncertain for a person, lets the rest of its lane go, and takes their word', async () => {
      await want('R9');
      await store().want([intent('rest:R9 next', { to: channel('R9') })], CAUSE, MONDAY);
      const posting = await claimed('R9');
      await store().settle(posting, { kind: 'ambiguous', problem: 'who knows' }, MONDAY);
      expect(await store().outbox(MONDAY)).toMatchObject({ ambiguous: 1 });
      expect((await claimed('R9')).id).not.toBe(posting.id);
      const done = await store().tend(posting.id, { how: 'arrived', by: alice, at: msLater(1) });
      expect(done).toMatchObject({ state: 'sent', tended: { how: 'arrived', by: alice } });
      expect(await store().outbox(MONDAY)).toMatchObject({ ambiguous: 0 });
      expect((await claimIn(store(), 'R9', msLater(LEASE_MS))).map(({ id }) => id)).not.toContain(posting.id);
    });

    it('lists what has come to rest page by page, the newest first', async () => {
      for (const n of [1, 2, 3]) {
        await want(`R1${n}`);
        await store().settle(await claimed(`R1${n}`), { kind: 'dead', problem: `p${n}` }, MONDAY);
      }
      const { deliveries, total } = await store().troubles(MONDAY, { offset: 1, limit: 1 });
      expect(deliveries.map(({ problem }) => problem)).toEqual(['p2']);
      expect(total).toBe((await store().troubles(MONDAY, page)).deliveries.length);
    });
  });
}

function keeping(here: () => { readonly store: Store; readonly ground: Ground }, reopen: () => Promise<Store>): void {
  describe('the database', () => {
    it('answers a ping, twice', async () => {
      await here().store.ping();
      await here().store.ping();
    });

    it('keeps everything over a restart, numbers included', async () => {
      if (!here().ground.keeps) return;
      const it = await opened(here().store, { keys: ['restart'], intents: (id) => [intent('restart', { case: id })] });
      const store = await reopen();
      expect(await store.caseById(it.id)).toEqual(it);
      expect(await open(store, { keys: ['restart'] })).toEqual({ kind: 'duplicate', case: it });
      expect(await store.drawingOf('restart')).not.toBeNull();
      expect((await opened(store)).number).toBe(it.number + 1);
    });

    it('writes what was asked before it is closed, and says so afterwards', async () => {
      const { store, ground } = here();
      const asked = open(store);
      await store.close();
      await store.close();
      const outcome = await asked;
      expect(outcome.kind).toBe('committed');
      await expect(open(store)).rejects.toMatchObject({ name: 'StoreFailure', trouble: 'closed' });
      await expect(store.caseByNumber(1)).rejects.toMatchObject({ name: 'StoreFailure', trouble: 'closed' });
      if (!ground.keeps) return;
      const again = await reopen();
      expect(await again.caseById(outcome.case!.id)).toEqual(outcome.case);
    });
  });
}
