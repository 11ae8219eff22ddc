import { useEffect, useRef } from 'preact/hooks';
import { stepFocus } from '../common/Menu';
import { useSandbox } from '../sandbox';
import { Blocks } from './blocks/Blocks';
import { useEntries } from './blocks/entries';
import { PaneHead, visible } from './ChannelPane';
import { Composer } from './Composer';
import { appChannel, useSlack } from './context';
import { MessageList } from './MessageList';

type Tab = 'home' | 'messages';

/** The app: its Home tab and the direct message with it. */
export function AppPane({ tab, onTab, onDrawer }: { tab: Tab; onTab: (tab: Tab) => void; onDrawer: () => void }) {
  const { slack } = useSlack();
  const tabs: { tab: Tab; words: string }[] = [{ tab: 'messages', words: 'Messages' }];
  if (slack.app.has_home) tabs.unshift({ tab: 'home', words: 'Home' });
  return (
    <div class="s-pane">
      <PaneHead onDrawer={onDrawer}>
        <h2>
          <img src="/ui/icon.svg" alt="" width="20" height="20" />
          {slack.app.name}
        </h2>
        <span class="s-app-tag">APP</span>
        <div
          class="s-tabs"
          role="tablist"
          aria-label={slack.app.name}
          onKeyDown={(event) => stepFocus(event, event.currentTarget, '[role=tab]')}
        >
          {tabs.map((one) => (
            <button
              type="button"
              role="tab"
              key={one.tab}
              aria-selected={one.tab === tab}
              data-testid={`slack-app-${one.tab}`}
              onClick={() => onTab(one.tab)}
            >
              {one.words}
            </button>
          ))}
        </div>
      </PaneHead>
      {tab === 'home' ? <Home /> : <Direct />}
    </div>
  );
}

function Home() {
  const { slack, me } = useSlack();
  const sandbox = useSandbox();
  const entries = useEntries();
  const opened = useRef('');
  const view = slack.homes[me.id];
  useEffect(() => {
    if (opened.current === me.id) return;
    opened.current = me.id;
    void sandbox.slack({ act: 'openHome', tab: 'home' });
  }, [me.id]);
  return (
    <div class="s-home" role="tabpanel" aria-label="Home" data-testid="slack-home" tabIndex={0}>
      {view ? (
        <Blocks blocks={view.blocks} place={{ view_id: view.id }} entries={entries} />
      ) : (
        <p class="s-empty">The app has not published its Home tab yet.</p>
      )}
    </div>
  );
}

function Direct() {
  const { slack, me } = useSlack();
  const sandbox = useSandbox();
  const channel = appChannel(slack, me.id);
  useEffect(() => {
    if (channel === null) void sandbox.slack({ act: 'openIm' });
  }, [channel, me.id]);
  if (channel === null) return <p class="s-empty">Opening the conversation…</p>;
  const messages = slack.messages.filter(
    (one) =>
      one.channel === channel &&
      (one.thread_ts === undefined || one.thread_ts === one.ts) &&
      visible(one.ephemeral_to, me.id),
  );
  return (
    <>
      <MessageList
        messages={messages}
        label={`Messages with ${slack.app.name}`}
        empty={`This is your private conversation with ${slack.app.name}. What only you need to know arrives here; try /case help.`}
      />
      <Composer channel={channel} placeholder={`Message ${slack.app.name}`} />
    </>
  );
}
