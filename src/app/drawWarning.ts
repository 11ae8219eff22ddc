import type { Case } from '../domain/case/case';
import { type Danger, dangerOf, dangersOf, type Now, subjectOf } from '../domain/case/danger';
import { leadsOf } from '../domain/desk/desk';
import { quietUntil } from '../domain/desk/quiet';
import { type CaseId, instant, type PersonId } from '../domain/ids';
import { alarmsOfStorm, isMostUrgent } from './alarmGate';
import { inPrivate } from './audience';
import type { Engine } from './perform';
import type { Posting } from './ports';
import type { View } from './view';
import { stormView, type WarnedCase } from './views/storm';
import { alarmLine, privateWarningView, warningView } from './views/warning';

const nowOf = (engine: Engine): Now => ({ desk: engine.desk(), at: engine.clock.now() });

/** A warning as it stands now. One that nobody has seen yet and that is over by now is not sent any more. */
export async function drawWarning(engine: Engine, posting: Posting, it: Case): Promise<View | null> {
  const { view, args } = posting.drawing;
  const now = nowOf(engine);
  const about = subjectOf(String(args['about']));
  const danger = about === null ? null : dangerOf(it, await engine.store.journalOf(it.id), about, now);
  if (danger === null || (danger.ended !== null && posting.posted === null)) return null;
  if (view === 'alarm-line') return alarmLine(it, danger, now, toMention(it, danger, now, posting.to.platform));
  return view === 'alarm' ? privateWarningView(it, danger, now, args['person']) : warningView(it, danger, now);
}

/**
 * The leads who are to notice a further mark: each on one platform only, nobody who is told in private already, and nobody
 * in their quiet time unless the most urgent priority was breached.
 */
function toMention(it: Case, { breached }: Danger, { desk, at }: Now, platform: string): readonly PersonId[] {
  const holder = it.holder.kind === 'nobody' ? null : it.holder.person;
  const wakes = breached && isMostUrgent(it, desk);
  return leadsOf(desk)
    .map((lead) => lead.id)
    .filter((lead) => lead !== holder && inPrivate(desk, it, lead)?.platform === platform)
    .filter((lead) => wakes || quietUntil(desk, lead, at) === null);
}

/** Every case of the storm as it stands now; nothing when all of it was over before anybody saw it. */
export async function drawStorm(engine: Engine, { drawing, posted }: Posting): Promise<View | null> {
  const now = nowOf(engine);
  const from = instant(Number(drawing.args['from']));
  const ids = new Set((await alarmsOfStorm(engine, from)).map((alarm) => alarm.stream));
  const found = await Promise.all([...ids].map((id) => warnedCase(engine, id, now)));
  const warned = found.filter((one) => one !== null);
  const over = warned.every(({ dangers }) => dangers.every((danger) => danger.ended !== null));
  return warned.length === 0 || (over && posted === null) ? null : stormView(warned, from, now);
}

async function warnedCase(engine: Engine, id: CaseId, now: Now): Promise<WarnedCase | null> {
  const it = await engine.store.caseById(id);
  return it === null ? null : { it, dangers: dangersOf(it, await engine.store.journalOf(id), now) };
}
