import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAudit } from '../../src/auditing';
import { instant, later, MINUTE_MS } from '../../src/domain/ids';
import { createHealth } from '../../src/health';
import { createHeartbeat } from '../../src/heartbeat';
import { openCase, openFloor } from '../support/floor';
import { ravi } from '../support/given';

describe('The heartbeat', () => {
  let server: Server;
  let lines: string[];
  const log = {
    warn: (details: object, what: string) => void lines.push(`${what} ${JSON.stringify(details)}`),
    info: (_: object, what: string) => void lines.push(what),
  };
  const at = async (listener: RequestListener): Promise<string> => {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a-secret-path`;
  };
  beforeEach(() => {
    lines = [];
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('asks the address once a beat', async () => {
    const asked: string[] = [];
    const url = await at((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('OK');
    });
    const heart = createHeartbeat(url, log);
    expect([await heart.beat(), await heart.beat()]).toEqual(['answered', 'answered']);
    expect(asked).toEqual(['GET /a-secret-path', 'GET /a-secret-path']);
    expect(lines).toEqual([]);
  });

  it('gives up on a watchman who does not answer, and beats no second time meanwhile', async () => {
    const heart = createHeartbeat(await at(() => undefined), log, 50);
    const first = heart.beat();
    expect(await heart.beat()).toBe('under way');
    expect(await first).toBe('failed');
    expect(lines[0]).toContain('no answer in time');
  });

  it('says once that it fails and once that it works again, and never where', async () => {
    let status = 500;
    const url = await at((_, response) => {
      response.statusCode = status;
      response.end();
    });
    const heart = createHeartbeat(url, log);
    for (let beat = 0; beat < 3; beat += 1) expect(await heart.beat()).toBe('failed');
    status = 200;
    expect(await heart.beat()).toBe('answered');
    expect(lines).toEqual([
      'HEARTBEAT_URL does not answer; it is asked every minute {"problem":"it answered 500"}',
      'HEARTBEAT_URL answers again',
    ]);
  });

  it('follows nobody elsewhere', async () => {
    const url = await at((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end());
    expect(await createHeartbeat(url, log).beat()).toBe('failed');
    expect(lines.join()).not.toContain('secret');
  });

  it('goes out when all is well, and is withheld while a case waits to be looked at or something is noted', async () => {
    let beats = 0;
    const url = await at((_, response) => {
      beats += 1;
      response.end();
    });
    const floor = await openFloor();
    const problems: string[] = [];
    const health = createHealth(floor.store, floor.engine.clock, () => problems);
    const audit = createAudit({ engine: floor.engine, health, log, heartbeatUrl: url });
    const beatsAfter = async (): Promise<number> => {
      await audit();
      return beats;
    };
    expect(await beatsAfter()).toBe(1);
    problems.push('The connection to Slack is down.');
    expect(await beatsAfter()).toBe(1);
    problems.pop();
    health.noted('backup', 'No backup could be made.');
    expect(await beatsAfter()).toBe(1);
    health.noted('backup', null);
    await openCase(floor, ravi);
    floor.at = later((await floor.store.nextAlarmAt()) ?? instant(0), 2 * MINUTE_MS);
    expect(await beatsAfter()).toBe(1);
    expect((await health.readiness()).reasons.join()).toContain('One case should have been looked at since 2026');
    const { body } = await health.metrics();
    expect(body).toContain('baton_audit_findings{kind="alarms"} 1');
    expect(body).toContain('baton_audit_alarm_late_seconds 120');
    expect(body).toContain('baton_heartbeats_total{outcome="withheld"} 3');
    await floor.passes(0);
    expect(await beatsAfter()).toBe(2);
    await floor.close();
  });
});
