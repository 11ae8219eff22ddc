/**
 * What the page and the tests see of the emulated Teams, as plain JSON: the snapshot to draw, the acts a person can do,
 * the results of acts, and the log of calls. Times are milliseconds since the epoch. The page writes nothing itself:
 * it sends a TeamsAct, waits for its TeamsActResult and draws the next snapshot.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A person. `id` is what Teams calls the MRI (`29:…`); acts name people by it. `colour` is a CSS colour. */
export interface TeamsUser {
  id: string;
  aadObjectId: string;
  name: string;
  title: string;
  email: string;
  initials: string;
  colour: string;
  tz: string;
}

export interface TeamsChannel {
  /** `19:…@thread.tacv2`; the id of the conversation in which new threads start. */
  id: string;
  teamId: string;
  name: string;
  topic: string;
}

export interface TeamsTeam {
  id: string;
  aadGroupId: string;
  name: string;
  members: string[];
  appInstalled: boolean;
  channels: TeamsChannel[];
}

/** The personal chat of one person with the bot. It exists for everybody; the bot hears it once the app is installed. */
export interface TeamsChat {
  id: string;
  user: string;
  appInstalled: boolean;
}

/** `content` is an Adaptive Card when contentType is `application/vnd.microsoft.card.adaptive`. */
export interface TeamsAttachment {
  contentType: string;
  content?: Json;
  contentUrl?: string;
  name?: string;
}

/** What a person attached to a message, by its name only: nothing is uploaded. */
export interface TeamsFile {
  id: string;
  name: string;
  /** The document in SharePoint or OneDrive. */
  url: string;
}

/** `text` is the words in the message that are drawn as a mention; `id` is a user's or the bot's. */
export interface TeamsMention {
  id: string;
  name: string;
  text: string;
}

/** `type` is a classic word (`like`, `heart`…) or an emoji id (`1f534_largeredcircle`). */
export interface TeamsReaction {
  type: string;
  users: string[];
}

/** What only this person sees in place of the message's first card, since an Action.Execute answered with a card. */
export interface TeamsPersonalView {
  user: string;
  card: Json;
}

export interface TeamsMessage {
  id: string;
  /** A channel id or a chat id, never with `;messageid=`. */
  conversation: string;
  /** The id of the thread's first message; equal to `id` for that message itself; null in personal chats. */
  rootId: string | null;
  /** A user id or the bot's id. */
  from: string;
  fromBot: boolean;
  at: number;
  text: string;
  textFormat: 'plain' | 'markdown' | 'xml';
  /** The bot's cards. */
  attachments: TeamsAttachment[];
  files: TeamsFile[];
  /** How many pictures were pasted in. */
  pictures: number;
  attachmentLayout: 'list' | 'carousel';
  mentions: TeamsMention[];
  reactions: TeamsReaction[];
  editedAt: number | null;
  deleted: boolean;
  /** Set: visible to this one person only (a targeted message, or a slash command sent by that person). */
  targetedTo: string | null;
  views: TeamsPersonalView[];
  /** Buttons under the newest message of a personal chat; a press says `value` as the person. */
  suggestedActions: { title: string; value: string }[];
}

/** A task module open in front of one person. Each person has at most one. */
export interface TeamsDialog {
  user: string;
  title: string;
  source: 'messageExtension' | 'card';
  /** The command of the message extension; null for a dialog opened from a card. */
  commandId: string | null;
  /** The message it was opened from; null when opened from the composer. */
  messageId: string | null;
  /** The form; null when only a message is to be shown. */
  card: Json | null;
  /** A last word of the bot shown instead of the form. */
  message: string | null;
  /** What went wrong with the last submit; the form stays as it is. */
  error: string | null;
  /** Waiting for the bot's answer. */
  pending: boolean;
  /** Pixels. */
  height: number;
  width: number;
}

/** The last thing that Teams itself told a person, e.g. `Unable to reach app`; newest only, replaced by the next one. */
export interface TeamsNotice {
  user: string;
  kind: 'error' | 'info';
  text: string;
  messageId: string | null;
  at: number;
}

/** One entry of the manifest's command lists, as offered by the composer. `slash`: offered after `/` and sent targeted. */
export interface TeamsBotCommand {
  title: string;
  description: string;
  scopes: ('personal' | 'team' | 'groupChat')[];
  triggers: ('mention' | 'slash')[];
}

/** An action command of the message extension. */
export interface TeamsExtensionCommand {
  id: string;
  title: string;
  description: string;
  contexts: ('compose' | 'commandBox' | 'message')[];
  /** Also offered after `/` in the composer. */
  slash: boolean;
}

/** Everything that a page needs to draw Teams for any of its people. `revision` grows with every change. */
export interface TeamsSnapshot {
  revision: number;
  now: number;
  tenantId: string;
  bot: { id: string; name: string; description: string };
  users: TeamsUser[];
  teams: TeamsTeam[];
  chats: TeamsChat[];
  /** Oldest first. */
  messages: TeamsMessage[];
  dialogs: TeamsDialog[];
  notices: TeamsNotice[];
  commands: TeamsBotCommand[];
  extensionCommands: TeamsExtensionCommand[];
  /** Whether the bot hears channel messages that do not mention it (resource-specific consent in the manifest). */
  hearsChannels: boolean;
  /** Whether files can be attached in a chat with the bot (`supportsFiles` in the manifest). */
  takesFiles: boolean;
}

/** What a person can do. `user` is a TeamsUser id, `conversation` a channel or chat id, `thread` the root message's id. */
export type TeamsAct =
  | {
      act: 'say';
      user: string;
      conversation: string;
      thread?: string;
      /** Plain text. `@Bot name` in it is turned into a mention. May be empty beside files or pictures. */
      text: string;
      /** Names of files to attach, ten at most. */
      files?: string[];
      /** How many pictures are pasted in. */
      pictures?: number;
      /** Puts a mention of the bot in front. */
      mentionBot?: boolean;
      /** Sent as a slash command: only the bot and the writer see it. `text` then starts with a command's title. */
      slash?: boolean;
    }
  | { act: 'edit'; user: string; conversation: string; messageId: string; text: string }
  | { act: 'deleteMessage'; user: string; conversation: string; messageId: string }
  | { act: 'undeleteMessage'; user: string; conversation: string; messageId: string }
  | { act: 'react'; user: string; conversation: string; messageId: string; type: string }
  | { act: 'unreact'; user: string; conversation: string; messageId: string; type: string }
  /** One reaction taken off and another put on in one move; the bot hears one activity with both. */
  | { act: 'swapReaction'; user: string; conversation: string; messageId: string; from: string; to: string }
  /** A press of Action.Execute; `data` is the action's own data with the card's inputs merged over it. */
  | {
      act: 'execute';
      user: string;
      conversation: string;
      messageId: string;
      verb: string;
      data: JsonObject;
      /** `automatic` is the card's refresh. */
      trigger?: 'manual' | 'automatic';
    }
  /** A press of Action.Submit in a message; opens a dialog when `data.msteams.type` is `task/fetch`. */
  | { act: 'submitAction'; user: string; conversation: string; messageId: string; data: JsonObject }
  /** An action command of the message extension, from a message's menu or (without `messageId`) from the composer. */
  | { act: 'openExtension'; user: string; conversation: string; commandId: string; messageId?: string }
  /** A press of Action.Submit in the open dialog; `data` as in `execute`. */
  | { act: 'submitDialog'; user: string; data: JsonObject }
  | { act: 'closeDialog'; user: string }
  /** Typeahead of an Input.ChoiceSet with `choices.data`; from a message when `messageId` is set, else from the dialog. */
  | {
      act: 'suggest';
      user: string;
      conversation?: string;
      messageId?: string;
      dataset: string;
      query: string;
      count?: number;
      skip?: number;
    }
  /** `in` is a team id, or the id of a personal chat. */
  | { act: 'installApp'; user: string; in: string }
  | { act: 'uninstallApp'; user: string; in: string };

/**
 * How an act ended. `ok` false: `error` is what Teams shows the person. An act that reaches the bot ends when the bot has
 * answered (or the wait is over), so that the page can show it as pending until then.
 */
export interface TeamsActResult {
  ok: boolean;
  error?: string;
  /** The id of the message that was said. */
  messageId?: string;
  /** The answers of `suggest`. */
  options?: { title: string; value: string }[];
  /** A short word of the bot to the person who pressed (`application/vnd.microsoft.activity.message`). */
  message?: string;
  /** Whether a dialog is open after the act. */
  dialog?: boolean;
}

/** One line of the developers' panel. `toBot`: an activity delivered; `fromBot`: a call of the Connector or token API. */
export interface TeamsCall {
  seq: number;
  at: number;
  direction: 'toBot' | 'fromBot';
  /** `POST`, `PUT`… */
  verb: string;
  /** The path called; for activities their type and invoke name, e.g. `invoke adaptiveCard/action`. */
  path: string;
  payload: Json;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  response: Json;
  latencyMs: number;
  /** Which delivery this is, from 1; above 1 when an earlier one was not answered in time. */
  attempt: number;
  /** What Teams found wrong with it (a card, an invoke response, no answer), in words; null when all is well. */
  problem: string | null;
}
