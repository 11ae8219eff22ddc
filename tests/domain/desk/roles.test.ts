import type { Party } from '../../../src/domain/case/case';
import type { Command } from '../../../src/domain/case/commands';
import { type Desk, personBy, priorityInForce, priorityOf } from '../../../src/domain/desk/desk';
import { mayNot, mayNotOversee, mayNotTend, type Standing, standingOf } from '../../../src/domain/desk/roles';
import { ableMembers, levelAfter, levelOfPerson } from '../../../src/domain/desk/turns';
import { turnFor as find } from '../../../src/domain/desk/whoseTurn';
import { personId, priorityName } from '../../../src/domain/ids';
import { ada, alice, baton, bob, carol, DESK, gwen, lena, TEN, vera } from '../../support/given';

const WHO: Readonly<Record<Standing, Party>> = {
  guest: gwen,
  viewer: vera,
  agent: alice,
  lead: lena,
  admin: ada,
  system: baton,
};

/** Who may, command by command: g(uest) v(iewer) a(gent) l(ead) A(dmin) s(ystem). Written out, so that a change shows. */
const EXPECTED: Readonly<Record<Command['kind'], string>> = {
  OpenCase: 'g v a l A s',
  HearMessage: 'g v a l A s',
  HearEdit: 'g v a l A s',
  HearDeletion: 'g v a l A s',
  TriageCase: 'a l A',
  ReactPriority: 'a l A',
  UnreactPriority: 'a l A',
  SettlePriority: 'a l A',
  TakeCase: 'a l A',
  AssignCase: 'a l A',
  AwaitClient: 'a l A',
  ResumeCase: 'a l A',
  ResolveCase: 'a l A',
  ReopenCase: 'a l A',
  EscalateCase: 'a l A',
  AcceptHandover: 'a l A',
  DeclineHandover: 'a l A',
  GiveAdvice: 'a l A',
  WithdrawHandover: 'a l A',
  AddNote: 'a l A',
  ReplyToReporter: 'a l A',
  MakePromise: 'a l A',
  KeepPromise: 'a l A',
  DropPromise: 'a l A',
  NudgeOwner: 'a l A',
  SetTarget: 'l A',
  NameTurn: 's',
  HandOverShift: 's',
  WakeCase: 's',
};
const LETTERS: Readonly<Record<string, Standing>> = {
  g: 'guest',
  v: 'viewer',
  a: 'agent',
  l: 'lead',
  A: 'admin',
  s: 'system',
};
const turnFor = (desk: Desk, number: number) =>
  find(
    { number, client: null, category: null, priority: null, heldBy: null },
    { why: 'why', level: null },
    { desk, at: TEN },
  );
const table = Object.entries(EXPECTED).flatMap(([kind, letters]) => {
  const may = letters.split(' ').map((letter) => LETTERS[letter]);
  return Object.keys(WHO).map((standing) => [kind, standing, may.includes(standing as Standing)] as const);
});

describe('who may look after messages', () => {
  const may = (what: Parameters<typeof mayNotTend>[2]): string[] =>
    Object.entries(WHO)
      .filter(([, party]) => mayNotTend(DESK, party, what) === null)
      .map(([standing]) => standing);

  it('is leads and admins; replies to clients are everybody’s work who acts on cases', () => {
    expect(may('LookAtDeliveries')).toEqual(['lead', 'admin']);
    expect(may('TendDelivery')).toEqual(['lead', 'admin']);
    expect(may('TendReply')).toEqual(['agent', 'lead', 'admin']);
  });
});

describe('what concerns the desk as a whole', () => {
  it.each([
    ['LookAtBoard', 'viewer agent lead admin'],
    ['LookAtRota', 'viewer agent lead admin'],
    ['SayAway', 'agent lead admin'],
    ['SwapShift', 'agent lead admin'],
    ['SayOthersAway', 'lead admin'],
    ['HandAllOver', 'lead admin'],
    ['CompareDesks', 'lead admin'],
  ] as const)('%s is for: %s', (what, who) => {
    const may = Object.entries(WHO).filter(([, party]) => mayNotOversee(DESK, party, what) === null);
    expect(may.map(([standing]) => standing).join(' ')).toBe(who);
  });
});

describe('who may do what', () => {
  it.each(table)('%s by %s: %s', (kind, standing, may) => {
    const refusal = mayNot(DESK, WHO[standing as Standing], kind as Command['kind']);
    if (may) return expect(refusal).toBeNull();
    const worksCases = ['agent', 'lead', 'admin'].includes(standing);
    const code = standing === 'viewer' ? 'viewers-only-look' : 'not-of-the-desk';
    expect(refusal?.refused).toBe(worksCases ? 'leads-only' : code);
    // A refusal says who may.
    expect(refusal?.say).toMatch(/leads and admins/u);
  });

  it('asks the desk file as it is today: who has left it is a guest', () => {
    const without = { ...DESK, people: DESK.people.filter(({ id }) => id !== alice.id) };
    expect(standingOf(without, alice)).toBe('guest');
    expect(mayNot(without, alice, 'TakeCase')?.refused).toBe('not-of-the-desk');
    expect(mayNot(without, alice, 'OpenCase')).toBeNull();
  });
});

describe('whose turn it is', () => {
  it('goes round the first level with anybody in it', () => {
    expect([1000, 1001, 1002].map((number) => turnFor(DESK, number))).toMatchObject([
      { person: alice.id },
      { person: bob.id },
      { person: alice.id },
    ]);
  });

  it('passes over viewers and people who have left', () => {
    const levels = [{ name: 'L1', members: [vera.id, personId('zed')], acceptWithinMs: 1 }, ...DESK.levels.slice(1)];
    expect(turnFor({ ...DESK, levels }, 1)).toMatchObject({ person: carol.id });
    expect(ableMembers({ ...DESK, levels }, levels[0] ?? null)).toEqual([]);
  });

  it('is the leads’ on a desk without levels, then anybody’s who works cases, then nobody’s', () => {
    const flat = { ...DESK, levels: [] };
    expect(turnFor(flat, 0)).toMatchObject({ kind: 'turn', person: lena.id });
    const agents = { ...flat, people: DESK.people.filter(({ role }) => role === 'agent' || role === 'viewer') };
    expect(turnFor(agents, 0)).toMatchObject({ kind: 'turn', person: alice.id });
    expect(turnFor({ ...flat, people: [] }, 0)).toEqual({ kind: 'nobody', since: TEN });
  });
});

describe('the ladder of levels', () => {
  it('ends after the last, and begins at the first for a case on none', () => {
    expect(levelAfter(DESK, 'L1 Frontline')?.name).toBe('L2 Specialists');
    expect(levelAfter(DESK, 'L3 Management')).toBeNull();
    expect(levelAfter(DESK, null)?.name).toBe('L1 Frontline');
    expect(levelOfPerson(DESK, lena.id)?.name).toBe('L3 Management');
    expect(levelOfPerson(DESK, ada.id)).toBeNull();
  });
});

describe('the desk’s words', () => {
  it('finds people by account in any case of letters, on the platform that was said', () => {
    expect(personBy(DESK, 'slack', 'u0alice')?.id).toBe('alice');
    expect(personBy(DESK, 'teams', 'U0ALICE')).toBeNull();
  });

  it('finds priorities in any case of letters, and the one in force for an untriaged case or an unknown name', () => {
    expect(priorityOf(DESK, 'p1')?.name).toBe('P1');
    expect(priorityOf(DESK, '')).toBeNull();
    expect(priorityInForce(DESK, null).name).toBe('P2');
    expect(priorityInForce(DESK, priorityName('P7')).name).toBe('P2');
    expect(priorityInForce({ ...DESK, untriaged: priorityName('gone') }, null).name).toBe('P3');
  });
});
