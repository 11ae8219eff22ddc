import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../adapters/sandbox';

/** A stand-in for the product: just enough of an app, in raw HTTP, to put a page through its paces. No SDK, no checks. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

export type PageApp = { url: string; problems: string[]; stop: () => Promise<void> };

type Case = { status: string; priority: string; owner: string };

/** Starts the app on a free port; `sandbox` is asked for once the sandbox is open. */
export async function startPageApp(sandbox: () => Sandbox): Promise<PageApp> {
  const fields: Case = { status: 'New', priority: 'not set', owner: 'nobody yet' };
  const app: App = { sandbox, fields, card: { ts: '', id: '', conversation: '' }, problems: [] };
  const server = createServer((req, res) => {
    if (sandbox().handle(req, res)) return;
    answer(app, req, res).catch((problem: unknown) => void app.problems.push(String(problem)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, problems: app.problems, stop };
}

type App = {
  sandbox: () => Sandbox;
  fields: Case;
  card: { ts: string; id: string; conversation: string };
  /** What went wrong with the app's own calls; a test expects none. */
  problems: string[];
};

async function answer(app: App, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  if (req.url === '/api/messages') return onTeams(app, JSON.parse(body) as JsonObject, res);
  if (!body.startsWith('{')) return onSlackForm(app, new URLSearchParams(body), res);
  const event = at(JSON.parse(body) as Json, 'event') as JsonObject;
  res.end();
  if (event['type'] === 'app_home_opened')
    await slack(app, 'views.publish', { user_id: event['user'] ?? null, view: home() });
  if (event['type'] === 'message' && event['channel'] === 'C0SUPPORT' && !event['bot_id'] && !event['thread_ts'])
    await slack(app, 'chat.postEphemeral', {
      channel: 'C0SUPPORT',
      user: event['user'] ?? null,
      text: 'Open a case?',
      blocks: offer(),
    });
  if (event['type'] === 'reaction_added' && event['reaction'] === 'red_circle')
    await update(app, { priority: 'P1 Urgent', status: 'Triaged' });
}

async function onSlackForm(app: App, form: URLSearchParams, res: ServerResponse): Promise<void> {
  const payload = JSON.parse(form.get('payload') ?? '{}') as JsonObject;
  if (payload['type'] === 'block_suggestion') {
    const names = ['Contoso', 'Northwind Traders', 'Fabrikam', 'Tailspin Toys'];
    const found = names.filter((name) => name.toLowerCase().includes(String(payload['value']).toLowerCase()));
    const options = found.map((name) => ({ text: plain(name), value: name }));
    return void res.setHeader('content-type', 'application/json').end(JSON.stringify({ options }));
  }
  if (payload['type'] === 'view_submission') {
    const title = at(payload, 'view', 'state', 'values', 'title', 'title', 'value');
    if (title === null) {
      const errors = { title: 'Say in a few words what is wrong.' };
      return void res
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ response_action: 'errors', errors }));
    }
    res.end();
    const posted = await slack(app, 'chat.postMessage', {
      channel: 'C0TRIAGE',
      text: 'CASE-1042',
      blocks: card(app.fields),
    });
    app.card.ts = String(posted['ts']);
    return;
  }
  res.end();
  const trigger = form.get('trigger_id') ?? payload['trigger_id'];
  if (form.has('command') || payload['type'] === 'message_action')
    await slack(app, 'views.open', { trigger_id: trigger ?? null, view: modal() });
  if (payload['type'] === 'block_actions') await onPress(app, String(at(payload, 'actions', 0, 'action_id')));
}

async function onPress(app: App, action: string): Promise<void> {
  if (action === 'take') await update(app, { owner: 'Alice Anderson', status: 'In progress' });
  if (action === 'resolve') await update(app, { status: 'Resolved' });
}

async function update(app: App, change: Partial<Case>): Promise<void> {
  Object.assign(app.fields, change);
  await slack(app, 'chat.update', {
    channel: 'C0TRIAGE',
    ts: app.card.ts,
    text: 'CASE-1042',
    blocks: card(app.fields),
  });
}

async function onTeams(app: App, activity: JsonObject, res: ServerResponse): Promise<void> {
  const reply = (body: Json) => res.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  const adaptive = { contentType: 'application/vnd.microsoft.card.adaptive', content: teamsCard(app.fields) };
  if (activity['name'] === 'composeExtension/fetchTask') {
    const form = { contentType: adaptive.contentType, content: teamsForm() };
    return void reply({
      task: { type: 'continue', value: { title: 'Open a case', height: 420, width: 520, card: form } },
    });
  }
  if (activity['name'] === 'adaptiveCard/action') {
    Object.assign(app.fields, { owner: 'Alice Anderson', status: 'In progress' });
    const message = {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'You have CASE-1042 now.',
    };
    reply(message);
    const changed = { ...adaptive, content: teamsCard(app.fields) };
    return void (await connector(
      app,
      'PUT',
      `/v3/conversations/${encodeURIComponent(app.card.conversation)}/activities/${app.card.id}`,
      { type: 'message', attachments: [changed] },
    ));
  }
  if (activity['type'] === 'invoke') {
    reply({});
  } else {
    res.end();
  }
  const asked = activity['type'] === 'message' || activity['name'] === 'composeExtension/submitAction';
  if (!asked) return;
  const conversation = String(at(activity, 'conversation', 'id'));
  const posted = await connector(app, 'POST', `/v3/conversations/${encodeURIComponent(conversation)}/activities`, {
    type: 'message',
    text: 'Opened **CASE-1042**.',
    attachments: [adaptive],
  });
  Object.assign(app.card, { id: String(posted['id']), conversation });
}

async function slack(app: App, method: string, args: JsonObject): Promise<JsonObject> {
  const { env } = app.sandbox();
  const form = new URLSearchParams(
    Object.entries(args).map(([key, value]) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );
  const headers = { authorization: `Bearer ${env['SLACK_BOT_TOKEN']}` };
  const response = await fetch(`${env['SLACK_API_URL']}${method}`, { method: 'POST', headers, body: form });
  const result = (await response.json()) as JsonObject;
  if (result['ok'] !== true) throw new Error(`${method}: ${JSON.stringify(result)}`);
  return result;
}

async function connector(app: App, verb: string, path: string, body: JsonObject): Promise<JsonObject> {
  const { env, teams } = app.sandbox();
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: env['TEAMS_APP_ID'] ?? '',
    client_secret: env['TEAMS_APP_PASSWORD'] ?? '',
    scope: 'https://api.botframework.com/.default',
  });
  const login = await fetch(`${env['TEAMS_LOGIN_URL']}/${env['TEAMS_TENANT_ID']}/oauth2/v2.0/token`, {
    method: 'POST',
    body: form,
  });
  const { access_token } = (await login.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  const response = await fetch(`${teams.serviceUrl().replace(/\/$/, '')}${path}`, {
    method: verb,
    headers,
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${verb} ${path}: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as JsonObject);
}

function at(value: Json, ...path: (string | number)[]): Json {
  return path.reduce<Json>(
    (inside, key) => (inside === null || typeof inside !== 'object' ? null : ((inside as JsonObject)[key] ?? null)),
    value,
  );
}

const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
const marked = (text: string): JsonObject => ({ type: 'mrkdwn', text });
const button = (id: string, text: string, more: JsonObject = {}): JsonObject => ({
  type: 'button',
  action_id: id,
  text: plain(text),
  ...more,
});

function card(fields: Case): Json {
  const due = Math.floor(Date.now() / 1000) + 3600;
  return [
    { type: 'header', text: plain('CASE-1042 Nobody at Contoso can log in') },
    {
      type: 'section',
      fields: [
        marked('*Client*\nContoso'),
        marked(`*Status*\n${fields.status}`),
        marked(`*Priority*\n${fields.priority}`),
        marked(`*Owner*\n${fields.owner}`),
        marked(`*First response*\n:hourglass_flowing_sand: <!date^${due}^{date_short_pretty} {time}|soon>, 1 h left`),
      ],
      accessory: {
        type: 'overflow',
        action_id: 'more',
        options: [
          { text: plain('Details'), value: 'details' },
          { text: plain('Waiting on client'), value: 'wait' },
        ],
      },
    },
    {
      type: 'actions',
      elements: [
        button('take', 'Take', { style: 'primary' }),
        button('escalate', 'Escalate'),
        button('wait', 'Waiting on client'),
        button('resolve', 'Resolve', {
          confirm: {
            title: plain('Resolve?'),
            text: plain('The reporter is told.'),
            confirm: plain('Resolve'),
            deny: plain('Not yet'),
          },
        }),
      ],
    },
    {
      type: 'context',
      elements: [marked('Opened by <@U0RAVI> from <#C0SUPPORT> · _no second card, this one stays current_')],
    },
  ];
}

function offer(): Json {
  return [
    { type: 'section', text: marked('Is this a case for the desk?') },
    { type: 'actions', elements: [button('open', 'Open a case', { style: 'primary' }), button('no', 'No, thanks')] },
  ];
}

function modal(): Json {
  const input = (id: string, label: string, element: JsonObject, more: JsonObject = {}): JsonObject => ({
    type: 'input',
    block_id: id,
    label: plain(label),
    element: { action_id: id, ...element },
    ...more,
  });
  const options = ['P1 Urgent', 'P2 Standard', 'P3 Low'].map((words) => ({
    text: plain(words),
    value: words.slice(0, 2),
  }));
  return {
    type: 'modal',
    callback_id: 'new_case',
    title: plain('New case'),
    submit: plain('Open case'),
    close: plain('Cancel'),
    blocks: [
      input('title', 'Title', { type: 'plain_text_input', max_length: 150, focus_on_load: true }, { optional: true }),
      input(
        'what',
        'What happened',
        { type: 'plain_text_input', multiline: true },
        { optional: true, hint: plain('In the client’s words.') },
      ),
      input(
        'client',
        'Client',
        { type: 'external_select', min_query_length: 0, placeholder: plain('Search clients') },
        { optional: true },
      ),
      input('priority', 'Priority', { type: 'static_select', options }, { optional: true }),
      input('category', 'Category', { type: 'radio_buttons', options }, { optional: true }),
      input('due', 'Due', { type: 'datepicker' }, { optional: true }),
    ],
  };
}

function home(): Json {
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain('My cases') },
      { type: 'section', text: marked('You own no case. What waits for triage is below.') },
      { type: 'divider' },
      {
        type: 'section',
        text: marked('*CASE-1042* Nobody at Contoso can log in\n:red_circle: P1 · *12 min left*'),
        accessory: button('take', 'Take'),
      },
    ],
  };
}

function teamsCard(fields: Case): Json {
  const facts = [
    { title: 'Client', value: 'Contoso' },
    { title: 'Status', value: fields.status },
    { title: 'Priority', value: fields.priority },
    { title: 'Owner', value: fields.owner },
  ];
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      {
        type: 'TextBlock',
        text: 'CASE-1042 Nobody at Contoso can log in',
        weight: 'Bolder',
        size: 'Medium',
        wrap: true,
      },
      { type: 'FactSet', facts },
    ],
    actions: [
      { type: 'Action.Execute', verb: 'take', title: 'Take', style: 'positive', data: { ref: 'CASE-1042' } },
      { type: 'Action.Execute', verb: 'resolve', title: 'Resolve', data: { ref: 'CASE-1042' } },
      {
        type: 'Action.ShowCard',
        title: 'Add a note',
        card: {
          type: 'AdaptiveCard',
          body: [{ type: 'Input.Text', id: 'note', label: 'Note', isMultiline: true }],
          actions: [{ type: 'Action.Execute', verb: 'note', title: 'Keep', data: { ref: 'CASE-1042' } }],
        },
      },
    ],
  };
}

function teamsForm(): Json {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      {
        type: 'Input.Text',
        id: 'title',
        label: 'Title',
        isRequired: true,
        errorMessage: 'Say in a few words what is wrong.',
      },
      { type: 'Input.Text', id: 'what', label: 'What happened', isMultiline: true },
      {
        type: 'Input.ChoiceSet',
        id: 'who',
        label: 'Owner',
        choices: [],
        'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users?scope=currentContext' },
      },
      {
        type: 'Input.ChoiceSet',
        id: 'priority',
        label: 'Priority',
        choices: [
          { title: 'P1 Urgent', value: 'P1' },
          { title: 'P2 Standard', value: 'P2' },
        ],
      },
    ],
    actions: [{ type: 'Action.Submit', title: 'Open case', style: 'positive' }],
  };
}
