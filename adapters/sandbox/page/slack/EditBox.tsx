import type { SlackMessage } from '../../slack/protocol';
import { EditBox as Box } from '../common/EditBox';
import { useSandbox } from '../sandbox';
import { useSlack } from './context';
import { asTyped } from './Mrkdwn';

export function EditBox({ message, onDone }: { message: SlackMessage; onDone: () => void }) {
  const sandbox = useSandbox();
  const { slack } = useSlack();
  const save = async (text: string) =>
    (await sandbox.slack({ act: 'edit', channel: message.channel, ts: message.ts, text })).ok;
  return <Box platform="slack" text={asTyped(slack, message.text)} done="Save" onSave={save} onDone={onDone} />;
}
