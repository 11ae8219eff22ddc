import type { Recorded } from '../../domain/case/events';
import type { Desk } from '../../domain/desk/desk';
import { instant } from '../../domain/ids';
import { inWords } from '../../domain/words';
import { type Line, type Section, text } from '../view';
import { person, time } from './parts';

/** Every hand-over that was accepted, from hand to hand; nothing before the first. */
export function trailOf(journal: readonly Recorded[], desk: Desk): readonly Section[] {
  const line = journal.reduce<Line>((before, { event, at }) => {
    if (event.type !== 'HandoverAccepted') return before;
    const from: Line = before.length > 0 || event.from === null ? before : [person(desk, event.from)];
    return [
      ...from,
      text(from.length > 0 ? ' → ' : ''),
      person(desk, event.owner),
      text(' ('),
      time(at, desk),
      text(')'),
    ];
  }, []);
  return line.length === 0 ? [] : [{ kind: 'lines', lines: [[text('Went from hand to hand: '), ...line]] }];
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** `third hop in 2 days 4 h`: how often ownership was handed on up to that version, and within what time. */
export function hopText(journal: readonly Recorded[], version: number): string {
  const hops = journal.filter((one) => one.version <= version && one.event.type === 'HandoverAccepted');
  const [first, last] = [hops[0]?.at ?? instant(0), hops.at(-1)?.at ?? instant(0)];
  return `${ORDINALS[hops.length - 1] ?? `${hops.length}th`} hop in ${inWords(last - first)}`;
}
