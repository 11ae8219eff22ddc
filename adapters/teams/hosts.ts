/**
 * Where the bot's token may go. Hosts are compared whole: a suffix match on `trafficmanager.net` would leak the token,
 * because anybody can register a name there (seen in hermes-agent PR #73685 and four other bots).
 */
const MICROSOFT_HOSTS: readonly string[] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
];

const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/** The service URL taken apart, ending in a slash, when the bot's token may go there; otherwise null. */
export function allowedServiceUrl(text: string, moreHosts: readonly string[]): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) return null;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const names = [url.host, `${url.hostname}:${port}`];
  const known = [...MICROSOFT_HOSTS, ...moreHosts.map((host) => host.toLowerCase())];
  if (!names.some((name) => known.includes(name))) return null;
  return url.pathname.endsWith('/') ? url : new URL(`${url.href}/`);
}
