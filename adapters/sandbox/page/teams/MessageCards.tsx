import { useEffect } from 'preact/hooks';
import type { Json } from '../../slack/protocol';
import type { TeamsMessage } from '../../teams/protocol';
import { asObject, asString } from '../common/json';
import { useSandbox } from '../sandbox';
import { Card, type CardPress } from './Card';
import { useTeams } from './context';

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** The Adaptive Cards of a message: the first one as this person's own view of it, when there is one. */
export function MessageCards({ message }: { message: TeamsMessage }) {
  const { me, refreshed } = useTeams();
  const sandbox = useSandbox();
  const at = { conversation: message.conversation, messageId: message.id };
  const cards = message.attachments.filter((one) => one.contentType === CARD_TYPE);
  const base = cards[0]?.content ?? null;
  const own = message.views.find((view) => view.user === me.id)?.card;
  useRefresh(
    base,
    `${me.id} ${message.id}`,
    refreshed,
    (verb, data) => void sandbox.teams({ act: 'execute', ...at, verb, data, trigger: 'automatic' }),
  );
  const press = async (pressed: CardPress) => {
    if (pressed.kind === 'execute')
      await sandbox.teams({ act: 'execute', ...at, verb: pressed.verb, data: pressed.data });
    if (pressed.kind === 'submit') await sandbox.teams({ act: 'submitAction', ...at, data: pressed.data });
  };
  const suggest = async (dataset: string, query: string) =>
    (await sandbox.teams({ act: 'suggest', ...at, dataset, query })).options ?? [];
  return (
    <>
      {cards.map((card, index) => (
        <Card
          key={index}
          card={index === 0 && own !== undefined ? own : (card.content ?? null)}
          onPress={press}
          onSuggest={suggest}
        />
      ))}
      {message.attachments
        .filter((one) => one.contentType !== CARD_TYPE && !one.contentType.startsWith('text/'))
        .map((one, index) => (
          <p class="t-attachment" key={index}>
            {one.name ?? one.contentType}
          </p>
        ))}
    </>
  );
}

/** A card that names this person in `refresh` asks the app once for their own view of it. */
function useRefresh(
  card: Json,
  who: string,
  done: Set<string>,
  ask: (verb: string, data: { [key: string]: Json }) => void,
): void {
  const { me } = useTeams();
  const refresh = asObject(asObject(card)['refresh']);
  const action = asObject(refresh['action']);
  const users = refresh['userIds'];
  const forMe = Array.isArray(users) && users.some((id) => id === me.id || id === me.aadObjectId);
  const version = `${who} ${JSON.stringify(card)}`;
  useEffect(() => {
    if (!forMe || action['type'] !== 'Action.Execute' || done.has(version)) return;
    done.add(version);
    ask(asString(action['verb']), asObject(action['data']));
  }, [version, forMe]);
}
