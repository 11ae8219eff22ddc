import type { Case } from '../../domain/case/case';
import { durationMs, readDuration } from '../../domain/durations';
import { meanOpenDayMs } from '../../domain/sla/calendar';
import type { ClockName } from '../../domain/sla/clock';
import { termsOf } from '../../domain/sla/terms';
import type { Engine } from '../perform';
import type { Answer } from '../view';
import { actInWords } from './act';
import { said } from './find';
import type { Caller } from './types';

const CLOCKS: readonly (readonly [RegExp, ClockName])[] = [
  [/^triage\b/iu, 'triage'],
  [/^(first[ _-]?response|response)\b/iu, 'first_response'],
  [/^next[ _-]?response\b/iu, 'next_response'],
  [/^updates?([ _-]?every)?\b/iu, 'update'],
  [/^(resolution|solution)\b/iu, 'resolution'],
];

/** `target REF resolution 6h`: a target for this very case; `target REF resolution` alone goes back to the desk's. */
export async function targetLine(engine: Engine, it: Case, rest: string, caller: Caller): Promise<Answer> {
  const named = CLOCKS.find(([form]) => form.test(rest));
  if (named === undefined)
    return said(
      `Which clock, and how long? Write for example \`target ${it.ref} resolution 6h\`. The clocks: triage, first response, next response, update, resolution.`,
    );
  const [form, clock] = named;
  const written = rest.replace(form, '').trim();
  if (written === '') return actInWords(engine, it, { kind: 'SetTarget', clock, targetMs: null }, caller);
  const read = readDuration(written);
  if (typeof read === 'string') return said(`${read}.`);
  const dayMs = meanOpenDayMs(termsOf(clock, it, engine.desk()).calendar);
  return actInWords(engine, it, { kind: 'SetTarget', clock, targetMs: durationMs(read, dayMs) }, caller);
}
