/** Coverage, looked at every morning and after each edit of the desk file; the leads hear of what is wrong and was not before. */
import { createHash } from 'node:crypto';
import { coverageFlaws, type Flaw, keysOf, newFlaws } from '../domain/desk/coverage';
import { dateOf, localDay } from '../domain/desk/localDay';
import { leadsPlaces } from './audience';
import type { Engine } from './perform';

const MEMORY = 'coverage';

/** Tells the leads what is newly wrong, once whatever the number of processes; remembers what is wrong now. */
export async function lookAtCoverage(engine: Engine): Promise<void> {
  const at = engine.clock.now();
  const known = readKeys(await engine.store.recall(MEMORY));
  const { flaws, unasked } = await flawsNow(engine);
  const fresh = newFlaws(flaws, known);
  if (fresh.length > 0) {
    const day = dateOf(localDay(engine.desk().zone, at));
    const name = `coverage:${day}:${createHash('sha256')
      .update(JSON.stringify(keysOf(fresh)))
      .digest('hex')
      .slice(0, 16)}`;
    const intents = leadsPlaces(engine).map((to) => ({
      kind: 'post' as const,
      case: null,
      to,
      dedupe: `${name}:${to.platform}:${to.kind === 'person' ? to.user : to.channel}`,
      drawing: { view: 'coverage' as const, args: { says: JSON.stringify(fresh.map((one) => one.say)) } },
      urgency: 2 as const,
    }));
    await engine.store.want(intents, { what: 'coverage', keys: [name] }, at);
    engine.nudge();
  }
  // What a platform that does not answer has said before is not forgotten, or it would be news once it answers again.
  const kept = known.filter((key) => unasked.some((platform) => key.startsWith(`${platform}:`)));
  const now = [...new Set([...keysOf(flaws.filter((one) => one.weight === 'broken')), ...kept])].sort();
  if (JSON.stringify(now) !== JSON.stringify(known)) await engine.store.remember(MEMORY, JSON.stringify(now));
}

interface Looked {
  readonly flaws: readonly Flaw[];
  /** Platforms that could not be asked. */
  readonly unasked: readonly string[];
}

async function flawsNow(engine: Engine): Promise<Looked> {
  const desk = engine.desk();
  const flaws = [...coverageFlaws(desk, engine.clock.now(), [...engine.surfaces.keys()])];
  const unasked: string[] = [];
  for (const [platform, surface] of engine.surfaces) {
    try {
      const lost = (await surface.lost?.(desk)) ?? [];
      flaws.push(...lost.map(({ what, say }): Flaw => ({ keys: [`${platform}:${what}`], say, weight: 'broken' })));
    } catch (error) {
      unasked.push(platform);
      engine.troubled(`${platform} could not be asked who and what of the desk file is still there`, error);
    }
  }
  return { flaws, unasked };
}

/** Written by this file, sorted. */
const readKeys = (words: string | null): readonly string[] => (words === null ? [] : (JSON.parse(words) as string[]));
