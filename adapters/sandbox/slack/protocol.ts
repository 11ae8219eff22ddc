/**
 * What the emulated Slack shows and what a person can do in it: plain JSON between the emulator, the page and the tests.
 * Names of fields are Slack's own, so that a payload seen in Slack's documentation reads the same here.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A Block Kit block as the app sent it and the platform accepted it; `block_id` is always filled in. */
export type SlackBlock = {
  type: string;
  block_id: string;
  [key: string]: Json;
};

export type SlackUser = {
  id: string;
  /** The handle, without `@`. */
  name: string;
  real_name: string;
  title: string;
  email: string;
  /** Avatar: a CSS colour and up to two letters. */
  colour: string;
  initials: string;
  /** IANA zone. */
  tz: string;
  is_bot: boolean;
  /** With its colons (`:palm_tree:`); empty without a status. */
  status_emoji: string;
  status_text: string;
  /** Seconds since the epoch; 0: stays until it is cleared. */
  status_expiration: number;
  /** Do-not-disturb in seconds since the epoch: the stretch that goes on or comes next; null: none. */
  dnd: { start: number; end: number } | null;
};

export type SlackChannel = {
  id: string;
  /** Without `#`; for an im the id of the channel. */
  name: string;
  kind: 'channel' | 'private' | 'im';
  topic: string;
  members: string[];
  is_archived: boolean;
  /** Shared with another organisation (Slack Connect). */
  is_ext_shared?: true;
};

/** `name` is a short name without colons (`red_circle`); `users` in the order in which they reacted. */
export type SlackReaction = { name: string; users: string[] };

/** A file in a message: by its name only, nothing is uploaded. */
export type SlackFile = { id: string; name: string; user: string };

export type SlackMessage = {
  channel: string;
  /** Seconds with six digits of fraction, unique and increasing in the workspace: the message's id. */
  ts: string;
  /** Present on a reply and, equal to `ts`, on a message that has replies. */
  thread_ts?: string;
  /** The author; for the app's messages the bot's user id. */
  user: string;
  /** Present when an app wrote it. */
  bot_id?: string;
  /** mrkdwn, escaped by Slack's rules (`&amp;` `&lt;` `&gt;`); `<@U…>`, `<#C…>`, `<!here>`, `<url|label>` are entities. */
  text: string;
  blocks: SlackBlock[];
  files?: SlackFile[];
  edited?: { user: string; ts: string };
  reactions: SlackReaction[];
  reply_count: number;
  reply_users: string[];
  latest_reply?: string;
  /** Set when the message is shown to this one person only. */
  ephemeral_to?: string;
  metadata?: { event_type: string; event_payload: JsonObject };
  /** Whom the text or the blocks really notify: user ids, and the words `channel`, `here`, `everyone`. */
  mentions: string[];
  /** A reply that is shown in the channel too. */
  subtype?: 'thread_broadcast';
  /** A parent that was deleted while it had replies: shown as "This message was deleted." */
  deleted?: true;
};

/** A modal or a Home tab. What people have typed lives in the page until a press or a submit sends it along. */
export type SlackView = {
  id: string;
  type: 'modal' | 'home';
  callback_id: string;
  title?: string;
  submit?: string;
  close?: string;
  blocks: SlackBlock[];
  /** Changes with every update; fields whose block_id and action_id stay the same keep what was typed. */
  hash: string;
  /** The app's answer to the last submit: block_id → the sentence to show under that field. */
  errors: { [blockId: string]: string };
  /** A submit is under way: show a spinner, take no second one. */
  pending: boolean;
  /** A sentence above the buttons when the app did not answer ("We had some trouble connecting. Try again?"). */
  trouble?: string;
};

export type SlackCommand = {
  command: string;
  description: string;
  usage_hint: string;
};
export type SlackShortcut = {
  name: string;
  type: 'message' | 'global';
  callback_id: string;
  description: string;
};
export type SlackBookmark = {
  id: string;
  channel_id: string;
  title: string;
  link: string;
};

export type SlackSnapshot = {
  /** Grows by at least one with every change of anything below. */
  revision: number;
  /** The workspace's clock, in milliseconds. */
  now: number;
  team: { id: string; name: string; domain: string };
  app: {
    id: string;
    name: string;
    bot_id: string;
    bot_user_id: string;
    has_home: boolean;
    connected: boolean;
  };
  users: SlackUser[];
  /** Every channel; a page shows those whose `members` hold the person at the keyboard. */
  channels: SlackChannel[];
  /** In order of `ts`, replies and ephemerals included. */
  messages: SlackMessage[];
  /** User id → the stack of open modals, the last one on top. Absent when none is open. */
  modals: { [userId: string]: SlackView[] };
  /** User id → the Home tab as published. Absent until the app has published one. */
  homes: { [userId: string]: SlackView };
  commands: SlackCommand[];
  shortcuts: SlackShortcut[];
  bookmarks: SlackBookmark[];
  /** User id → channel id → messages not read yet. Absent means none. */
  unread: {
    [userId: string]: {
      [channelId: string]: { count: number; mentions: number };
    };
  };
};

/**
 * What a person put into one element: the text of an input; the `value` of the chosen option (or of each, for the multi
 * and checkbox kinds); a user, conversation or channel id; `YYYY-MM-DD`; `HH:mm`; seconds for a datetimepicker; null for empty.
 */
export type SlackEntry = string | number | string[] | null;
/** block_id → action_id → entry. An element that is left out has its initial value. */
export type SlackEntries = {
  [blockId: string]: { [actionId: string]: SlackEntry };
};

/** Where an element stands. Modals and the Home tab are both views. */
export type SlackPlace = { channel: string; ts: string } | { view_id: string };

/** `say` and `edit` take the text as typed: the emulator escapes it and turns `@name`, `@here` and `#channel` into entities. */
export type SlackAct =
  | {
      act: 'say';
      user: string;
      channel: string;
      thread_ts?: string;
      /** May be empty beside files. */
      text: string;
      broadcast?: boolean;
      /** Names of files to attach, ten at most. */
      files?: string[];
    }
  | { act: 'edit'; user: string; channel: string; ts: string; text: string }
  | { act: 'deleteMessage'; user: string; channel: string; ts: string }
  | { act: 'react'; user: string; channel: string; ts: string; name: string }
  | { act: 'unreact'; user: string; channel: string; ts: string; name: string }
  /** `thread_ts` set means that it was typed in a thread's composer, which Slack refuses. */
  | {
      act: 'command';
      user: string;
      channel: string;
      command: string;
      text: string;
      thread_ts?: string;
    }
  | {
      act: 'messageShortcut';
      user: string;
      channel: string;
      ts: string;
      callback_id: string;
    }
  | { act: 'globalShortcut'; user: string; callback_id: string }
  /** `value` for selects, pickers and menus; none for a button. `values` are the other fields of the same place. */
  | {
      act: 'press';
      user: string;
      place: SlackPlace;
      block_id: string;
      action_id: string;
      value?: SlackEntry;
      values?: SlackEntries;
    }
  | {
      act: 'suggest';
      user: string;
      place: SlackPlace;
      block_id: string;
      action_id: string;
      query: string;
    }
  | { act: 'submitView'; user: string; view_id: string; values: SlackEntries }
  /** `all` closes the whole stack (the X in the corner); without it only the top view (Cancel, Back). */
  | { act: 'closeView'; user: string; view_id: string; all?: boolean }
  /** What stands beside the name; empty words and emoji clear it. `minutes`: for how long, or until it is cleared. */
  | { act: 'setStatus'; user: string; emoji: string; text: string; minutes?: number }
  /** Do not disturb for so many minutes, as `/dnd` does; 0 ends it. */
  | { act: 'setDnd'; user: string; minutes: number }
  | { act: 'openHome'; user: string; tab?: 'home' | 'messages' }
  /** `with` defaults to the app's bot. */
  | { act: 'openIm'; user: string; with?: string }
  | { act: 'join'; user: string; channel: string }
  | { act: 'invite'; user: string; channel: string; invited: string }
  | { act: 'leave'; user: string; channel: string }
  | { act: 'markRead'; user: string; channel: string }
  | { act: 'dismiss'; user: string; channel: string; ts: string };

export type SlackOption = {
  text: { type: string; text: string };
  value: string;
  description?: { type: string; text: string };
};
export type SlackOptionGroup = {
  label: { type: string; text: string };
  options: SlackOption[];
};

/**
 * What came of an act. It is answered when the app has acknowledged (or failed to): messages and modals that follow are in
 * the snapshot. `error` is a word for programs, `words` the sentence that Slack would show to the person.
 */
export type SlackActResult =
  | {
      ok: true;
      /** `say`: the new message. */
      ts?: string;
      /** `openIm`: the direct message. */
      channel?: string;
      /** `submitView`: what the app asked for. */
      outcome?: 'closed' | 'errors' | 'updated' | 'pushed' | 'cleared';
      /** `submitView` with outcome `errors`: the same as in the view. */
      errors?: { [blockId: string]: string };
      /** `suggest`: either of them. */
      options?: SlackOption[];
      option_groups?: SlackOptionGroup[];
    }
  | { ok: false; error: string; words: string };

/** One line of the developers' panel: a call of the Web API by the app, or something sent to the app. */
export type SlackLogEntry =
  | {
      kind: 'call';
      id: number;
      at: number;
      method: string;
      args: JsonObject;
      status: number;
      result: JsonObject;
      ms: number;
    }
  | {
      kind: 'delivery';
      id: number;
      at: number;
      via: 'http' | 'socket';
      what: 'event' | 'command' | 'interaction' | 'options';
      /** `message`, `reaction_added`, `block_actions`, `view_submission`, the command's name… */
      type: string;
      /** Only for events. */
      event_id?: string;
      /** 0 for the first attempt. */
      attempt: number;
      payload: JsonObject;
      /** HTTP status; over a socket 200 for an ack; 0 when nothing came back. */
      status: number;
      response: Json;
      ms: number;
    };
