import { type Attendance, awayUntil, backAt, isOnShift } from '../../domain/desk/availability';
import { nameAndBusy } from '../../domain/desk/busy';
import { type Desk, type Person, personOf } from '../../domain/desk/desk';
import { rotaGaps } from '../../domain/desk/gaps';
import { instantOn, localDay } from '../../domain/desk/localDay';
import { type Duty, dutiesAt, dutiesIn } from '../../domain/desk/rota';
import { caseTakers } from '../../domain/desk/shifts';
import { DAY_MS, type Instant, later, type PersonId } from '../../domain/ids';
import { weekdayIndex } from '../../domain/sla/localTime';
import { listed } from '../../domain/words';
import { type Inline, type Line, type Section, strong, text, type View } from '../view';
import { button, plainView, timeText } from './parts';

const WEEK = 7;
const HOLES_NAMED_MAX = 5;

export interface RotaReading {
  readonly desk: Desk;
  readonly attendance: Attendance;
  readonly at: Instant;
  /** Whoever looks; null: somebody who is not of the desk file. */
  readonly reader: Person | null;
}

/** Who triages this week and next, who is there now, and where nobody is: in the reader's own zone. */
export function rotaView(reading: RotaReading): View {
  const { desk, reader } = reading;
  const zone = zoneOf(reading);
  const now = onNow(reading);
  const hasRota = desk.triageRota !== undefined;
  return {
    ...plainView([...now, ...present(reading)].map(words).join(' ').slice(0, 1000)),
    title: [text('Who is on')],
    sections: [
      { kind: 'lines', lines: [...now, ...present(reading)] },
      ...(hasRota ? weeks(reading) : []),
      ...holes(reading),
      ...(hasRota && isTheirs(reading)
        ? [{ kind: 'buttons' as const, buttons: [button('swap', 'Swap a shift', {}, { opensForm: true })] }]
        : []),
    ],
    footer: [
      text(
        `Times in ${zone}${reader?.zone == null ? ', the desk’s zone' : ', your zone'}. \`away until …\` says that you are not there.`,
      ),
    ],
  };
}

const zoneOf = ({ desk, reader }: RotaReading): string => reader?.zone ?? desk.zone;
const nameOf = (desk: Desk, id: PersonId | null): string => (id === null ? 'nobody' : (personOf(desk, id)?.name ?? id));
const words = (line: Line): string => line.map((one) => ('text' in one ? one.text : '')).join('');
const clock = (at: Instant, zone: string): string => timeText(at, zone).slice(-5);

function isTheirs({ desk, attendance, at, reader }: RotaReading): boolean {
  return dutiesIn(desk, attendance.swaps, { from: at, to: later(at, 28 * DAY_MS) }).some(
    (duty) => duty.person === reader?.id,
  );
}

function onNow(reading: RotaReading): readonly Line[] {
  const { desk, attendance, at } = reading;
  if (desk.triageRota === undefined)
    return [[text('The desk file has no triage rota: the members of the first level triage, one after the other.')]];
  const zone = zoneOf(reading);
  const [duty] = dutiesAt(desk, attendance.swaps, at).filter(
    ({ person }) => person !== null && awayUntil(attendance, person, at) === null,
  );
  const next = dutiesIn(desk, attendance.swaps, { from: at, to: later(at, 14 * DAY_MS) }).find(
    (one) => one.from > at && one.person !== null,
  );
  const then: readonly Inline[] =
    next === undefined
      ? []
      : [text(` Next: ${nameOf(desk, next.person)} (${next.shift}), ${timeText(next.from, zone)}.`)];
  if (duty === undefined) return [[strong('Nobody triages now'), text(': what comes in goes to the leads.'), ...then]];
  const until = ` triages now (${duty.shift}), until ${timeText(duty.to, zone)}.`;
  return [[strong(nameOf(desk, duty.person)), text(until), ...then]];
}

/** Everybody who takes cases: who is there, and who is not and when they are back. */
function present(reading: RotaReading): readonly Line[] {
  const { desk, attendance, at } = reading;
  const plan = { desk, attendance };
  const there = caseTakers(desk).filter(({ id }) => isOnShift(plan, id, at));
  const gone = caseTakers(desk).filter(({ id }) => !isOnShift(plan, id, at));
  const back = ({ id, name }: Person): string => {
    const when = backAt(plan, id, at);
    const why = awayUntil(attendance, id, at) === null ? '' : 'away, ';
    return `${name} (${why}back ${when === null ? 'at no time that is known' : timeText(when, zoneOf(reading), at)})`;
  };
  return [
    [
      text(
        `On shift: ${listed(there.map((one) => nameAndBusy(one, attendance, { desk: { ...desk, zone: zoneOf(reading) }, at })))}.`,
      ),
    ],
    ...(gone.length === 0 ? [] : [[text(`Not there: ${listed(gone.map(back))}.`)]]),
  ];
}

function weeks(reading: RotaReading): readonly Section[] {
  const zone = zoneOf(reading);
  const today = localDay(zone, reading.at);
  const monday = today - weekdayIndex(today);
  return [
    { kind: 'heading', text: 'This week' },
    { kind: 'lines', lines: week(reading, monday) },
    { kind: 'heading', text: 'Next week' },
    { kind: 'lines', lines: week(reading, monday + WEEK) },
  ];
}

function week(reading: RotaReading, monday: number): readonly Line[] {
  const { desk, attendance } = reading;
  const zone = zoneOf(reading);
  const span = { from: instantOn(zone, monday, 0), to: instantOn(zone, monday + WEEK, 0) };
  const duties = dutiesIn(desk, attendance.swaps, span).filter((duty) => duty.from >= span.from);
  const days = [...new Set(duties.map((duty) => localDay(zone, duty.from)))];
  if (days.length === 0) return [[text('Nobody is named.')]];
  return days.map((day) =>
    dayLine(
      reading,
      duties.filter((duty) => localDay(zone, duty.from) === day),
    ),
  );
}

function dayLine(reading: RotaReading, duties: readonly Duty[]): Line {
  const { desk, reader, at } = reading;
  const zone = zoneOf(reading);
  const day = timeText(duties[0]?.from ?? at, zone).slice(0, -7);
  return [
    text(`${day}: `),
    ...duties.flatMap((duty, index): Line => {
      const name = nameOf(desk, duty.person);
      const swapped = duty.insteadOf === null ? '' : ` for ${nameOf(desk, duty.insteadOf)}`;
      const isNow = duty.from <= at && at < duty.to;
      return [
        text(`${index === 0 ? '' : ' · '}${clock(duty.from, zone)}–${clock(duty.to, zone)} `),
        duty.person === reader?.id ? strong(name) : text(name),
        text(`${swapped} (${duty.shift})${isNow ? ' ◂ now' : ''}`),
      ];
    }),
  ];
}

/** Hours of the desk that the rota leaves open. */
function holes(reading: RotaReading): readonly Section[] {
  const { desk, attendance, at } = reading;
  const zone = zoneOf(reading);
  const gaps = rotaGaps(desk, attendance.swaps, at);
  if (gaps.length === 0) return [];
  const named = gaps.slice(0, HOLES_NAMED_MAX).map((gap) => `${timeText(gap.from, zone)} to ${timeText(gap.to, zone)}`);
  const more = gaps.length > named.length ? ` and ${gaps.length - named.length} more` : '';
  return [
    {
      kind: 'lines',
      lines: [[strong('Nobody is named'), text(`: ${named.join('; ')}${more}. What comes in then goes to the leads.`)]],
    },
  ];
}
