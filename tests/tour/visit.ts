/** A visitor's browser: the sandbox page, what it complained of, whom it asked, and pictures of what was seen. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

const ROOT = join(__dirname, '..', '..');
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Two busy cores draw slowly: a wait that ends is never long, one that does not is a failure anyway. */
const PATIENCE_MS = 20_000;

const wanted = process.env['CHROMIUM_PATH'];
export const CHROMIUM = [...(wanted === undefined ? [] : [wanted]), ...PLACES].find((path) => existsSync(path));
if (CHROMIUM === undefined) {
  process.stderr.write('The browser tours are skipped: no chromium in CHROMIUM_PATH or /usr/bin.\n');
}

/** `describe`, or `describe.skip` where there is no browser; the reason has been printed. */
export const describeWithBrowser = CHROMIUM === undefined ? describe.skip : describe;

export const launch = (): Promise<Browser> =>
  chromium.launch({ args: FLAGS, ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }) });

export interface Look {
  readonly as: string;
  readonly show: 'slack' | 'teams' | 'both';
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

/** What a person does on either platform, each in its own way. */
export interface Hands {
  go(channel: string): Promise<void>;
  message(words: string): Locator;
  /** The live card of a case, in the channel that is open, once it holds these words. */
  card(ref: string, ...words: readonly string[]): Promise<Locator>;
  react(message: Locator, emoji: string): Promise<void>;
  press(message: Locator, button: string): Promise<void>;
  /** Opens a case by its title alone. */
  opens(title: string): Promise<void>;
  /** The form that a press has opened. */
  readonly form: Locator;
  fill(typed: Readonly<Record<string, string>>, chosen?: Readonly<Record<string, string>>): Promise<void>;
  /** Says a word of Baton's that is answered with a form, and gives that form. */
  asks(words: string): Promise<Locator>;
  /** Sends a form, whichever way it came, by the button on it. */
  send(form: Locator, button: string): Promise<void>;
}

export class Visit {
  /** Errors of the page, failed requests, and requests to anywhere but the sandbox. */
  readonly complaints: string[] = [];
  ended = false;
  private pictures = 0;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly album: string,
  ) {}

  static async to(browser: Browser, url: string, album: string, look: Look): Promise<Visit> {
    const context = await browser.newContext({
      viewport: { width: look.width ?? 1280, height: look.height ?? 860 },
      colorScheme: look.dark === true ? 'dark' : 'light',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const visit = new Visit(context, page, join(ROOT, 'test-output', 'tour', album));
    visit.listen(url);
    await page.goto(`${url}/#as=${look.as}&show=${look.show}`);
    await page.getByTestId('tour').waitFor();
    return visit;
  }

  private listen(url: string): void {
    const { page, complaints } = this;
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${url}/`) && !/^(data|blob):/.test(request.url()))
        complaints.push(`asked elsewhere: ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} from ${response.url()}`);
    });
    page.on('requestfailed', (request) => {
      // The state stream is cut when the page is left; that is how it ends.
      if (!request.url().endsWith('/ui/state')) complaints.push(`failed: ${request.url()}`);
    });
  }

  async be(key: string): Promise<void> {
    await this.page.getByTestId(`be-${key}`).click();
    await this.page.getByTestId(`be-${key}`).and(this.page.locator('[aria-checked=true]')).waitFor();
  }

  async show(what: 'slack' | 'teams' | 'both'): Promise<void> {
    await this.page.getByTestId(`show-${what}`).click();
  }

  async push(...buttons: readonly ('15m' | '1h' | '1d')[]): Promise<void> {
    for (const button of buttons) {
      const answered = this.page.waitForResponse((response) => response.url().endsWith('/ui/clock'));
      await this.page.getByTestId(`push-${button}`).click();
      await answered;
    }
  }

  ticked(step: string): Promise<void> {
    return this.page.locator(`[data-testid=step-${step}][data-done=true]`).waitFor({ state: 'attached' });
  }

  /** Keeps what is seen now as `NN-name.png` in the album of this tour. */
  async picture(name: string): Promise<void> {
    this.pictures += 1;
    mkdirSync(this.album, { recursive: true });
    await this.settled();
    const file = `${String(this.pictures).padStart(2, '0')}-${name}.png`;
    await this.page.screenshot({ path: join(this.album, file), animations: 'disabled', caret: 'hide' });
  }

  /** Fonts are there, and two frames have passed since the last change of state. */
  private async settled(): Promise<void> {
    await this.page.evaluate(async () => {
      await document.fonts.ready;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
  }

  /** A picture for the README, when TOUR_PICTURES names a folder for them: nothing pointed at, no message in the way. */
  async pictureForReadme(name: string, size: { width: number; height: number }, from?: Locator): Promise<void> {
    const folder = process.env['TOUR_PICTURES'];
    const before = this.page.viewportSize();
    if (folder === undefined || before === null) return;
    await this.page.setViewportSize(size);
    const toast = this.page.getByTestId('toast').getByRole('button', { name: 'Dismiss' });
    if (await toast.isVisible()) await toast.click();
    await this.page.mouse.move(0, 0);
    await from?.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await this.settled();
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
    await this.page.setViewportSize(before);
  }

  /** How many pixels something sticks out on the right, of the page or of a part of it that scrolls downwards only. */
  overflow(): Promise<number> {
    return this.page.evaluate(() => {
      const parts = document.querySelectorAll('.s-list, .s-home, .s-modal-body, .t-posts, .t-dialog-body');
      const wide = [...parts].map((part) => part.scrollWidth - part.clientWidth);
      return Math.max(document.documentElement.scrollWidth - window.innerWidth, ...wide);
    });
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.context.close();
  }
}

/** Waits until the element holds all of these words. */
export async function holds(element: Locator, ...words: readonly string[]): Promise<void> {
  for (const word of words) await element.filter({ hasText: word }).waitFor();
}
