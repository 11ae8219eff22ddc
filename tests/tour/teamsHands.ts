import type { Locator } from 'playwright-core';
import { holds, type Visit } from './visit';

/** What a person does in Teams with mouse and keys. */
export class TeamsHands {
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

  async fill(typed: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, words] of Object.entries(typed)) await this.form.getByLabel(label).fill(words);
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
