/** What `doctor` asks of Slack: is the token good, may the app do all it needs, is Baton where the desk wants it, who is missing. */
import type { WebClient } from '@slack/web-api';
import type { Place } from '../../src/domain/case/case';
import { type Desk, personBy } from '../../src/domain/desk/desk';
import { askWho, createApi, type Me, type SlackSettings } from './api';
import { errorWord, failureOf } from './failures';
import type { Log } from './log';
import { readSlackManifest } from './manifest';
import { addressOf, PLATFORM } from './refs';

export interface Finding {
  readonly ok: boolean;
  readonly say: string;
  /** Nothing to praise and nothing to mend: worth knowing. */
  readonly aside?: true;
}

const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const good = (say: string): Finding => ({ ok: true, say });
const bad = (say: string): Finding => ({ ok: false, say });

const aside = (say: string): Finding => ({ ok: true, say, aside: true });

/** Baton does without it, and says what is left out. */
const QUIET_SCOPE = 'dnd:read';

function scopes(me: Me): Finding[] {
  if (me.scopes === null)
    return [good('Slack does not say which permissions the token has; they could not be checked.')];
  const granted = new Set(me.scopes);
  const lacking = (readSlackManifest().oauth_config?.scopes?.bot ?? []).filter((scope) => !granted.has(scope));
  const missing = lacking.filter((scope) => scope !== QUIET_SCOPE);
  const needed =
    missing.length === 0
      ? good('The Slack app has all the permissions it needs.')
      : bad(`The Slack app lacks ${missing.join(', ')}: upload manifests/slack.yaml again and reinstall the app.`);
  if (granted.has(QUIET_SCOPE)) return [needed];
  return [
    needed,
    aside(
      `Without ${QUIET_SCOPE} Baton does not see who has do-not-disturb on in Slack, and asks them as anybody else. To change that, upload manifests/slack.yaml again, reinstall the app and restart Baton.`,
    ),
  ];
}

/** In Socket Mode: may Baton open its socket? Asking for an address opens none yet. */
async function socket(config: SlackSettings): Promise<Finding[]> {
  if (config.kind !== 'socket') return [];
  try {
    await createApi({ botToken: config.appToken, apiUrl: config.apiUrl }, SILENT).apps.connections.open({});
    return [good('Socket Mode: the app-level token is good.')];
  } catch (error) {
    const word = errorWord(error);
    if (word === null) return [bad(`Socket Mode: ${failureOf(error).problem}`)];
    return [
      bad(
        `Slack refuses SLACK_APP_TOKEN (${word}): make an app-level token with connections:write, and check that Socket Mode is on.`,
      ),
    ];
  }
}

async function channel(api: WebClient, id: string, use: string): Promise<Finding> {
  try {
    const { channel: found } = await api.conversations.info({ channel: id });
    const name = found?.name ? `#${found.name}` : id;
    if (found?.is_archived) return bad(`The ${use} channel ${name} is archived: name another one in the desk file.`);
    if (!found?.is_member) return bad(`Baton is not in the ${use} channel ${name}: type /invite @Baton there.`);
    return good(`Baton is in the ${use} channel ${name}.`);
  } catch (error) {
    return bad(`The ${use} channel ${id}: ${failureOf(error).problem}`);
  }
}

async function person(api: WebClient, id: string, name: string): Promise<Finding> {
  try {
    const { user } = await api.users.info({ user: id });
    if (user?.deleted) return bad(`${name} (${id}) no longer has a Slack account: mend the desk file.`);
    if (user?.is_bot) return bad(`${name} (${id}) is a bot in Slack: mend the desk file.`);
    return good(`${name} is ${user?.real_name ?? id} in Slack.`);
  } catch (error) {
    const unknown = errorWord(error) === 'user_not_found';
    return bad(
      unknown
        ? `Slack knows no ${id}: mend "slack" of ${name} in the desk file.`
        : `${name}: ${failureOf(error).problem}`,
    );
  }
}

function channelsOf(desk: Desk): (readonly [string, string])[] {
  const named = (id: string | undefined, use: string): (readonly [string, string])[] => (id ? [[id, use]] : []);
  const intake = desk.intake.filter((one) => one.platform === PLATFORM).map((one) => [one.channel, 'intake'] as const);
  return [...named(desk.triage[PLATFORM], 'triage'), ...named(desk.leads[PLATFORM], 'leads'), ...intake];
}

/** Every finding is a sentence that says what to mend. Makes one call a channel and person; never rejects. */
export async function checkSlack(config: SlackSettings, desk: Desk): Promise<Finding[]> {
  const api = createApi(config, SILENT);
  let me: Me;
  try {
    me = await askWho(api);
  } catch (error) {
    return [bad(failureOf(error).problem)];
  }
  const findings = [
    good(`The Slack token is good: Baton is in the workspace ${me.team}.`),
    ...scopes(me),
    ...(await socket(config)),
  ];
  for (const [id, use] of channelsOf(desk)) findings.push(await channel(api, id, use));
  for (const one of desk.people) {
    const account = one.accounts[PLATFORM];
    if (account && personBy(desk, PLATFORM, account)) findings.push(await person(api, account, one.name));
  }
  if (!desk.triage[PLATFORM])
    findings.push(bad('The desk file names no triage channel for Slack: no case card will be shown there.'));
  return findings;
}

/** How messages are addressed in this workspace; where Slack does not answer, no message is. Asks Slack once, and never rejects. */
export async function slackAddresses(config: SlackSettings): Promise<(place: Place) => string | null> {
  const url = await askWho(createApi(config, SILENT)).then(
    (me) => me.url,
    () => '',
  );
  return (place) => addressOf(url, place);
}
