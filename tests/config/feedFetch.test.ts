import type { LookupFunction } from 'node:net';
import { feedAddress, feedName, isPrivate, redirected } from '../../src/config/feedAddress';
import { type Fetched, fetchFeedBy, type Reach } from '../../src/config/feedFetch';
import { certificateFor } from '../support/certificate';
import { answering, type FeedServer, openFeedServer } from '../support/feedServer';

const problemOf = (written: string): string => {
  const read = feedAddress(written);
  return 'problem' in read ? read.problem : `read from ${read.url.href}`;
};
const PRIVATE =
  'leads to a private address, and Baton reads feeds from public ones only; save the calendar as a file and name that';

describe('the address of a feed', () => {
  it.each([
    ['https://www.gov.uk/bank-holidays/england-and-wales.ics', undefined],
    ['webcal://calendar.example/uk.ics', 'https://calendar.example/uk.ics'],
    ['http://127.0.0.1:9000/h.ics', undefined],
    ['http://localhost/h.ics', undefined],
    ['http://[::1]/h.ics', undefined],
  ])('%s may be read', (written, address = written) => {
    expect(problemOf(written)).toBe(`read from ${address}`);
  });

  it.each([
    ['http://example.com/h.ics', 'is read in the clear; use https:// (http:// is for this machine only)'],
    ['ftp://example.com/h.ics', 'is not the address of a feed; write it whole, beginning with https://'],
    ['file:///etc/passwd', 'is not the address of a feed; write it whole, beginning with https://'],
    ['https://', 'is not the address of a feed; write it whole, beginning with https://'],
    [
      'https://bob:secret@example.com/h.ics',
      'holds a name and a password; use an address that needs none, or save the calendar as a file',
    ],
    ['https://169.254.169.254/latest/meta-data', PRIVATE],
    ['https://192.168.1.4/h.ics', PRIVATE],
    ['https://0xa9fea9fe/', PRIVATE],
    ['https://[fd00::1]/h.ics', PRIVATE],
    ['https://[::ffff:10.0.0.1]/h.ics', PRIVATE],
  ])('%s is refused', (written, problem) => {
    expect(problemOf(written)).toBe(problem);
  });

  it('is called by its host alone, for the path of a private calendar is its key', () => {
    expect(feedName('https://calendar.example/private-5f3a/basic.ics?key=1')).toBe('the feed at calendar.example');
  });

  it.each([
    ['93.184.215.14', false],
    ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', false],
    ['8.8.8.8', false],
    ['10.1.2.3', true],
    ['100.64.0.1', true],
    ['127.0.0.1', true],
    ['169.254.169.254', true],
    ['172.31.255.255', true],
    ['192.168.0.1', true],
    ['0.0.0.0', true],
    ['255.255.255.255', true],
    ['::1', true],
    ['::', true],
    ['fe80::1', true],
    ['fc00::1', true],
    ['::ffff:127.0.0.1', true],
    ['64:ff9b::a9fe:a9fe', true],
    ['2002:a9fe:a9fe::1', true],
    ['2001:0:a9fe:a9fe::', true],
  ])('%s private: %s', (address, expected) => {
    expect(isPrivate(address)).toBe(expected);
  });
});

describe('where a redirect may lead', () => {
  const from = new URL('https://calendar.example/a/uk.ics');
  it.each([
    ['/b/uk.ics', 'https://calendar.example/b/uk.ics'],
    ['https://other.example/', 'https://other.example/'],
    ['http://other.example/', 'leads to an address that is not https'],
    ['file:///etc/passwd', 'leads to an address that is not https'],
    ['https://localhost/', PRIVATE],
    ['https://127.0.0.1/', PRIVATE],
    ['https://169.254.169.254/latest', PRIVATE],
  ])('%s', (location, expected) => {
    const next = redirected(from, location);
    expect('problem' in next ? next.problem : next.url.href).toBe(expected);
  });
});

describe('reading a feed', () => {
  const certificate = certificateFor('calendar.example');
  let here: FeedServer;
  let secure: FeedServer;
  beforeAll(async () => {
    here = await openFeedServer();
    secure = await openFeedServer(certificate);
  });
  afterAll(() => Promise.all([here.stop(), secure.stop()]));

  const toHere: LookupFunction = (_name, options, done) =>
    options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
  const reach = (more: Partial<Reach> = {}): Reach => ({ bytesMax: 1024 * 1024, ...more });
  const read = (url: string, more: Partial<Reach> = {}): Promise<Fetched> => fetchFeedBy(reach(more))(new URL(url));
  const local = (): string => `http://127.0.0.1:${here.port}/h.ics`;
  /** A server of the outside world: its name leads here, and that counts as public. */
  const outside = (more: Partial<Reach> = {}): Promise<Fetched> =>
    read(`https://calendar.example:${secure.port}/a.ics`, {
      lookup: toHere,
      isPrivate: () => false,
      ca: certificate.cert,
      ...more,
    });

  it('gives its text', async () => {
    here.answer = answering(200, 'BEGIN:VCALENDAR');
    expect(await read(local())).toEqual({ text: 'BEGIN:VCALENDAR' });
    secure.answer = answering(200, 'over https');
    expect(await outside()).toEqual({ text: 'over https' });
  });

  it('follows a redirect to https, and no chain without end', async () => {
    secure.answer = ({ url }, response) =>
      url === '/b.ics' ? response.end('moved') : response.writeHead(302, { location: '/b.ics' }).end();
    expect(await outside()).toEqual({ text: 'moved' });
    secure.answer = (_, response) => response.writeHead(307, { location: '/again.ics' }).end();
    const before = secure.asked;
    expect(await outside()).toEqual({ problem: 'leads from one address to the next without end' });
    expect(secure.asked - before).toBe(5);
  });

  it('follows none to this machine, the cloud it runs in, or plain http', async () => {
    const before = here.asked;
    for (const [location, problem] of [
      [`https://127.0.0.1:${here.port}/`, PRIVATE],
      [`https://localhost:${here.port}/`, PRIVATE],
      ['https://169.254.169.254/latest/meta-data', PRIVATE],
      [local(), 'leads to an address that is not https'],
    ] as const) {
      secure.answer = (_, response) => response.writeHead(301, { location }).end();
      expect(await outside()).toEqual({ problem });
    }
    expect(here.asked).toBe(before);
  });

  it('dials no name that stands for a private address', async () => {
    const before = secure.asked;
    const at = `https://calendar.example:${secure.port}/a.ics`;
    expect(await read(at, { lookup: toHere, ca: certificate.cert })).toEqual({ problem: PRIVATE });
    expect(await read('https://169.254.169.254/')).toEqual({ problem: PRIVATE });
    expect(secure.asked).toBe(before);
  });

  it.each([
    [500, 'answered 500'],
    [404, 'answered 404'],
    [304, 'answered 304'],
    [204, 'answered 204'],
  ])('says so when the answer is %d', async (status, problem) => {
    here.answer = (_, response) => response.writeHead(status).end();
    expect(await read(local())).toEqual({ problem });
  });

  it('ends at a size and after a time, at whatever point it stalls', async () => {
    here.answer = answering(200, 'x'.repeat(3000));
    expect(await read(local(), { bytesMax: 2048 })).toEqual({ problem: `is larger than ${2048 / 1024 / 1024} MB` });
    here.answer = () => undefined;
    expect(await read(local(), { withinMs: 50 })).toEqual({ problem: 'did not answer in time' });
    here.answer = (_, response) => void response.writeHead(200).write('BEGIN');
    expect(await read(local(), { withinMs: 200 })).toEqual({ problem: 'did not answer in time' });
  });

  it('says what the network says', async () => {
    expect(await outside({ ca: certificateFor('calendar.example').cert })).toEqual({
      problem: expect.stringMatching(/^cannot be reached \([A-Z_]+\)$/),
    });
    const nobody: LookupFunction = (_name, _options, done) =>
      done(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), []);
    expect(await outside({ lookup: nobody })).toEqual({ problem: 'cannot be found (ENOTFOUND)' });
    here.answer = ({ socket }) => void socket.destroy();
    expect(await read(local())).toEqual({ problem: 'cannot be reached (ECONNRESET)' });
  });
});
