/** Which addresses a feed of holidays may have, and to whom Baton speaks for it. Pure. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { isLoopback } from './values';

export type FeedAddress = { readonly url: URL } | { readonly problem: string };

/** Does `{ical: …}` name a feed, rather than a file? */
export const isAddress = (written: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(written);

/**
 * The address of a feed as it stands in the desk file: https, or plain http on this machine only. `webcal://` is what
 * calendar programs call https. Problems never repeat the path: many a private calendar has its key there.
 */
export function feedAddress(written: string): FeedAddress {
  const address = written.replace(/^webcals?:\/\//i, 'https://');
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    return { problem: 'is not the address of a feed; write it whole, beginning with https://' };
  if (url.username !== '' || url.password !== '')
    return { problem: 'holds a name and a password; use an address that needs none, or save the calendar as a file' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return { problem: 'is read in the clear; use https:// (http:// is for this machine only)' };
  if (isPrivate(url.hostname) && !isLoopback(url.hostname)) return { problem: PRIVATE };
  return { url };
}

/** A redirect leads to https only, and never to this machine, whoever sends it. */
export function redirected(from: URL, location: string): FeedAddress {
  const url = URL.canParse(location, from) ? new URL(location, from) : null;
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '')
    return { problem: 'leads to an address that is not https' };
  return isLoopback(url.hostname) || isPrivate(url.hostname) ? { problem: PRIVATE } : { url };
}

export const PRIVATE =
  'leads to a private address, and Baton reads feeds from public ones only; save the calendar as a file and name that';

/** Addresses of this machine, of the network around it, and those that no public server has (IANA's registries of special addresses). */
const SPECIAL = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  SPECIAL.addSubnet(net, bits, 'ipv4');
/** All that IPv6 has given to public servers is 2000::/3; what wraps an IPv4 address within it could wrap a private one. */
const PUBLIC_6 = new BlockList();
PUBLIC_6.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  SPECIAL.addSubnet(net, bits, 'ipv6');

/** A name is not private by itself: what it stands for is looked at when it is looked up. */
export function isPrivate(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  if (isIPv4(address)) return SPECIAL.check(address, 'ipv4');
  return isIPv6(address) && (!PUBLIC_6.check(address, 'ipv6') || SPECIAL.check(address, 'ipv6'));
}

/** How a feed is called where people read it: by its host alone, for its path may be a key. */
export function feedName(written: string): string {
  const host = URL.canParse(written) ? new URL(written).host : '';
  return host === '' ? 'the feed' : `the feed at ${host}`;
}
