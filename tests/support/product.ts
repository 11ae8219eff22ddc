/** The product as `npm start` runs it, in this process, with both emulated platforms, driven as people would. */

import type { SlackWorld } from '../../adapters/sandbox/slack';
import type { SlackEntry, SlackMessage, SlackView } from '../../adapters/sandbox/slack/protocol';
import { elementNames, entriesOf, placeOfMessage, pressOf, wordsOn } from '../../adapters/sandbox/slack/reading';
import type { Json, JsonObject, TeamsActResult, TeamsMessage } from '../../adapters/sandbox/teams/protocol';
import type { TeamsWorld } from '../../adapters/sandbox/teams/world';
import { type Running, startBaton } from '../../src/main';

export interface Product {
  readonly running: Running;
  readonly url: string;
  readonly slack: SlackWorld;
  readonly teams: TeamsWorld;
  push(ms: number): void;
  stop(): Promise<void>;
}

export async function startProduct(env: NodeJS.ProcessEnv = {}): Promise<Product> {
  const running = await startBaton({ PORT: '0', LOG_LEVEL: 'silent', ...env });
  const { sandbox } = running;
  if (sandbox === null) throw new Error('a platform is configured, so there is no sandbox to drive');
  return {
    running,
    url: running.url,
    slack: sandbox.slack,
    teams: sandbox.teams,
    push: (ms) => void sandbox.clock.push(ms),
    stop: () => running.stop(),
  };
}

/** Waits until one of the worlds has come to hold what is looked for; says what it waited for when it never does. */
export function eventually<Found>(
  product: Product,
  what: string,
  look: () => Found | undefined | null | false,
  withinMs = 30_000,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const offs: (() => void)[] = [];
    const end = (act: () => void): void => {
      clearTimeout(timer);
      for (const off of offs) off();
      act();
    };
    const check = (): void => {
      const found = look();
      if (found !== undefined && found !== null && found !== false) end(() => resolve(found));
    };
    const timer = setTimeout(() => end(() => reject(new Error(`never came: ${what}`))), withinMs);
    offs.push(product.slack.onChange(check), product.teams.onChange(check));
    check();
  });
}

/** Somebody in Slack, by user id. */
export class SlackPerson {
  constructor(
    private readonly product: Product,
    readonly id: string,
  ) {}

  private get world(): SlackWorld {
    return this.product.slack;
  }

  messages(words: string, channel?: string): SlackMessage[] {
    const mine = (one: SlackMessage): boolean => one.ephemeral_to === undefined || one.ephemeral_to === this.id;
    return this.world
      .snapshot()
      .messages.filter(
        (one) => mine(one) && (channel === undefined || one.channel === channel) && wordsOn(one).includes(words),
      );
  }

  sees(words: string, channel?: string): Promise<SlackMessage> {
    return eventually(this.product, `${this.id} sees “${words}” in ${channel ?? 'any channel'}`, () =>
      this.messages(words, channel).at(-1),
    );
  }

  /** The live card of a case in #triage, once it holds these words. */
  card(ref: string, ...words: string[]): Promise<SlackMessage> {
    return eventually(this.product, `the card of ${ref} with ${words.join(', ')}`, () =>
      this.world
        .snapshot()
        .messages.filter(
          (one) =>
            one.channel === 'C0TRIAGE' &&
            wordsOn(one).includes(`${ref} · `) &&
            !/Hand-over|at risk|breached/.test(wordsOn(one).split('\n').slice(0, 2).join(' ')),
        )
        .find((one) => words.every((word) => wordsOn(one).includes(word))),
    );
  }

  async says(text: string, channel: string, thread?: string): Promise<string> {
    const said = await this.world.act({
      act: 'say',
      user: this.id,
      channel,
      text,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    });
    if (!said.ok || said.ts === undefined) throw new Error(JSON.stringify(said));
    return said.ts;
  }

  /** Files without a word; done when Baton has heard of them. */
  async sends(files: string[], channel: string, thread?: string): Promise<string> {
    const at = { channel, ...(thread === undefined ? {} : { thread_ts: thread }) };
    const said = await this.world.act({ act: 'say', user: this.id, text: '', files, ...at });
    if (!said.ok || said.ts === undefined) throw new Error(JSON.stringify(said));
    await this.world.settled();
    return said.ts;
  }

  async types(text: string, channel = 'C0SUPPORT'): Promise<void> {
    await must(this.world.act({ act: 'command', user: this.id, channel, command: '/case', text }));
  }

  async reacts(name: string, at: { channel: string; ts: string }): Promise<void> {
    await must(this.world.act({ act: 'react', user: this.id, channel: at.channel, ts: at.ts, name }));
  }

  async unreacts(name: string, at: { channel: string; ts: string }): Promise<void> {
    await must(this.world.act({ act: 'unreact', user: this.id, channel: at.channel, ts: at.ts, name }));
  }

  async presses(button: string, message: SlackMessage): Promise<void> {
    const fresh =
      this.world.snapshot().messages.find((one) => one.channel === message.channel && one.ts === message.ts) ?? message;
    await must(this.world.act({ ...pressOf(placeOfMessage(fresh), fresh, button), user: this.id }));
  }

  form(): Promise<SlackView> {
    return eventually(this.product, `${this.id} has a form open`, () => this.world.snapshot().modals[this.id]?.at(-1));
  }

  async fills(filled: Record<string, SlackEntry>): Promise<{ outcome?: string | undefined; errors: string[] }> {
    const view = await this.form();
    const sent = await this.world.act({
      act: 'submitView',
      user: this.id,
      view_id: view.id,
      values: entriesOf(view, filled),
    });
    if (!sent.ok) throw new Error(JSON.stringify(sent));
    return { outcome: sent.outcome, errors: Object.values(sent.errors ?? {}) };
  }

  async shortcut(callback: string, at: { channel: string; ts: string }): Promise<void> {
    await must(
      this.world.act({ act: 'messageShortcut', user: this.id, channel: at.channel, ts: at.ts, callback_id: callback }),
    );
  }

  async home(words: string): Promise<SlackView> {
    await must(this.world.act({ act: 'openHome', user: this.id, tab: 'home' }));
    return eventually(this.product, `the Home of ${this.id} with ${words}`, () => {
      const view = this.world.snapshot().homes[this.id];
      return view !== undefined && wordsOn(view).includes(words) ? view : undefined;
    });
  }
}

async function must(act: Promise<{ ok: boolean; error?: string; words?: string }>): Promise<void> {
  const result = await act;
  if (!result.ok) throw new Error(JSON.stringify(result));
}

/** Every word in a piece of JSON that people read. */
export function wordsIn(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(wordsIn).join('\n');
  if (value === null || value === undefined || typeof value !== 'object') return '';
  const own = ['text', 'title', 'value', 'label', 'placeholder', 'errorMessage']
    .map((key) => value[key])
    .filter((it) => typeof it === 'string');
  return [...own, ...Object.values(value).map(wordsIn)].filter((it) => it !== '').join('\n');
}

function actionNamed(value: Json | undefined, title: string): JsonObject | null {
  if (Array.isArray(value))
    return value.reduce<JsonObject | null>((found, one) => found ?? actionNamed(one, title), null);
  if (value === null || value === undefined || typeof value !== 'object') return null;
  if (String(value['type'] ?? '').startsWith('Action.') && value['title'] === title) return value;
  return Object.values(value).reduce<JsonObject | null>((found, one) => found ?? actionNamed(one, title), null);
}

/** Somebody in Teams, by user id. */
export class TeamsPerson {
  constructor(
    private readonly product: Product,
    readonly id: string,
  ) {}

  private get world(): TeamsWorld {
    return this.product.teams;
  }

  messages(words: string, conversation?: string): TeamsMessage[] {
    const mine = (one: TeamsMessage): boolean => one.targetedTo === null || one.targetedTo === this.id;
    return this.world
      .snapshot()
      .messages.filter(
        (one) =>
          mine(one) && (conversation === undefined || one.conversation === conversation) && textOf(one).includes(words),
      );
  }

  sees(words: string, conversation?: string): Promise<TeamsMessage> {
    return eventually(this.product, `${this.id} sees “${words}” in ${conversation ?? 'any conversation'}`, () =>
      this.messages(words, conversation).at(-1),
    );
  }

  card(ref: string, ...words: string[]): Promise<TeamsMessage> {
    return eventually(this.product, `the Teams card of ${ref} with ${words.join(', ')}`, () =>
      this.world
        .snapshot()
        .messages.filter(
          (one) =>
            one.conversation === TRIAGE &&
            one.fromBot &&
            textOf(one).includes(`${ref} · `) &&
            !/Hand-over|at risk|breached/.test(textOf(one).slice(0, 80)),
        )
        .find((one) => words.every((word) => textOf(one).includes(word))),
    );
  }

  async says(
    text: string,
    conversation: string,
    more: { thread?: string; mentionBot?: boolean } = {},
  ): Promise<string> {
    const said = await this.world.act({ act: 'say', user: this.id, conversation, text, ...more });
    return required(said).messageId ?? '';
  }

  async reacts(type: string, message: TeamsMessage): Promise<void> {
    required(
      await this.world.act({
        act: 'react',
        user: this.id,
        conversation: message.conversation,
        messageId: message.id,
        type,
      }),
    );
  }

  async unreacts(type: string, message: TeamsMessage): Promise<void> {
    required(
      await this.world.act({
        act: 'unreact',
        user: this.id,
        conversation: message.conversation,
        messageId: message.id,
        type,
      }),
    );
  }

  async swaps(from: string, to: string, message: TeamsMessage): Promise<void> {
    required(
      await this.world.act({
        act: 'swapReaction',
        user: this.id,
        conversation: message.conversation,
        messageId: message.id,
        from,
        to,
      }),
    );
  }

  async presses(title: string, message: TeamsMessage): Promise<TeamsActResult> {
    const fresh = this.world.snapshot().messages.find((one) => one.id === message.id) ?? message;
    const action = actionNamed(fresh.attachments as unknown as Json, title);
    if (action === null) throw new Error(`no “${title}” on: ${textOf(fresh)}`);
    const at = {
      user: this.id,
      conversation: fresh.conversation,
      messageId: fresh.id,
      data: (action['data'] ?? {}) as JsonObject,
    };
    return required(
      await this.world.act(
        action['type'] === 'Action.Execute'
          ? { act: 'execute', verb: String(action['verb']), ...at }
          : { act: 'submitAction', ...at },
      ),
    );
  }

  async opensExtension(commandId: string, message: TeamsMessage): Promise<void> {
    required(
      await this.world.act({
        act: 'openExtension',
        user: this.id,
        conversation: message.conversation,
        commandId,
        messageId: message.id,
      }),
    );
  }

  dialogWords(): string {
    return wordsIn(this.dialog()?.card ?? null);
  }

  private dialog() {
    return this.world.snapshot().dialogs.find((one) => one.user === this.id);
  }

  async fills(submit: string, inputs: Record<string, string>): Promise<TeamsActResult> {
    const action = actionNamed(this.dialog()?.card ?? null, submit);
    if (action === null) throw new Error(`no dialog with “${submit}” is open: ${this.dialogWords()}`);
    return required(
      await this.world.act({
        act: 'submitDialog',
        user: this.id,
        data: { ...(action['data'] as JsonObject), ...inputs },
      }),
    );
  }
}

export const TRIAGE = '19:triage@thread.tacv2';
export const SUPPORT = '19:support@thread.tacv2';
export const LEADS = '19:leads@thread.tacv2';

export const textOf = (message: TeamsMessage): string =>
  [message.text, ...message.attachments.map((one) => wordsIn(one.content as Json))]
    .filter((it) => it !== '')
    .join('\n');

function required(result: TeamsActResult): TeamsActResult {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}

export { elementNames, wordsOn };
