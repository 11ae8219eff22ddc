/** What is read of Slack's payloads, and nothing more. Whatever does not look like this stops at the door. */
import { z } from 'zod';
import { StateValues } from './forms';

const id = z.string().min(1);
/** Of a workspace or an organisation. Bolt looks them up in an object of its own, where `__proto__` would be found. */
const teamId = z.string().regex(/^[A-Z0-9_-]*$/);
const Team = z.looseObject({ id: teamId.min(1), enterprise_id: teamId.nullish() });
const User = z.looseObject({
  id,
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: teamId.nullish(),
});
const Enterprise = z.looseObject({ id: teamId.min(1) });
const actor = { user: User, team: Team.nullish(), enterprise: Enterprise.nullish() };
const Channel = z.looseObject({ id });

export const SlashCommand = z.looseObject({
  command: z.string().startsWith('/'),
  text: z.string().default(''),
  team_id: teamId.min(1),
  enterprise_id: teamId.nullish(),
  channel_id: id,
  user_id: id,
  user_name: z.string().default(''),
  trigger_id: id,
  response_url: z.string().optional(),
});

const word = z.string().nullish().catch(null);
/** A file that cannot be read counts as one that is not known further: the message is read all the same. */
const File = z
  .looseObject({ title: word, name: word, permalink: word, mode: word, file_access: word })
  .catch({ title: null, name: null, permalink: null, mode: null, file_access: null });

const SlackMessage = z.looseObject({
  ts: id,
  thread_ts: z.string().optional(),
  text: z.string().nullish(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  username: z.string().nullish(),
  files: z.array(File).nullish().catch(null),
  edited: z.looseObject({ user: z.string().optional(), ts: z.string() }).optional(),
});
export type SlackMessage = z.infer<typeof SlackMessage>;
export { SlackMessage as SlackMessageShape };

export const MessageShortcut = z.looseObject({
  type: z.literal('message_action'),
  callback_id: id,
  trigger_id: id,
  response_url: z.string().optional(),
  ...actor,
  channel: Channel,
  message: SlackMessage,
});

const Action = z.looseObject({
  action_id: id,
  value: z.string().optional(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
});
const Container = z.looseObject({
  type: z.string(),
  channel_id: z.string().optional(),
  message_ts: z.string().optional(),
  thread_ts: z.string().optional(),
  is_ephemeral: z.boolean().optional(),
  view_id: z.string().optional(),
});
export const BlockActions = z.looseObject({
  type: z.literal('block_actions'),
  trigger_id: id,
  response_url: z.string().optional(),
  ...actor,
  container: Container,
  message: z.looseObject({ thread_ts: z.string().optional() }).nullish(),
  view: z
    .looseObject({ id, type: z.string(), hash: z.string().optional(), private_metadata: z.string().optional() })
    .nullish(),
  actions: z.array(Action).min(1),
});
export type BlockActions = z.infer<typeof BlockActions>;

const SubmittedView = z.looseObject({
  id,
  hash: z.string().default(''),
  callback_id: id,
  private_metadata: z.string().default(''),
  title: z.looseObject({ text: z.string() }).nullish(),
  submit: z.looseObject({ text: z.string() }).nullish(),
  close: z.looseObject({ text: z.string() }).nullish(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })),
  state: z.looseObject({ values: StateValues }).default({ values: {} }),
});
export type SubmittedView = z.infer<typeof SubmittedView>;
export const ViewSubmission = z.looseObject({
  type: z.literal('view_submission'),
  trigger_id: z.string().optional(),
  ...actor,
  view: SubmittedView,
});

export const BlockSuggestion = z.looseObject({
  type: z.literal('block_suggestion'),
  action_id: id,
  value: z.string().default(''),
  ...actor,
});

const AuthorizedTeam = z.looseObject({ team_id: teamId.nullish(), enterprise_id: teamId.nullish() });
const wrapper = {
  team_id: teamId.nullish(),
  event_id: id,
  authorizations: z.array(AuthorizedTeam).nullish(),
};

export const ReactionEvent = z.looseObject({
  ...wrapper,
  event: z.looseObject({
    type: z.enum(['reaction_added', 'reaction_removed']),
    user: id,
    reaction: id,
    item: z.looseObject({ type: z.literal('message'), channel: id, ts: id }),
    event_ts: id,
  }),
});

export const MessageEvent = z.looseObject({
  ...wrapper,
  event: z.looseObject({
    type: z.literal('message'),
    subtype: z.string().optional(),
    channel: id,
    channel_type: z.string().optional(),
    ts: id,
    event_ts: z.string().optional(),
    deleted_ts: z.string().optional(),
    message: SlackMessage.optional(),
    previous_message: SlackMessage.optional(),
  }),
});
export type MessageEvent = z.infer<typeof MessageEvent>;

export const AppHomeOpened = z.looseObject({
  ...wrapper,
  event: z.looseObject({
    type: z.literal('app_home_opened'),
    user: id,
    tab: z.string().optional(),
    view: z.looseObject({ hash: z.string().optional() }).nullish(),
  }),
});

/** As much of an event as Bolt reads before any listener: with less (an `item` of null, say) it would fall over. */
const record = z.looseObject({});
const AnyEvent = z.looseObject({
  type: z.literal('event_callback'),
  ...wrapper,
  event: z.looseObject({
    type: id,
    channel: z.union([z.string(), record]).optional(),
    user: z.union([z.string(), record]).optional(),
    item: record.optional(),
    subteam: record.optional(),
    assistant_thread: record.optional(),
    message: record.optional(),
    previous_message: record.optional(),
  }),
});
const INTERACTIONS = [
  'block_actions',
  'block_suggestion',
  'message_action',
  'shortcut',
  'view_submission',
  'view_closed',
];
const AnyInteraction = z.looseObject({
  type: z.enum(INTERACTIONS),
  user: User,
  team: Team.nullish(),
  enterprise: Enterprise.nullish(),
  channel: record.optional(),
  view: z.looseObject({ app_installed_team_id: teamId.nullish() }).nullish(),
  actions: z
    .array(z.looseObject({ action_id: z.string() }))
    .min(1)
    .optional(),
});
const NeedsView = z.looseObject({ type: z.string(), view: z.looseObject({ callback_id: z.string() }) });

export type Incoming =
  | { readonly kind: 'event'; readonly authorization: Partial<z.infer<typeof AuthorizedTeam>> }
  | { readonly kind: 'command' | 'interaction' | 'verification' }
  | { readonly kind: 'rate-limited'; readonly minute: unknown }
  | { readonly kind: 'malformed'; readonly why: string };

const malformed = (why: string): Incoming => ({ kind: 'malformed', why });

/** Says what a body is, and that it is whole enough to be handed on. */
export function classify(body: unknown): Incoming {
  const given = record.safeParse(body).data;
  if (given === undefined) return malformed('not an object');
  if (given['type'] === 'url_verification')
    return typeof given['challenge'] === 'string' ? { kind: 'verification' } : malformed('no challenge');
  const event = record.safeParse(given['event']).data;
  if (given['type'] === 'app_rate_limited' || event?.['type'] === 'app_rate_limited')
    return { kind: 'rate-limited', minute: given['minute_rate_limited'] ?? event?.['minute_rate_limited'] };
  if (given['type'] === 'event_callback') {
    const whole = AnyEvent.safeParse(body);
    return whole.success
      ? { kind: 'event', authorization: whole.data.authorizations?.[0] ?? { team_id: whole.data.team_id } }
      : malformed('event');
  }
  if (given['command'] !== undefined)
    return SlashCommand.safeParse(body).success ? { kind: 'command' } : malformed('command');
  if (!AnyInteraction.safeParse(body).success) return malformed('unknown type');
  const isView = given['type'] === 'view_submission' || given['type'] === 'view_closed';
  return isView && !NeedsView.safeParse(body).success ? malformed('view') : { kind: 'interaction' };
}

/** Did a listener find that a payload has another shape than it says? Bolt puts such errors into errors of its own. */
export function isMisshapen(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  return error instanceof Error && 'original' in error && isMisshapen(error.original);
}
