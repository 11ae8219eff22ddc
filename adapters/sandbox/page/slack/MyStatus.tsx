import type { SlackUser } from '../../slack/protocol';
import { charOf } from '../common/emoji';
import { Icon } from '../common/Icon';
import { MenuButton, type MenuEntry } from '../common/Menu';
import { useSandbox } from '../sandbox';
import { useSlack } from './context';

const HOUR_MINUTES = 60;
/** What Slack suggests, for as long as it suggests it; without minutes until it is cleared. */
const SUGGESTED: { emoji: string; text: string; hint: string; minutes?: number }[] = [
  { emoji: 'spiral_calendar_pad', text: 'In a meeting', hint: '1 hour', minutes: HOUR_MINUTES },
  { emoji: 'bus', text: 'Commuting', hint: '30 minutes', minutes: HOUR_MINUTES / 2 },
  { emoji: 'face_with_thermometer', text: 'Out sick', hint: '8 hours', minutes: 8 * HOUR_MINUTES },
  { emoji: 'palm_tree', text: 'Vacationing', hint: 'Until cleared' },
];

/** The own name in the sidebar with what stands beside it; a press on it changes that, as in Slack. */
export function MyStatus() {
  const { me, now } = useSlack();
  const { slack } = useSandbox();
  const seconds = now() / 1000;
  const quiet = me.dnd !== null && me.dnd.end > seconds;
  const status = statusOf(me, seconds);
  const dnd: MenuEntry = quiet
    ? { label: 'End do not disturb', act: () => void slack({ act: 'setDnd', minutes: 0 }) }
    : { label: 'Do not disturb', hint: '1 hour', act: () => void slack({ act: 'setDnd', minutes: HOUR_MINUTES }) };
  const suggested = SUGGESTED.map(({ emoji, text, hint, minutes }): MenuEntry => {
    const act = { act: 'setStatus', emoji: `:${emoji}:`, text, ...(minutes !== undefined && { minutes }) } as const;
    return { label: `${charOf(emoji) ?? ''} ${text}`, hint, act: () => void slack(act) };
  });
  const clear: MenuEntry = {
    label: 'Clear status',
    act: () => void slack({ act: 'setStatus', emoji: '', text: '' }),
  };
  return (
    <MenuButton
      label={`${me.real_name}: do not disturb and status`}
      class="s-me"
      entries={[dnd, ...suggested, ...(status === null ? [] : [clear])]}
      testid="slack-status"
    >
      {quiet ? <Icon name="moon" size={13} /> : <i class="s-online" aria-hidden="true" />}
      <span>{me.real_name}</span>
      {quiet && <span class="sr-only">, do not disturb</span>}
      {status !== null && <span title={status.text}>{status.char}</span>}
    </MenuButton>
  );
}

function statusOf(me: SlackUser, seconds: number): { char: string; text: string } | null {
  const isOver = me.status_expiration !== 0 && me.status_expiration <= seconds;
  if (isOver || (me.status_emoji === '' && me.status_text === '')) return null;
  return { char: charOf(me.status_emoji.replaceAll(':', '')) ?? '💬', text: me.status_text };
}
