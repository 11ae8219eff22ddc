import type { Locator } from 'playwright-core';
import { type Hands, holds, type Visit } from './visit';

/** What a person does in Slack with mouse and keys. */
export class SlackHands implements Hands {
  private readonly window: Locator;

  constructor(private readonly visit: Visit) {
    this.window = visit.page.getByTestId('slack');
  }

  async go(channel: string): Promise<void> {
    await this.window.getByTestId(`slack-channel-${channel}`).click();
  }

  /** On a narrow screen the channels are behind a button. */
  async goByDrawer(channel: string): Promise<void> {
    await this.window.getByRole('button', { name: 'Channels' }).click();
    await this.go(channel);
  }

  async homeByDrawer(): Promise<Locator> {
    await this.window.getByRole('button', { name: 'Channels' }).click();
    return this.home();
  }

  get suggestions(): Locator {
    return this.window.getByTestId('slack-suggestions');
  }

  get lastMessage(): Locator {
    return this.window.getByTestId('slack-message').last();
  }

  message(words: string): Locator {
    return this.window.getByTestId('slack-message').filter({ hasText: words }).last();
  }

  /** The live card of a case, in the channel that is open, once it holds these words. */
  async card(ref: string, ...words: readonly string[]): Promise<Locator> {
    const card = this.window
      .getByTestId('slack-messages')
      .getByTestId('slack-message')
      .filter({ hasText: `${ref} · ` })
      .filter({ hasText: 'Status' })
      .filter({ hasNotText: `Hand-over ${ref}` })
      .first();
    await holds(card, ...words);
    return card;
  }

  async type(words: string): Promise<void> {
    await this.window.getByTestId('slack-composer').fill(words);
    await this.visit.page.keyboard.press('Enter');
  }

  async opens(title: string): Promise<void> {
    await this.type(`/case new ${title}`);
    await this.submit();
  }

  async asks(words: string): Promise<Locator> {
    await this.type(`/case ${words}`);
    await this.form.waitFor();
    return this.form;
  }

  async send(): Promise<void> {
    await this.submit();
  }

  async openThread(words: string): Promise<void> {
    await this.message(words).getByTestId('slack-open-thread').click();
    await this.window.getByTestId('slack-thread').waitFor();
  }

  async closeThread(): Promise<void> {
    await this.window.getByTestId('slack-thread').getByRole('button', { name: 'Close' }).first().click();
  }

  async menu(message: Locator, entry: string): Promise<void> {
    await message.hover();
    await message.getByTestId('slack-more').click();
    await this.visit.page.getByRole('menuitem', { name: entry }).click();
  }

  async react(message: Locator, emoji: string): Promise<void> {
    await message.hover();
    await message.getByTestId(`quick-${emoji}`).click();
    await message.getByTestId(`slack-reaction-${emoji}`).waitFor();
  }

  async press(message: Locator, button: string): Promise<void> {
    await message.getByRole('button', { name: button, exact: true }).click();
  }

  get form(): Locator {
    return this.window.getByTestId('slack-modal');
  }

  /** Fills the open form; a field that is chosen and not typed is given in `chosen`. */
  async fill(typed: Readonly<Record<string, string>>, chosen: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const [label, words] of Object.entries(typed)) await this.form.getByLabel(label).fill(words);
    for (const [label, option] of Object.entries(chosen)) {
      await this.form.getByLabel(label).click();
      await this.visit.page.getByRole('option', { name: option }).first().click();
    }
  }

  /** The client by its name: found by typing, or created when it is new. */
  async client(name: string): Promise<void> {
    await this.form.getByLabel('Client').click();
    await this.visit.page.getByLabel('Search the choices').fill(name);
    await this.visit.page.getByRole('option', { name }).first().click();
  }

  async submit(): Promise<void> {
    await this.form.getByTestId('slack-modal-submit').click();
    await this.form.waitFor({ state: 'detached' });
  }

  async home(): Promise<Locator> {
    await this.window.getByTestId('slack-app').click();
    await this.window.getByTestId('slack-app-home').click();
    return this.window.getByTestId('slack-home');
  }

  async messages(): Promise<void> {
    await this.window.getByTestId('slack-app').click();
    await this.window.getByTestId('slack-app-messages').click();
  }
}
