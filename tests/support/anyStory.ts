/** Random lives of a case: anybody tries anything at any time, and what is refused changes nothing. */
import fc from 'fast-check';
import { type Party, partyName } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  later,
  MINUTE_MS,
  type PersonId,
  personId,
  priorityName,
  SECOND_MS,
} from '../../src/domain/ids';
import {
  accepts,
  ada,
  advises,
  alice,
  assigns,
  beginning,
  bob,
  carol,
  DESK,
  type Doing,
  declines,
  escalates,
  gwen,
  lena,
  next,
  notes,
  opened,
  ravi,
  reacts,
  reopens,
  replies,
  resolves,
  resumes,
  type Story,
  says,
  settles,
  takes,
  triages,
  unreacts,
  vera,
  waits,
  wakes,
  withdraws,
} from './given';

/** Mostly people of the desk, so that lives go somewhere. */
const party = fc.constantFrom<Party>(alice, alice, bob, bob, carol, carol, lena, lena, ada, vera, ravi, gwen);
const person = fc.constantFrom<PersonId>(...DESK.people.map(({ id }) => id), personId('zed'));
const priority = fc.constantFrom('P1', 'P2', 'P3', 'P9');
const afterMs = fc.constantFrom(
  0,
  SECOND_MS,
  MINUTE_MS,
  6 * MINUTE_MS,
  31 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  DAY_MS,
  4 * DAY_MS,
);
const moment = afterMs.map((ms) => ({ afterMs: ms }));
/** What the person saw: they typed, or pressed on a card of some version. */
const press = fc.record({ afterMs, seen: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null, freq: 1 }) });
const handover = fc.constantFrom('h1', 'h1', 'h2', 'h3');

const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.tuple(party, priority, press).map(([by, name, how]) => triages(by, name, how)),
  fc.tuple(party, priority, moment).map(([by, name, how]) => reacts(by, name, how)),
  fc.tuple(party, priority, moment).map(([by, name, how]) => unreacts(by, name, how)),
  fc
    .tuple(party, fc.constantFrom('keep' as const, 'lower' as const), press)
    .map(([by, which, how]) => settles(by, which, how)),
  fc.tuple(party, press, fc.boolean()).map(([by, how, takeOver]) => takes(by, { ...how, takeOver })),
  fc.tuple(party, person, press).map(([by, to, how]) => assigns(by, to, how)),
  fc.tuple(party, press).map(([by, how]) => waits(by, how)),
  fc.tuple(party, press).map(([by, how]) => resumes(by, how)),
  fc.tuple(party, press).map(([by, how]) => resolves(by, how)),
  fc.tuple(party, press).map(([by, how]) => reopens(by, how)),
  fc.tuple(party, moment).map(([by, how]) => escalates(by, how)),
  fc
    .tuple(party, person, fc.boolean(), fc.option(fc.integer({ min: -60, max: 600 }), { nil: null }), moment)
    .map(([by, to, advice, ahead, how]) => (at: Instant) => {
      const deadline = ahead === null ? null : later(at, ahead * MINUTE_MS);
      return escalates(by, { person: to, advice, deadline, ...how });
    }),
  fc.tuple(party, handover, moment).map(([by, id, how]) => advises(by, 'Pull the plug', { ...how, handover: id })),
  fc.tuple(party, handover, moment).map(([by, id, how]) => withdraws(by, id, how)),
  fc.tuple(party, handover, moment).map(([by, id, how]) => accepts(by, id, how)),
  fc.tuple(party, handover, moment).map(([by, id, how]) => declines(by, 'Not ours', { ...how, handover: id })),
  fc
    .tuple(party, fc.constantFrom('public' as const, 'desk' as const), moment)
    .map(([by, to, how]) => says(by, to, how)),
  party.map((by) => notes(by)),
  party.map((by) => replies(by)),
  moment.map((how) => wakes(how)),
);

/** One person offers it and another answers, whoever they are. */
const offer: fc.Arbitrary<readonly Doing[]> = fc
  .tuple(party, party, handover, fc.boolean())
  .map(([from, to, id, yes]) => [escalates(from), yes ? accepts(to, id) : declines(to, 'Not ours', { handover: id })]);
const pause: fc.Arbitrary<readonly Doing[]> = fc
  .tuple(party, party, afterMs)
  .map(([by, other, ms]) => [waits(by), resumes(other, { afterMs: ms })]);
const solved: fc.Arbitrary<readonly Doing[]> = fc
  .tuple(party, party, afterMs)
  .map(([by, other, ms]) => [resolves(by), wakes({ afterMs: ms }), reopens(other)]);
const chapter: fc.Arbitrary<readonly Doing[]> = fc.oneof(
  { weight: 6, arbitrary: doing.map((one) => [one]) },
  { weight: 1, arbitrary: offer },
  { weight: 1, arbitrary: pause },
  { weight: 1, arbitrary: solved },
);

const opening = fc.tuple(party, fc.option(fc.constantFrom('P1', 'P2', 'P3')), fc.boolean()).map(([by, name, sourced]) =>
  opened(by, {
    priority: name === null ? null : priorityName(name),
    ...(sourced ? {} : { source: null, cameBy: 'slack-command' }),
  }),
);

/** What a failing property prints: one line for each event, not the whole of every state. */
const lifeInWords = ({ journal }: Story): string =>
  journal.map(({ at, by, event }) => `\n  ${new Date(at).toISOString()} ${partyName(by)}: ${event.type}`).join('');

/** With or without questions about cases that nobody touches, and every way to act on a breach. */
const desk: fc.Arbitrary<Desk> = fc
  .record({
    resolutionStarts: fc.constantFrom('reported' as const, 'in_progress' as const),
    staleAfterMs: fc.constantFrom(undefined, 2 * HOUR_MS),
    onBreach: fc.constantFrom(undefined, 'warn' as const, 'raise' as const, 'reassign' as const),
  })
  .map(({ resolutionStarts, ...more }) => ({
    ...DESK,
    resolutionStarts,
    priorities: DESK.priorities.map((one) => ({ ...one, ...more })),
  }));

/** Every state that a random life passes through, the first being the case just opened. */
export const anyLife: fc.Arbitrary<readonly Story[]> = fc
  .tuple(desk, opening, fc.array(chapter, { minLength: 3, maxLength: 20 }))
  .map(([with_, first, rest]) => {
    const states = [next(beginning(with_), first).story];
    for (const one of rest.flat()) states.push(next(states.at(-1) as Story, one).story);
    return Object.assign(states, { [fc.toStringMethod]: () => lifeInWords(states.at(-1) as Story) });
  });
