import type { TeamsCore } from './core';
import { plain } from './json';
import type { TeamsDialog, TeamsSnapshot } from './protocol';
import type { OpenDialog } from './state';

/** What the page draws, a copy that later changes do not touch. */
export function snapshotOf(core: TeamsCore): TeamsSnapshot {
  const { state, app } = core;
  const snapshot: TeamsSnapshot = {
    revision: state.revision,
    now: core.options.now(),
    tenantId: core.options.tenantId,
    bot: { id: core.botId, name: app.botName, description: app.description },
    users: state.users,
    teams: state.teams,
    chats: state.chats,
    messages: state.messages.map((message) => (message.deleted ? { ...message, text: '', attachments: [] } : message)),
    dialogs: [...state.dialogs.values()].map(dialogOf),
    notices: [...state.notices.values()],
    commands: app.commands,
    extensionCommands: app.extensionCommands,
    hearsChannels: app.hearsChannels,
    takesFiles: app.takesFiles,
  };
  return plain(snapshot) as unknown as TeamsSnapshot;
}

function dialogOf({ conversation: _conversation, messagePayload: _payload, ...dialog }: OpenDialog): TeamsDialog {
  return dialog;
}
