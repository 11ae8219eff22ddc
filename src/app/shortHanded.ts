/** Whether everything that is due can be done in time, told to the leads while there is time to do something about it. */
import { type Forecast, forecast, type Missed } from '../domain/capacity/forecast';
import { calendarOf } from '../domain/desk/desk';
import { dateOf, localDay } from '../domain/desk/localDay';
import { isOpen } from '../domain/sla/walk';
import { leadsPlaces } from './audience';
import type { HandlingNow } from './handling';
import { openCases } from './openCases';
import type { Engine } from './perform';
import type { Destination, Intent } from './ports';

/** How many a card names; the rest are counted. */
export const NAMED_MAX = 8;

/** One card a level, day and place, kept up to date: it names what will be missed, and says so when the danger is over. */
export async function tellShortHanded(engine: Engine, handling: HandlingNow): Promise<void> {
  const desk = engine.desk();
  const at = engine.clock.now();
  if (desk.levels.length === 0 || !isOpen(calendarOf(desk, 'desk'), at)) return;
  const { missed } = await forecastNow(engine, handling);
  const intents: Intent[] = [];
  for (const level of desk.levels) {
    const ofLevel = missed.filter((one) => one.level === level.name);
    for (const to of leadsPlaces(engine)) {
      const intent = cardOf(engine, level.name, ofLevel, to);
      if (await isNews(engine, intent)) intents.push(intent);
    }
  }
  if (intents.length === 0) return;
  await engine.store.want(intents, { what: 'due list', keys: [] }, at);
  engine.nudge();
}

/** What will be missed, by the desk, the open cases and the clock as they are now. */
export async function forecastNow(
  engine: Pick<Engine, 'store' | 'desk' | 'clock'>,
  handling: HandlingNow,
): Promise<Forecast> {
  const known = { desk: engine.desk(), handling: await handling(engine), at: engine.clock.now() };
  return forecast(await openCases(engine), known);
}

function cardOf(engine: Engine, level: string, missed: readonly Missed[], to: Destination): Intent {
  const { zone } = engine.desk();
  const where = to.kind === 'person' ? to.user : to.channel;
  return {
    kind: 'keep',
    case: null,
    to,
    dedupe: `short-handed:${dateOf(localDay(zone, engine.clock.now()))}:${to.platform}:${where}:${level}`,
    drawing: {
      view: 'short-handed',
      args: { level, total: missed.length, missed: JSON.stringify(missed.slice(0, NAMED_MAX)) },
    },
    urgency: 1,
  };
}

/** Something else than the card says already; nothing at all to tell is no news where there is no card. */
async function isNews({ store }: Engine, { dedupe, drawing }: Intent): Promise<boolean> {
  const told = await store.drawingOf(dedupe);
  if (told === null) return drawing.args['total'] !== 0;
  return gist(told.args) !== gist(drawing.args);
}

/** What a card says, without the minute at which each case would be done: that moves all the time. */
const gist = ({ total, missed }: Intent['drawing']['args']): string =>
  JSON.stringify([total, missedOf(missed).map(({ case: id, to, by }) => [id, to, by])]);

/** The cases that a card was made with. Written by `cardOf` and read back as what it was. */
export const missedOf = (words: string | number | null | undefined): readonly Missed[] =>
  JSON.parse(String(words ?? '[]')) as readonly Missed[];
