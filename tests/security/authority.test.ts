/** Who may do what, at every door of both platforms, by signed requests and the real engine: exactly as the one table says. */
import type { Answer } from '../../src/app/view';
import { refuse } from '../../src/domain/case/refusals';
import { wordsIn } from '../support/floor';
import { EVERYBODY, type House, isAnswer, openHouse, type Platform, partyNow, WHO, type Who } from './house';
import type { Ask } from './requests';
import { EMOJI, LINES, may, OTHERS, PRESSES, type Row, type Shows, SUBMISSIONS } from './table';

jest.setTimeout(120_000);

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const REFUSALS = [
  ...(
    [
      'not-of-the-desk',
      'viewers-only-look',
      'leads-only',
      'not-asked',
      'not-your-dispute',
      'not-yours-to-withdraw',
    ] as const
  ).map((code) => refuse(code).say),
  'that you reported. Only people of the desk can look at the others.',
  'Only leads and admins compare desk files',
  'Only leads and admins say that somebody else is away',
  'can answer this.',
  'Nothing in this pack is open any more.',
  'so only they and the leads can answer it.',
];
const refusalIn = (answer: unknown): string | null => {
  const words = isAnswer(answer) ? wordsIn(answer) : '';
  return REFUSALS.find((sentence) => words.includes(sentence)) ?? null;
};

let ground: { readonly row: Row; readonly platform: Platform; readonly ask: Ask } | null = null;
/** Prepared with the desk as it was when cards were drawn, and again once something has changed. */
async function grounds(platform: Platform, who: Who, row: Row): Promise<Ask> {
  const isKept = ground?.row === row && ground.platform === platform && row.personal !== true;
  if (ground !== null && isKept) return ground.ask;
  const { floor, desk } = house;
  floor.desk = desk.before;
  ground = { row, platform, ask: await row.ask({ house, platform, who }) };
  await floor.settled();
  floor.desk = desk.now;
  return ground.ask;
}

/** What came of it, in one word. */
async function outcome(platform: Platform, who: Who, row: Row): Promise<Shows | 'refused' | 'nothing' | 'absent'> {
  const ask = await grounds(platform, who, row);
  const before = await house.traces(platform, who);
  const got = await house.asks(platform, who, ask, row.shows === 'form');
  if (got === null) return 'absent';
  expect(got.status).toBe(200);
  const changed = (await house.traces(platform, who)) !== before;
  if (changed) ground = null;
  const refusal = refusalIn(got.answer);
  if (changed) return refusal === null ? 'change' : 'refused';
  if (refusal !== null) return 'refused';
  if (!isAnswer(got.answer)) return got.answer === null ? 'nothing' : 'words';
  return got.answer.kind === 'form' ? 'form' : saysSomething(got.answer) ? 'words' : 'nothing';
}
const saysSomething = (answer: Answer): boolean => answer.kind !== 'errors';

const isRight = (row: Row, allowed: boolean, came: string): boolean => {
  if (came === 'absent') return true;
  if (!allowed) return came === 'refused' || came === 'nothing';
  return came === row.shows || (row.shows === 'words' && (came === 'form' || came === 'change'));
};

describe.each(['slack', 'teams'] as const)('In %s', (platform) => {
  const rows = (table: Readonly<Record<string, readonly Row[]>>): readonly (readonly [string, Row])[] =>
    Object.entries(table).flatMap(([name, all]) => all.map((row) => [`${name} (${row.may})`, row] as const));
  const asTheTableSays = async (_: string, row: Row): Promise<void> => {
    const wrong: string[] = [];
    for (const who of EVERYBODY) {
      const allowed = may(house.desk.now, partyNow(who, platform), who, row.may) && (row.only?.includes(who) ?? true);
      const came = await outcome(platform, who, row);
      if (!isRight(row, allowed, came))
        wrong.push(`${WHO[who]} ${allowed ? 'may' : 'may not'}, and what came was: ${came}`);
    }
    expect(wrong).toEqual([]);
  };

  it.each(rows(PRESSES))('the button %s', asTheTableSays);
  it.each(rows(SUBMISSIONS))('the form %s', asTheTableSays);
  it.each(rows(LINES))('the line %s', asTheTableSays);
  it.each(rows(EMOJI))('the emoji %s', asTheTableSays);
  it.each(rows(OTHERS))('the way in %s', asTheTableSays);
});
