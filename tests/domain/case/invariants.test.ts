import fc from 'fast-check';
import { alarmOf } from '../../../src/domain/alarm';
import { type Case, isLive } from '../../../src/domain/case/case';
import { evolve } from '../../../src/domain/case/evolve';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/ids';
import { anyLife } from '../../support/anyStory';
import {
  alice,
  beginning,
  caseOf,
  given,
  next,
  opened,
  passes,
  type Story,
  takes,
  triages,
  wakes,
} from '../../support/given';

const always = (check: (story: Story, before: Story | undefined) => void, numRuns = 50): void =>
  fc.assert(
    fc.property(anyLife, (states) => {
      states.forEach((story, index) => {
        check(story, states[index - 1]);
      });
    }),
    { numRuns },
  );

describe('whatever happens to a case', () => {
  it('it has exactly one owner, or exactly one person whose turn it is', () => {
    always(({ case: it, desk }) => {
      const { holder } = it as Case;
      expect(holder.kind).not.toBe('nobody');
      const who = holder.kind === 'nobody' ? null : holder.person;
      expect(desk.people.find(({ id }) => id === who)?.role).not.toBe('viewer');
      expect(desk.people.filter(({ id }) => id === who)).toHaveLength(1);
    });
  });

  it('its state is the fold of its journal, and its version the number of its events', () => {
    always((story) => {
      const it = caseOf(story);
      expect(it.version).toBe(story.journal.length);
      expect(story.journal.map(({ version }) => version)).toEqual(story.journal.map((_, index) => index + 1));
      const folded = story.journal.reduce<Case | null>((before, one) => evolve(before, one.event, one), null);
      expect(folded).toEqual(it);
      // Kept as JSON, it comes back as it was.
      expect(JSON.parse(JSON.stringify(it))).toEqual(it);
    }, 30);
  });

  it('each clock is warned of once a mark and breaches once', () => {
    always(({ journal }) => {
      const facts = journal.flatMap(({ event }) =>
        event.type === 'SlaWarned'
          ? [`${event.clock} ${event.mark}`]
          : event.type === 'SlaBreached'
            ? [`${event.clock} breached`]
            : [],
      );
      expect(new Set(facts).size).toBe(facts.length);
    });
  });

  it('a warning never comes after the breach, and neither before its time', () => {
    always(({ journal }) => {
      for (const { event, at } of journal) {
        if (event.type !== 'SlaWarned' && event.type !== 'SlaBreached') continue;
        expect(event.at).toBeLessThanOrEqual(at);
        const breach = journal.find((one) => one.event.type === 'SlaBreached' && one.event.clock === event.clock);
        if (event.type === 'SlaWarned' && breach !== undefined) expect(breach.at).toBeGreaterThanOrEqual(at);
      }
    });
  });

  it('its alarm lies ahead after every change, and a second look finds nothing', () => {
    always((story, before) => {
      if (before !== undefined && before.journal.length === story.journal.length) return;
      const alarm = alarmOf(caseOf(story), story.desk);
      if (alarm !== null) expect(alarm).toBeGreaterThan(story.at);
      expect(next(story, wakes())).toMatchObject({ kind: 'happened', events: [] });
    });
  });

  it('it offers a hand-over only while it is live, and never counts down while it waits for the client', () => {
    always(({ case: current }) => {
      const it = current as Case;
      if (!isLive(it)) {
        expect(it.handover).toBeNull();
        expect(it.clocks.every(({ state }) => state === 'stopped')).toBe(true);
      }
      const resolution = it.clocks.find(({ name }) => name === 'resolution');
      if (it.status === 'Awaiting client') expect([undefined, 'paused']).toContain(resolution?.state);
      if (it.status === 'In progress') expect(resolution?.state).toBe('running');
      expect(new Set(it.clocks.map(({ name }) => name)).size).toBe(it.clocks.length);
    });
  });

  it('a first response stays given', () => {
    always((story, before) => {
      if (before === undefined || caseOf(before).clocks[0]?.state !== 'stopped') return;
      expect(caseOf(story).clocks[0]).toEqual(caseOf(before).clocks[0]);
    });
  });

  it('what is refused changes nothing', () => {
    const first = next(beginning(), opened()).story;
    expect(next(first, triages(alice, 'P9')).story.case).toBe(first.case);
  });
});

describe('what becomes due', () => {
  it('is written down before whatever comes later, at its true instant', () => {
    const late = given(opened(), passes(5 * HOUR_MS));
    const it = late.when(takes(alice, { afterMs: 0 })).happens('SlaBreached', 'CaseTaken', 'WorkStarted');
    expect(it.clocks[0]).toMatchObject({ breachedAt: late.case.openedAt + 4 * HOUR_MS });
  });

  it('by a new target is told in the same moment', () => {
    given(opened(), passes(50 * MINUTE_MS))
      .when(triages(alice, 'P1'))
      .happens('CaseTriaged', 'TurnNamed', 'SlaWarned');
    given(opened(), passes(90 * MINUTE_MS))
      .when(triages(alice, 'P1'))
      .happens('CaseTriaged', 'TurnNamed', 'SlaBreached');
  });

  it('warns once at three quarters, then breaches once', () => {
    given(opened())
      .when(wakes({ afterMs: 3 * HOUR_MS - 1 }))
      .happens();
    given(opened())
      .when(wakes({ afterMs: 3 * HOUR_MS }))
      .happens('SlaWarned');
    const warned = given(opened(), wakes({ afterMs: 3 * HOUR_MS }));
    warned.when(wakes({ afterMs: HOUR_MS })).happens();
    warned.when(wakes({ afterMs: HOUR_MS + 1 })).happens('SlaBreached');
    given(opened(), wakes({ afterMs: 5 * HOUR_MS }))
      .when(wakes({ afterMs: HOUR_MS }))
      .happens();
  });
});
