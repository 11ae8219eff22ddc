import { z } from 'zod';
import { personBy } from '../../../src/domain/desk/desk';
import type { Mention } from '../payloads';
import { PLATFORM } from '../settings';
import type { Turn } from '../turn';
import { atName } from '../words';

const member = z.object({ aadObjectId: z.string().min(1), name: z.string().catch('') });

/** A mentioned person as the grammar takes them: `@alice` when they are of the desk, else by their name in Teams. */
export async function personMentioned(turn: Turn, mention: Mention): Promise<string> {
  const user = await userMentioned(turn, mention.mentioned.id);
  const person = user === null ? null : personBy(turn.teams.desk(), PLATFORM, user);
  return person === null ? atName(mention) : `@${person.id}`;
}

/** Mentions carry Teams' own id for a person (`29:…`); the desk file knows another. Who was never met is looked up. */
async function userMentioned({ teams, activity }: Turn, id: string): Promise<string | null> {
  const known = await teams.conversations.account(id);
  if (known !== null) return known.user;
  try {
    const { serviceUrl, conversation } = activity;
    const path = ['conversations', conversation.id, 'members', id];
    const found = member.parse(await teams.connector({ serviceUrl, method: 'GET', path }));
    await teams.conversations.rememberAccount(id, found.aadObjectId, found.name);
    return found.aadObjectId;
  } catch (error) {
    teams.log.warn({ problem: String(error) }, 'A mentioned person could not be looked up in Teams');
    return null;
  }
}
