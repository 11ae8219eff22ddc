/** Who is there: `rota`, `away`, `back`, and `swap`. */
import type { Status } from '../../domain/case/case';
import { awayUntil } from '../../domain/desk/availability';
import { type Desk, type Person, personOf } from '../../domain/desk/desk';
import { mayNotOversee } from '../../domain/desk/roles';
import { type Instant, later } from '../../domain/ids';
import type { Line } from '../../inputs/commandLine';
import { readWhen } from '../../inputs/when';
import { amendAttendance, attendanceNow } from '../attendance';
import { GONE_MS } from '../leaving';
import { nameTurnsAnew } from '../nameTurns';
import type { Engine } from '../perform';
import type { Answer } from '../view';
import { timeText } from '../views/parts';
import { rotaView } from '../views/rota';
import { said } from './find';
import { peopleNamed } from './people';
import { swapLine } from './swap';
import type { Caller } from './types';

type PeopleLine = Extract<Line, { kind: 'people' }>;

export async function peopleLine(engine: Engine, { word, rest }: PeopleLine, caller: Caller): Promise<Answer> {
  if (word === 'rota') return rota(engine, caller);
  const refusal = mayNotOversee(engine.desk(), caller.party, word === 'swap' ? 'SwapShift' : 'SayAway');
  if (refusal !== null) return said(refusal.say);
  switch (word) {
    case 'away':
      return away(engine, rest, caller);
    case 'back':
      return back(engine, rest, caller);
    case 'swap':
      return swapLine(engine, rest, caller);
  }
}

async function rota(engine: Engine, caller: Caller): Promise<Answer> {
  const desk = engine.desk();
  const refusal = mayNotOversee(desk, caller.party, 'LookAtRota');
  if (refusal !== null) return said(refusal.say);
  const attendance = await attendanceNow(engine);
  return {
    kind: 'said',
    view: rotaView({ desk, attendance, at: engine.clock.now(), reader: callerOf(desk, caller) }),
  };
}

const callerOf = (desk: Desk, { party }: Caller): Person | null =>
  party.kind === 'person' ? personOf(desk, party.id) : null;

/** `until tomorrow 9:00`, `2h`, and for a lead `@bob until Monday`. */
const AWAY = /^(?:(.*?)\s*\b(?:until|till|for)\s+)?(.+)$/iu;
const HOW = 'Until when? Write for example `away until tomorrow 9:00` or `away 2h`.';

async function away(engine: Engine, rest: string, caller: Caller): Promise<Answer> {
  const [, whose = '', when = ''] = AWAY.exec(rest) ?? [];
  if (when === '') return said(HOW);
  const person = whoIsMeant(engine, whose, caller);
  if (typeof person === 'string') return said(person);
  const at = engine.clock.now();
  const zone = person.zone ?? engine.desk().zone;
  const until = readWhen(when, { at, zone });
  if (until === null) return said(`“${when.slice(0, 60)}” names no time that lies ahead, within a year. ${HOW}`);
  await amendAttendance(engine.store, at, (kept) => ({
    ...kept,
    away: [...kept.away.filter((one) => one.person !== person.id), { person: person.id, from: at, until }],
  }));
  await nameTurnsAnew(engine);
  return said(await awayWords(engine, person, until, isSelf(person, caller)));
}

/** Whoever types, or for a lead somebody else: people who are ill do not type. */
function whoIsMeant(engine: Engine, typed: string, caller: Caller): Person | string {
  const desk = engine.desk();
  const self = callerOf(desk, caller);
  if (typed === '' && self !== null) return self;
  const found = peopleNamed(desk, typed, caller);
  const [person] = found;
  if (person === undefined || found.length > 1)
    return `“${typed.slice(0, 60)}” is nobody, or not only one person, of the desk. Write the full name, or leave it out for yourself.`;
  if (person.id === self?.id || mayNotOversee(desk, caller.party, 'SayOthersAway') === null) return person;
  return `Only leads and admins say that somebody else is away. ${person.name} can write \`away until …\` themselves.`;
}

const isSelf = (person: Person, { party }: Caller): boolean => party.kind === 'person' && party.id === person.id;

const HELD: readonly Status[] = ['In progress', 'Triaged', 'New'];

async function awayWords(engine: Engine, person: Person, until: Instant, self: boolean): Promise<string> {
  const { cases, total } = await engine.store.list({ statuses: HELD, owner: person.id, offset: 0, limit: 3 });
  const who = self ? 'You are' : `${person.name} is`;
  const back = self ? '`back` ends it earlier.' : '`back` with their name ends it earlier.';
  const first = `${who} away until ${timeText(until, person.zone ?? engine.desk().zone, engine.clock.now())}; new cases go to others. ${back}`;
  if (total === 0) return first;
  const whose = self ? 'yours' : 'theirs';
  const count = total === 1 ? 'One open case stays' : `${total} open cases stay`;
  const others =
    until < later(engine.clock.now(), GONE_MS)
      ? 'For so short a time nobody else is asked.'
      : 'What cannot wait until then is offered in a moment to somebody who is there.';
  return `${first} ${count} ${whose}, due first: ${cases.map(({ ref, title }) => `${ref} ${title}`).join('; ')}. ${others}`;
}

async function back(engine: Engine, rest: string, caller: Caller): Promise<Answer> {
  const person = whoIsMeant(engine, rest, caller);
  if (typeof person === 'string') return said(person);
  const at = engine.clock.now();
  const was = awayUntil(await attendanceNow(engine), person.id, at) !== null;
  const who = isSelf(person, caller) ? 'You are' : `${person.name} is`;
  if (!was) return said(`${who} not away, so nothing changed.`);
  await amendAttendance(engine.store, at, (kept) => ({
    ...kept,
    away: kept.away.filter((one) => one.person !== person.id),
  }));
  const moved = await nameTurnsAnew(engine);
  const waiting =
    moved === 0
      ? 'Nothing was waiting for somebody to come.'
      : `${moved === 1 ? 'One case that waited has' : `${moved} cases that waited have`} found somebody.`;
  return said(`${who} back. ${waiting}`);
}
