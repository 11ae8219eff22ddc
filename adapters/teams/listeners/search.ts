import { CLIENTS_DATASET } from '../forms';
import { choicesAnswer, type InvokeAnswer } from '../invoke';
import { searchValue } from '../payloads';
import type { Turn } from '../turn';

const TYPED_MAX = 200;

/** application/search: what fits what has been typed into the client's field so far. */
export async function choicesAsked({ teams, activity }: Turn): Promise<InvokeAnswer> {
  const value = searchValue.safeParse(activity.value);
  if (!value.success || value.data.dataset !== CLIENTS_DATASET) return choicesAnswer([]);
  return choicesAnswer(await teams.doors.clients(value.data.queryText.slice(0, TYPED_MAX)));
}
