/** Swapping a triage shift: ask a colleague, and their answer. */
import { refuse } from '../../domain/case/refusals';
import { type Attendance, awayUntil } from '../../domain/desk/availability';
import { type Desk, type Person, personOf } from '../../domain/desk/desk';
import { localDay } from '../../domain/desk/localDay';
import { mayNotOversee } from '../../domain/desk/roles';
import { type Duty, dutiesIn } from '../../domain/desk/rota';
import { DAY_MS, later, type PersonId, personId } from '../../domain/ids';
import { readWhen } from '../../inputs/when';
import { type AskedSwap, amendAttendance, attendanceNow, keptAttendance } from '../attendance';
import { nameTurnsAnew } from '../nameTurns';
import type { Engine } from '../perform';
import { sayOfSwap } from '../swap';
import type { Answer } from '../view';
import { timeText } from '../views/parts';
import { swapForm } from '../views/swap';
import { said } from './find';
import { peopleNamed } from './people';
import type { Submitted } from './submit';
import type { Caller } from './types';

/** Shifts further ahead are nobody's yet in people's minds. */
const AHEAD_MS = 28 * DAY_MS;
const OFFERED_MAX = 20;
const HOW = 'Write `swap @colleague` for your next shift, or `swap Friday @colleague`.';
const SWAP = /^(?:(.*?)\s*)??(?:\bwith\s+|(?=<?@))(.+)$/iu;

const meOf = (desk: Desk, { party }: Caller): Person | null =>
  party.kind === 'person' && mayNotOversee(desk, party, 'SwapShift') === null ? personOf(desk, party.id) : null;

/** The shifts that are mine from now on, as agreed so far. */
function myShifts(engine: Engine, { swaps }: Attendance, me: PersonId): readonly Duty[] {
  const at = engine.clock.now();
  const all = dutiesIn(engine.desk(), swaps, { from: at, to: later(at, AHEAD_MS) });
  return all.filter((duty) => duty.person === me);
}

export async function swapLine(engine: Engine, rest: string, caller: Caller): Promise<Answer> {
  if (rest === '') return caller.forms === false ? said(HOW) : askSwap(engine, caller);
  const desk = engine.desk();
  const me = meOf(desk, caller);
  if (me === null) return said(refuse('not-of-the-desk').say);
  const [, when = '', typed = ''] = SWAP.exec(rest) ?? [rest, '', rest];
  const found = peopleNamed(desk, typed, caller);
  const [colleague] = found;
  if (colleague === undefined || found.length > 1)
    return said(`“${typed.slice(0, 60)}” is nobody, or not only one person, of the desk. ${HOW}`);
  const mine = myShifts(engine, await attendanceNow(engine), me.id);
  const duty = when === '' ? mine[0] : shiftOn(engine, mine, when, me);
  if (duty === undefined)
    return said(
      `You have no triage shift ${when === '' ? 'in the next four weeks' : `on “${when.slice(0, 40)}”`}. \`rota\` shows who has which.`,
    );
  return propose(engine, { me, duty, colleague }, caller);
}

function shiftOn(engine: Engine, mine: readonly Duty[], when: string, me: Person): Duty | undefined {
  const zone = me.zone ?? engine.desk().zone;
  const at = engine.clock.now();
  const named = readWhen(when, { at, zone });
  const day = named === null ? (/^today$/iu.test(when) ? localDay(zone, at) : null) : localDay(zone, named);
  return mine.find((duty) => localDay(zone, duty.from) === day);
}

/** The form: which of my shifts, and who. */
export async function askSwap(engine: Engine, caller: Caller): Promise<Answer> {
  const desk = engine.desk();
  const me = meOf(desk, caller);
  if (me === null) return said(refuse('not-of-the-desk').say);
  const mine = myShifts(engine, await attendanceNow(engine), me.id);
  if (mine.length === 0) return said('You have no triage shift in the next four weeks. `rota` shows who has which.');
  const others = desk.people.filter(({ id, role }) => id !== me.id && role !== 'viewer');
  return { kind: 'form', form: swapForm(mine.slice(0, OFFERED_MAX), others.slice(0, 100), me.zone ?? desk.zone) };
}

export async function submitSwap(engine: Engine, { values }: Submitted, caller: Caller): Promise<Answer> {
  const desk = engine.desk();
  const me = meOf(desk, caller);
  if (me === null) return { kind: 'errors', fields: { '': refuse('not-of-the-desk').say } };
  const mine = myShifts(engine, await attendanceNow(engine), me.id);
  const duty = mine.find(({ from }) => String(from) === values['shift']);
  const colleague = personOf(desk, personId(values['person'] ?? ''));
  if (duty === undefined)
    return { kind: 'errors', fields: { shift: 'That shift is not yours any more; choose another.' } };
  if (colleague === null) return { kind: 'errors', fields: { person: 'Choose a colleague.' } };
  return propose(engine, { me, duty, colleague }, caller);
}

interface Proposed {
  readonly me: Person;
  readonly duty: Duty;
  readonly colleague: Person;
}

async function propose(engine: Engine, { me, duty, colleague }: Proposed, caller: Caller): Promise<Answer> {
  const desk = engine.desk();
  const at = engine.clock.now();
  const no = cannot(desk, await attendanceNow(engine), { me, duty, colleague });
  if (no !== null) return said(no);
  const { shift, date, from: begins } = duty;
  const swap: AskedSwap = {
    id: `${begins}-${at}-${me.id}-${colleague.id}`,
    shift,
    date,
    from: me.id,
    to: colleague.id,
    state: 'asked',
    at,
    begins,
  };
  await amendAttendance(engine.store, at, (kept) => ({
    ...kept,
    // Somebody else was asked before: whoever answers last would decide, so only the last question counts.
    swaps: [...kept.swaps.filter((one) => one.state !== 'asked' || one.shift !== shift || one.date !== date), swap],
  }));
  await sayOfSwap(engine, swap, caller.cause.keys);
  return said(
    `${colleague.name} is asked to do ${shift} on ${timeText(begins, me.zone ?? desk.zone)}. Until they accept it stays yours.`,
  );
}

function cannot(desk: Desk, attendance: Attendance, { me, duty, colleague }: Proposed): string | null {
  if (colleague.id === me.id) return 'That shift is yours already: choose a colleague to swap it with.';
  if (colleague.role === 'viewer')
    return `${colleague.name} only looks at cases (their role is viewer). Choose somebody who works them.`;
  const gone = awayUntil(attendance, colleague.id, duty.from);
  if (gone !== null) return `${colleague.name} is away then. Choose somebody else.`;
  const theirs = dutiesIn(desk, attendance.swaps, duty).find((one) => one.person === colleague.id);
  return theirs === undefined
    ? null
    : `${colleague.name} has a shift of their own then (${theirs.shift}). Choose somebody else.`;
}

/** Accept or Decline; only the colleague who was asked, and only while the shift is still the asker's. */
export async function answerSwap(
  engine: Engine,
  { id, yes }: { readonly id: string; readonly yes: boolean },
  caller: Caller,
): Promise<Answer> {
  const desk = engine.desk();
  const at = engine.clock.now();
  const me = meOf(desk, caller);
  const { swaps } = await keptAttendance(engine.store);
  const asked = swaps.find((one) => one.id === id);
  if (asked === undefined)
    return said('This question is no longer open: somebody else was asked since, or the shift is over.');
  const from = personOf(desk, asked.from)?.name ?? asked.from;
  if (me === null || me.id !== asked.to)
    return said(`Only ${personOf(desk, asked.to)?.name ?? asked.to} can answer this.`);
  const duty = myShifts(engine, await attendanceNow(engine), asked.from).find(
    (one) => one.shift === asked.shift && one.date === asked.date,
  );
  if (asked.state === 'asked' && duty === undefined)
    return said(`That shift is not ${from}’s any more, or it is over, so nothing changed.`);
  let answered: AskedSwap | null = null;
  await amendAttendance(engine.store, at, (kept) => {
    const open = kept.swaps.find((one) => one.id === id && one.state === 'asked');
    answered = open === undefined ? null : { ...open, state: yes ? 'agreed' : 'declined' };
    const done: AskedSwap | null = answered;
    return done === null ? null : { ...kept, swaps: kept.swaps.map((one) => (one.id === id ? done : one)) };
  });
  if (answered === null)
    return said(`You have answered this already: ${asked.state === 'agreed' ? 'you do the shift' : 'you declined'}.`);
  await sayOfSwap(engine, answered, caller.cause.keys);
  await nameTurnsAnew(engine);
  return { kind: 'done' };
}
