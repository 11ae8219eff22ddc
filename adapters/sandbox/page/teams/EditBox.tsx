import type { TeamsMessage } from '../../teams/protocol';
import { EditBox as Box } from '../common/EditBox';
import { useSandbox } from '../sandbox';

export function EditBox({ message, onDone }: { message: TeamsMessage; onDone: () => void }) {
  const { teams } = useSandbox();
  const save = async (text: string) =>
    (await teams({ act: 'edit', conversation: message.conversation, messageId: message.id, text })).ok;
  return <Box platform="teams" text={message.text} done="Done" onSave={save} onDone={onDone} />;
}
