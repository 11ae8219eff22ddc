/** What people do reaches Baton as platforms bring it: late, more than once, under new names, again after no answer. */
import type { Caller, Doors } from '../../src/app/doors';
import type { Answer } from '../../src/app/view';
import type { Party, Place } from '../../src/domain/case/case';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import type { Crew } from './crew';
import type { Ground } from './wire';

/** One thing that somebody does. */
export interface Act {
  readonly name: string;
  readonly by: Party;
  readonly platform: string;
  readonly place: Place | null;
  readonly how?: Pick<Caller, 'forms' | 'spoken'>;
  readonly door: (doors: Doors, caller: Caller) => Promise<Answer | undefined>;
  /** Once, when Baton has answered for the first time. */
  readonly answered?: (answer: Answer | undefined) => void;
}

/** An act with what became of it. */
export interface Sent {
  readonly act: Act;
  /** The cause that journals and receipts know it by. */
  readonly what: string;
  /** How often it was answered, that is acknowledged. */
  answers: number;
  first: Answer | undefined;
}

/** Slack asks again at once, after a minute and after five; a request is given up after three seconds. */
const AGAIN_AFTER_MS = [SECOND_MS, MINUTE_MS, 5 * MINUTE_MS];
const PATIENCE_MS = 3 * SECOND_MS;
const LATE_MAX_MS = 6 * MINUTE_MS;
const REPEATS_MAX = 10;

export interface Inbound {
  readonly sent: readonly Sent[];
  send(act: Act): Sent;
}

export function createInbound(ground: Ground, crew: () => Crew): Inbound {
  const { stage, dice } = ground;
  const sent: Sent[] = [];

  const bring = (it: Sent, event: number, tries: number): void => {
    const node = crew().up().length === 0 ? null : dice.pick(crew().up());
    let settled = false;
    const failed = (): void => {
      const wait = AGAIN_AFTER_MS[tries];
      if (settled || wait === undefined) return;
      settled = true;
      stage.at(stage.now() + wait, () => bring(it, event, tries + 1));
    };
    if (node === null) {
      failed();
      return;
    }
    const caller: Caller = {
      party: it.act.by,
      platform: it.act.platform,
      place: it.act.place,
      cause: { what: it.what, keys: [`event ${it.what} ${event}`, `natural ${it.what}`] },
      ...it.act.how,
    };
    stage.note(`${node.node} hears ${it.what} (${event}.${tries})`);
    it.act.door(node.doors, caller).then(
      (answer) => {
        settled = true;
        it.answers += 1;
        stage.note(`${node.node} answers ${it.what}: ${answer?.kind ?? 'nothing'}`);
        if (it.answers > 1) return;
        it.first = answer;
        it.act.answered?.(answer);
      },
      () => failed(),
    );
    stage.at(stage.now() + PATIENCE_MS, failed);
  };

  return {
    sent,
    send: (act) => {
      const it: Sent = { act, what: `sim ${act.name} ${sent.length + 1}`, answers: 0, first: undefined };
      sent.push(it);
      const { weather } = ground;
      const lag = dice.chance(weather.late) ? dice.between(SECOND_MS, LATE_MAX_MS) : dice.between(50, 500);
      const times = dice.chance(weather.repeated) ? dice.between(1, REPEATS_MAX) : 0;
      stage.at(stage.now() + lag, () => bring(it, 0, 0));
      for (let event = 1; event <= times; event += 1) {
        const sameEvent = dice.chance(0.5);
        const after = dice.chance(0.5) ? dice.between(1, 2 * SECOND_MS) : dice.between(1, LATE_MAX_MS);
        stage.at(stage.now() + after, () => bring(it, sameEvent ? 0 : event, AGAIN_AFTER_MS.length));
      }
      return it;
    },
  };
}
