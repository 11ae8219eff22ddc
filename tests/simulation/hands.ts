/** A node's hands on a platform: each call may fail in every way that platforms were seen to fail in. */
import { pacesOf as slackPaces } from '../../adapters/slack/pace';
import { pacesOf as teamsPaces } from '../../adapters/teams/pace';
import { type Surface, SurfaceFailure } from '../../src/app/ports';
import type { Place } from '../../src/domain/case/case';
import { SECOND_MS } from '../../src/domain/ids';
import { CALL_TIMEOUT_MS } from './weather';
import { type Call, call, count, type Ground, type Life } from './wire';
import type { Witness } from './witness';
import { channelOf, type World } from './world';

type Trouble = keyof Ground['weather']['calls'] | 'none';
type Fate = Pick<Call<unknown>, 'fails' | 'beforeMs' | 'afterMs'>;

const PACES: Readonly<Record<string, NonNullable<Surface['paces']>>> = { slack: slackPaces, teams: teamsPaces };

const ambiguous = (problem: string): Error => new SurfaceFailure('ambiguous', problem);

export interface Outside {
  readonly ground: Ground;
  readonly world: World;
  readonly witness: Witness;
}

export function handsOn(platform: string, life: Life, { ground, world, witness }: Outside): Surface {
  const { dice, stage } = ground;
  const reach = <T>(what: string, channel: string, effect: () => T): Promise<T> => {
    const key = `${platform}|${channel}`;
    const limits = world.patienceUntil;
    const trouble = troubleOf(ground);
    const fate = fateOf(ground, trouble);
    if (trouble !== 'none') count(ground, trouble);
    witness.called(life, key);
    const answer = call<T>(ground, life, {
      what: `${platform}.${what}`,
      ...fate,
      effect: () => {
        const until = limits.get(key) ?? 0;
        if (until > stage.now()) throw new SurfaceFailure('slow-down', '429', until - stage.now());
        if (world.archived.has(key)) throw new SurfaceFailure('refused', 'is_archived');
        const asksForPatience =
          fate.fails?.problem instanceof SurfaceFailure && fate.fails.problem.kind === 'slow-down';
        if (asksForPatience) {
          const patience = dice.between(1, 120) * SECOND_MS;
          limits.set(key, stage.now() + patience);
          throw new SurfaceFailure('slow-down', '429', patience);
        }
        return effect();
      },
    });
    return answer.catch((problem: unknown) => {
      const isPatience = problem instanceof SurfaceFailure && problem.kind === 'slow-down';
      if (isPatience) witness.toldToWait(life, key, stage.now() + (problem.retryAfterMs ?? 0));
      throw problem;
    });
  };
  return {
    platform,
    post: (to, view, { id }) =>
      reach('post', channelOf(to), () => {
        const place = world.post(to, view, { id, showsAfter: dice.between(0, 2 * SECOND_MS) });
        stage.note(`${life.node} ${platform} post ${place.channel} ${place.message} ${view.summary}`);
        return place;
      }),
    update: (at, _, view) =>
      reach('update', at.channel, () => {
        if (!world.update(at, view)) throw new SurfaceFailure('gone', 'message_not_found');
        stage.note(`${life.node} ${platform} update ${at.channel} ${at.message} ${view.summary}`);
      }),
    find: (to, { id }) => reach<Place | 'absent' | 'unknown'>('find', channelOf(to), () => world.find(to, id)),
    ...(PACES[platform] && { paces: PACES[platform] }),
    read: (place) => reach('read', place.channel, () => world.read(place)),
  };
}

function troubleOf({ dice, weather: { calls } }: Ground): Trouble {
  let left = dice.roll();
  for (const [trouble, share] of Object.entries(calls)) {
    left -= share;
    if (left < 0) return trouble as Trouble;
  }
  return 'none';
}

function fateOf({ dice }: Ground, trouble: Trouble): Fate {
  const beforeMs = dice.between(20, 300);
  const quick = { beforeMs, afterMs: dice.between(10, 200) };
  const timesOut = { beforeMs, afterMs: CALL_TIMEOUT_MS - beforeMs };
  switch (trouble) {
    case 'none':
      return quick;
    case 'slow':
      return { beforeMs: dice.between(200, 8500), afterMs: dice.between(20, 1000) };
    case 'notSent':
      return { ...quick, fails: { problem: new SurfaceFailure('not-sent', 'ECONNREFUSED'), happens: false } };
    case 'timeoutBefore':
      return { ...timesOut, fails: { problem: ambiguous('timeout'), happens: false } };
    case 'timeoutAfter':
      return { ...timesOut, fails: { problem: ambiguous('timeout'), happens: true } };
    case 'resetAfter':
      return { ...quick, fails: { problem: ambiguous('ECONNRESET'), happens: true } };
    case 'serverErrorBefore':
      return { ...quick, fails: { problem: ambiguous('503'), happens: false } };
    case 'serverErrorAfter':
      return { ...quick, fails: { problem: ambiguous('500'), happens: true } };
    case 'slowDown':
      return { ...quick, fails: { problem: new SurfaceFailure('slow-down', '429', SECOND_MS), happens: true } };
  }
}
