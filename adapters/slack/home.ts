/** The Home tab of one person, always drawn from what is true now. */
import type { Caller } from '../../src/app/doors';
import type { ButtonData } from '../../src/app/view';
import { cardOf } from './cards';
import { errorWord } from './failures';
import { reasonOf } from './log';
import { type Parts, penOf } from './parts';

interface Shown {
  readonly user: string;
  readonly caller: Caller;
  readonly page: ButtonData;
  /** The view that the person was looking at: Slack then refuses to overwrite a newer one. */
  readonly hash: string | null;
}

async function publish(parts: Parts, { user, caller, page }: Shown, hash: string | null): Promise<void> {
  const view = await parts.doors.home(caller, page);
  const { blocks } = cardOf(view, penOf(parts.desk(), parts.me), 'home');
  await parts.api.views.publish({ user_id: user, view: { type: 'home', blocks }, ...(hash ? { hash } : {}) });
}

/** Publishes the page. When a newer one was published meanwhile it is drawn once more, from the newest state. */
export async function showHome(parts: Parts, shown: Shown): Promise<void> {
  try {
    await publish(parts, shown, shown.hash).catch((error: unknown) => {
      if (errorWord(error) !== 'hash_conflict') throw error;
      return publish(parts, shown, null);
    });
  } catch (error) {
    parts.log.warn({ user: shown.user, problem: reasonOf(error) }, 'a Home tab could not be published');
  }
}
