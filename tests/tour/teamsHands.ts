import type { Locator } from 'playwright-core';
import { type Hands, holds, type Visit } from './visit';

/** What a person does in Teams with mouse and keys. */
export class TeamsHands implements Hands {
  private readonly window: Locator;

  constructor(private readonly visit: Visit) {
    this.window = visit.page.getByTestId('teams');
  }

  async go(channel: string): Promise<void> {
    await this.window.getByTestId(`teams-channel-${channel}`).click();
  }

  async chat(): Promise<void> {
    await this.window.getByTestId('teams-chat').click();
  }

  /** On a narrow screen the channels are behind a button. */
  async goByDrawer(channel: string): Promise<void> {
    await this.window.getByRole('button', { name: 'Teams and channels' }).click();
    await this.go(channel);
  }

  async chatByDrawer(): Promise<void> {
    await this.window.getByRole('button', { name: 'Teams and channels' }).click();
    await this.chat();
  }

  message(words: string): Locator {
    return this.window.getByTestId('teams-message').filter({ hasText: words }).last();
  }

  /** The live card of a case, in the channel that is open, once it holds these words. */
  async card(ref: string, ...words: readonly string[]): Promise<Locator> {
    const card = this.window
      .getByTestId('teams-message')
      .filter({ hasText: `${ref} · ` })
      .filter({ hasText: 'Status' })
      .filter({ hasNotText: `Hand-over ${ref}` })
      .first();
    await holds(card, ...words);
    return card;
  }

  async type(words: string): Promise<void> {
    await this.window.getByTestId('teams-composer').fill(words);
    await this.visit.page.keyboard.press('Enter');
  }

  async opens(title: string): Promise<void> {
    await this.go('support');
    await this.type(`@Baton case new ${title}`);
    await this.message(`is open: ${title}`).waitFor();
  }

  /** The form lies in the chat with Baton, as a card. */
  async asks(words: string): Promise<Locator> {
    await this.chat();
    await this.type(`case ${words}`);
    const form = this.window.getByTestId('teams-message').last();
    await form.getByRole('textbox').first().waitFor();
    return form;
  }

  async send(form: Locator, button: string): Promise<void> {
    if (await this.form.isVisible()) return this.submit(button);
    await this.press(form, button);
  }

  async menu(message: Locator, entry: string): Promise<void> {
    await message.hover();
    await message.getByTestId('teams-more').click();
    await this.visit.page.getByRole('menuitem', { name: entry }).click();
  }

  async react(message: Locator, emoji: string): Promise<void> {
    await message.hover();
    await message.getByTestId(`quick-${emoji}`).click();
  }

  async press(message: Locator, button: string): Promise<void> {
    await message.getByRole('button', { name: button, exact: true }).click();
  }

  get form(): Locator {
    return this.window.getByTestId('teams-dialog');
  }

  /** Fills the open form; a field that is chosen and not typed is given in `chosen`. */
  async fill(typed: Readonly<Record<string, string>>, chosen: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const [label, words] of Object.entries(typed)) await this.form.getByLabel(label).fill(words);
    for (const [label, option] of Object.entries(chosen)) await this.choose(this.form.getByLabel(label), option);
  }

  /** An entry of a list may go on with what there is to know of it. */
  private async choose(list: Locator, beginning: string): Promise<void> {
    const option = list.locator('option').filter({ hasText: beginning }).first();
    await list.selectOption(await option.getAttribute('value'));
  }

  async submit(button: string): Promise<void> {
    await this.form.getByRole('button', { name: button, exact: true }).click();
    const answered = this.form.locator('.t-dialog-words');
    await answered
      .or(this.visit.page.locator('[data-testid=teams]:not(:has([data-testid=teams-dialog]))'))
      .first()
      .waitFor();
    if (await answered.isVisible()) await this.form.getByRole('button', { name: 'Close' }).click();
    await this.form.waitFor({ state: 'detached' });
  }
}
