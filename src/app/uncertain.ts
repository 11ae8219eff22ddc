/** What becomes of a message of which nobody can tell whether it arrived. */
import { ownerOf } from '../domain/case/case';
import type { Recorded } from '../domain/case/events';
import type { PersonId } from '../domain/ids';
import { inPrivate, leadsPlaces } from './audience';
import { bucketOf } from './pacing';
import type { Engine } from './perform';
import type { Delivery, Destination, Intent, Posting, Settled } from './ports';
import type { View } from './view';
import { unsureView } from './views/uncertain';

export const MAY_STAND_TWICE = {
  doubt: 'It may stand there twice: nobody could tell whether it had arrived.',
} as const;

/** Words to a client are not said twice without a person. A page, a card or a private word may rather come twice than never. */
export const isToClient = ({ drawing: { view } }: Pick<Posting, 'drawing'>): boolean =>
  view === 'reply' || view === 'resolved';

/** Nothing more is sent by itself; of words to a client the owner is asked. Asked first: a crash in between asks the same again. */
export async function rests(engine: Engine, posting: Posting): Promise<Settled> {
  if (isToClient(posting)) {
    await askAbout(engine, posting);
    return { kind: 'ambiguous', problem: 'Nobody can tell whether this arrived; whoever owns the case was asked.' };
  }
  return {
    kind: 'ambiguous',
    problem: `It was sent ${posting.sends} times, and each time the platform did not say whether it arrived.`,
  };
}

async function askAbout(engine: Engine, posting: Posting): Promise<void> {
  const places = await whoIsAsked(engine, posting);
  await engine.store.want(
    places.map((to) => askIntent(posting, to)),
    { what: 'an uncertain delivery', keys: [] },
    engine.clock.now(),
  );
  engine.nudge();
}

/** The question was answered: where it was asked it says so. */
export async function askedAgain(engine: Engine, delivery: Delivery): Promise<void> {
  if (!isToClient(delivery)) return;
  const asked = (await whoIsAsked(engine, delivery)).map((to) => askIntent(delivery, to));
  const known = await Promise.all(asked.map(({ dedupe }) => engine.store.drawingOf(dedupe)));
  const intents = asked.filter((_, index) => known[index] !== null);
  await engine.store.want(intents, { what: 'an answered question', keys: [] }, engine.clock.now());
}

const askIntent = ({ id, case: it }: Pick<Posting, 'id' | 'case'>, to: Destination): Intent => ({
  kind: 'keep',
  case: it,
  to,
  dedupe: `unsure:${id}:${bucketOf(to)}`,
  drawing: { view: 'unsure', args: { posting: id } },
  urgency: 1,
});

/** The owner, else whoever wrote it, else the leads. */
async function whoIsAsked(engine: Engine, posting: Pick<Posting, 'case' | 'drawing'>): Promise<readonly Destination[]> {
  const it = posting.case === null ? null : await engine.store.caseById(posting.case);
  if (it === null) return leadsPlaces(engine);
  const wrote = (await eventOf(engine, posting))?.by;
  const people: readonly (PersonId | null)[] = [ownerOf(it), wrote?.kind === 'person' ? wrote.id : null];
  const to = people
    .map((person) => (person === null ? null : inPrivate(engine.desk(), it, person)))
    .find((found) => found !== null && engine.surfaces.has(found.platform));
  return to == null ? leadsPlaces(engine) : [to];
}

async function eventOf(
  engine: Engine,
  { case: it, drawing }: Pick<Posting, 'case' | 'drawing'>,
): Promise<Recorded | null> {
  if (it === null) return null;
  return (await engine.store.journalOf(it)).find((one) => one.version === drawing.args['version']) ?? null;
}

/** The question as it stands now: open, or answered and by whom. */
export async function drawUnsure(engine: Engine, { drawing }: Posting): Promise<View | null> {
  const delivery = await engine.store.delivery(String(drawing.args['posting']));
  const it = delivery?.case == null ? null : await engine.store.caseById(delivery.case);
  if (delivery === null || it === null) return null;
  return unsureView({ it, delivery, recorded: await eventOf(engine, delivery) }, engine.desk());
}
