/** What people do in the emulated Slack meanwhile, at a steady pace, and what must have come of it in the end. */
import type { SlackWorld } from '../../adapters/sandbox/slack';
import type { SlackAct } from '../../adapters/sandbox/slack/protocol';
import { wordsOn } from '../../adapters/sandbox/slack/reading';

export const SUPPORT = 'C0SUPPORT';

/** A message that somebody made a case of, and what was done to it since. */
export interface Fault {
  readonly ts: string;
  triaged: boolean;
  taken: boolean;
  words: number;
}

export interface Traffic {
  readonly faults: readonly Fault[];
  readonly said: () => number;
  readonly acts: () => number;
  /** Goes on at so many acts a second; returns what stops it. */
  run(perSecond: number): () => void;
  /** The faults of which Slack shows a case: only these are acted upon further. */
  catchUp(): void;
}

const BETWEEN = 5;
/** Slack takes one message a second and channel: more cases than are shown meanwhile would only wait. */
const UNCONFIRMED_MAX = 20;

export function createTraffic(slack: SlackWorld): Traffic {
  const faults: Fault[] = [];
  const followUps: (() => Promise<unknown>)[] = [];
  const followed = new Set<Fault>();
  const waiting: string[] = [];
  let acts = 0;
  let said = 0;

  const act = async (what: SlackAct): Promise<string> => {
    const done = await slack.act(what);
    if (!done.ok) throw new Error(`${what.act}: ${done.error}`);
    return done.ts ?? '';
  };
  const react = (user: string, ts: string, name: string) => act({ act: 'react', user, channel: SUPPORT, ts, name });
  const word = (fault: Fault): Promise<string> => {
    fault.words += 1;
    return act({ act: 'say', user: 'U0RAVI', channel: SUPPORT, thread_ts: fault.ts, text: `Word on ${fault.ts}` });
  };
  const next = async (): Promise<void> => {
    acts += 1;
    const followUp = acts % 2 === 0 ? followUps.shift() : undefined;
    if (followUp !== undefined) return void (await followUp());
    // The emoji comes some acts after the message, so that the offer is on its way by then.
    const wordOn = [...followed][acts % Math.max(1, followed.size)];
    if (faults.length - followed.size > UNCONFIRMED_MAX) return void (wordOn && (await word(wordOn)));
    if (waiting.length > BETWEEN) {
      const ts = waiting.shift() ?? '';
      faults.push({ ts, triaged: false, taken: false, words: 0 });
      return void (await react('U0ALICE', ts, 'ticket'));
    }
    said += 1;
    waiting.push(await act({ act: 'say', user: 'U0RAVI', channel: SUPPORT, text: `Fault ${said} of the line` }));
  };
  const follow = (fault: Fault): void => {
    followUps.push(
      () => {
        fault.triaged = true;
        return react('U0ALICE', fault.ts, 'red_circle');
      },
      () => {
        fault.taken = true;
        return react('U0BOB', fault.ts, 'eyes');
      },
      () => word(fault),
    );
  };
  return {
    faults,
    said: () => said,
    acts: () => acts,
    run: (perSecond) => {
      const timer = setInterval(() => void next(), 1000 / perSecond);
      return () => clearInterval(timer);
    },
    catchUp: () => {
      const threads = new Set(confirmedIn(slack));
      for (const fault of faults) {
        if (!threads.has(fault.ts) || followed.has(fault)) continue;
        followed.add(fault);
        follow(fault);
      }
    },
  };
}

/** The threads that hold a confirmation, once for each. */
export const confirmedIn = (slack: SlackWorld): readonly string[] =>
  slack
    .snapshot()
    .messages.filter((one) => one.thread_ts !== undefined && wordsOn(one).includes('is open:'))
    .map((one) => one.thread_ts ?? '');
