/** What is read of what Teams sends, and no more. Everything that is not needed at the door may be missing or odd. */
import { z } from 'zod';
import type { Verb } from '../../src/app/view';
import type { JsonObject } from './connector';

const loose = <T extends z.ZodType>(part: T) => part.nullish().catch(null);

const account = z.object({
  id: z.string().min(1).max(500),
  name: loose(z.string()),
  aadObjectId: loose(z.string().max(100)),
  role: loose(z.string()),
  isTargeted: loose(z.boolean()),
});

/** The least an activity must say before anybody asks who sent it. */
const frame = z.object({
  type: z.string().min(1).max(100),
  id: z.string().min(1).max(500),
  channelId: z.literal('msteams'),
  serviceUrl: z.string().min(1).max(2000),
  conversation: z.object({
    id: z.string().min(1).max(1000),
    conversationType: loose(z.string()),
    tenantId: loose(z.string()),
  }),
});

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().catch(''),
  mentioned: z.object({ id: z.string(), name: z.string().catch('') }),
});
const reactions = loose(z.array(z.object({ type: z.string().min(1).max(200) })).max(50));

/** `content` of a file holds an address that lets anybody in: only that of `text/html` is looked at, and nothing of it kept. */
const attached = z
  .object({
    contentType: z.string().catch(''),
    name: loose(z.string()),
    contentUrl: loose(z.string()),
    content: z.unknown().optional(),
  })
  .catch({ contentType: '', name: null, contentUrl: null });
export type Attached = z.infer<typeof attached>;

const activity = frame.extend({
  timestamp: loose(z.string()),
  localTimestamp: loose(z.string()),
  from: loose(account),
  recipient: loose(account),
  channelData: loose(
    z.object({
      tenant: loose(z.object({ id: loose(z.string()) })),
      team: loose(z.object({ id: loose(z.string()) })),
      eventType: loose(z.string()),
    }),
  ),
  text: loose(z.string()),
  entities: loose(z.array(z.unknown())),
  attachments: loose(z.array(attached)),
  replyToId: loose(z.string()),
  reactionsAdded: reactions,
  reactionsRemoved: reactions,
  name: loose(z.string()),
  action: loose(z.string()),
  membersAdded: loose(z.array(account)),
  value: z.unknown().optional(),
});

export type Activity = z.infer<typeof activity>;
export type Mention = z.infer<typeof mention>;

export type ReadActivity =
  | { readonly ok: true; readonly activity: Activity }
  | { readonly ok: false; readonly why: string };

/** An activity, or what is wrong with it in words for a developer. */
export function readActivity(body: unknown): ReadActivity {
  const read = activity.safeParse(body);
  if (read.success) return { ok: true, activity: read.data };
  const issue = read.error.issues[0];
  return { ok: false, why: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not an activity'}` };
}

export function mentionsOf({ entities }: Activity): readonly Mention[] {
  return (entities ?? []).flatMap((entity) => {
    const read = mention.safeParse(entity);
    return read.success ? [read.data] : [];
  });
}

// A record so that the compiler finds a verb that is missing here.
const VERBS: Readonly<Record<Verb, true>> = {
  take: true,
  escalate: true,
  wait: true,
  resume: true,
  resolve: true,
  reopen: true,
  details: true,
  note: true,
  reply: true,
  assign: true,
  priority: true,
  criteria: true,
  keep: true,
  lower: true,
  nudge: true,
  promise: true,
  kept: true,
  drop: true,
  accept: true,
  decline: true,
  advise: true,
  withdraw: true,
  handback: true,
  open: true,
  'open-from': true,
  dismiss: true,
  page: true,
  home: true,
  give: true,
  whatif: true,
  resend: true,
  arrived: true,
  swap: true,
  'swap-yes': true,
  'swap-no': true,
  'accept-all': true,
  board: true,
  deal: true,
  steps: true,
};
const isVerb = (word: unknown): word is Verb => typeof word === 'string' && Object.hasOwn(VERBS, word);

const option = z.object({ value: z.string(), label: z.string(), description: z.string().nullable() });
const known = z.object({ value: z.string(), label: z.string() });
const anyField = { name: z.string(), label: z.string(), required: z.boolean(), hint: z.string().nullable() };
const typed = { ...anyField, value: z.string(), maxLength: z.number(), placeholder: z.string().nullable() };
const field = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('line'), ...typed }),
  z.object({ kind: z.literal('text'), ...typed }),
  z.object({ kind: z.literal('choice'), ...anyField, value: z.string().nullable(), options: z.array(option) }),
  z.object({ kind: z.literal('client'), ...anyField, value: known.nullable(), known: z.array(known) }),
]);

/** A form as it travels in its own card, so that it can be shown again with what was typed: no server keeps it. */
const carriedForm = z.object({
  title: z.string(),
  submit: z.string(),
  cancel: z.string(),
  fields: z.array(field).max(30),
  /** The intro as it was drawn. */
  intro: z.array(z.custom<JsonObject>((part) => typeof part === 'object' && part !== null)),
});
export type CarriedForm = z.infer<typeof carriedForm>;

/** What Baton puts into the data of its actions. It routes; it never authorises: the engine asks again. */
const envelope = z.object({
  verb: z.custom<Verb>(isVerb),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Set on forms: the same for every delivery of one submission. */
  nonce: z.string().min(1).max(100).optional(),
  form: carriedForm.optional().catch(undefined),
  /** The other button of a form that stands in a message. */
  cancelled: z.boolean().optional(),
});
export type Envelope = z.infer<typeof envelope>;

export interface Pressed {
  readonly envelope: Envelope;
  /** What was put into the inputs of the card, by name. */
  readonly inputs: Readonly<Record<string, string>>;
}

const INPUTS_MAX = 60;

/** The data of an action as it came back, or null when it is none of ours (or of another version of Baton). */
export function readPressed(data: unknown): Pressed | null {
  if (typeof data !== 'object' || data === null || !('baton' in data)) return null;
  const read = envelope.safeParse(data.baton);
  if (!read.success) return null;
  const inputs = Object.entries(data)
    .filter(([name]) => name !== 'baton' && name !== 'msteams')
    .slice(0, INPUTS_MAX)
    .flatMap(([name, value]) => (isWord(value) ? [[name, String(value)] as const] : []));
  return { envelope: read.data, inputs: Object.fromEntries(inputs) };
}

function isWord(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export const cardAction = z.object({ action: z.object({ verb: z.string().catch(''), data: z.unknown().optional() }) });
export const taskValue = z.object({ data: z.unknown().optional() });
export const extensionValue = z.object({
  commandId: z.string().catch(''),
  data: z.unknown().optional(),
  messagePayload: loose(
    z.object({
      id: z.string().min(1),
      replyToId: loose(z.string()),
      createdDateTime: loose(z.string()),
      attachments: loose(z.array(attached)),
      body: loose(z.object({ contentType: z.string().catch('text'), content: z.string().catch('') })),
      from: loose(
        z.object({
          user: loose(z.object({ id: z.string(), displayName: loose(z.string()) })),
          application: loose(z.object({ id: z.string().catch(''), displayName: loose(z.string()) })),
        }),
      ),
    }),
  ),
});
export const searchValue = z.object({ queryText: z.string().catch(''), dataset: z.string().catch('') });
