import { createLog, logCommitted } from '../../src/log';

function logTo(pretty = false, level: 'info' | 'debug' = 'info') {
  const lines: string[] = [];
  return { lines, log: createLog({ level, pretty, to: { write: (line) => void lines.push(line) } }) };
}

describe('the log', () => {
  it('holds one line for an accepted change: case, actor, command, cause', () => {
    const { lines, log } = logTo();
    logCommitted(log, {
      case: 'CASE-1042',
      actor: 'alice',
      command: 'triage',
      cause: 'slack reaction',
      events: ['CaseTriaged'],
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      case: 'CASE-1042',
      actor: 'alice',
      command: 'triage',
      cause: 'slack reaction',
      events: ['CaseTriaged'],
      msg: 'committed',
    });
  });

  it('keeps quiet below its level', () => {
    const { lines, log } = logTo();
    log.debug({ text: 'what somebody wrote' }, 'received');
    expect(lines).toEqual([]);
  });

  it.each<[string, object | string]>([
    ['a bot token in a sentence', 'invalid_auth for xoxb-123-456-topsecret'],
    ['an app token in a sentence', 'cannot connect with xapp-1-A0-99-topsecret'],
    ['a rotated token', 'xoxe.xoxb-1-topsecret'],
    ['a header', { headers: { Authorization: 'Bearer topsecret' } }],
    ['a header in a sentence', 'sent Authorization: Bearer topsecret/+=.~'],
    ['a web token', 'refused eyJhbGciOiJub25lIn0.eyJ0b3BzZWNyZXQiOjF9.topsecret'],
    [
      'settings',
      {
        config: { slack: { botToken: 'topsecret', signingSecret: 'top\\"secret', deep: { appPassword: 'topsecret' } } },
      },
    ],
    ['an environment', { TEAMS_APP_PASSWORD: 'topsecret', SLACK_SIGNING_SECRET: 'topsecret' }],
    ['a form', 'grant_type=client_credentials&client_secret=topsecret&scope=x'],
    ['a database address', 'cannot reach postgres://baton:topsecret@db:5432/baton'],
    [
      'an error',
      { err: new Error('An API error occurred for xoxb-1-topsecret', { cause: new Error('Bearer topsecret') }) },
    ],
    [
      'what an SDK hangs on its errors',
      { err: Object.assign(new Error('x'), { config: { data: 'topsecret' }, request: 'topsecret' }) },
    ],
  ])('hides a secret in %s', (_where, said) => {
    const { lines, log } = logTo();
    log.child({ token: 'topsecret' }).info(said);
    log.error(said);
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toMatch(/top.?.?secret/);
    for (const line of lines) JSON.parse(line);
  });

  it('shows of an error what helps to find it', () => {
    const { lines, log } = logTo();
    log.error({ err: Object.assign(new TypeError('no such channel'), { code: 'ENOENT' }) }, 'delivery failed');
    expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
      type: 'TypeError',
      message: 'no such channel',
      code: 'ENOENT',
    });
    expect(JSON.parse(lines[0] ?? '').err.stack).toContain('log.test.ts');
  });

  it('is readable where a person watches', () => {
    const { lines, log } = logTo(true);
    log.info({ case: 'CASE-1042', botToken: 'topsecret' }, 'committed');
    expect(lines.join('')).toMatch(/INFO.*committed\n\s+case: "CASE-1042"/);
    expect(lines.join('')).not.toContain('topsecret');
  });
});
