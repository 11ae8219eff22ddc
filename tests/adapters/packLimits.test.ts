/** A hand-over pack of twelve with long words, and the question before it, on both platforms: every row still has its button. */
import { checkBlocks } from '../../adapters/sandbox/slack/limits/blocks';
import type { Json } from '../../adapters/sandbox/slack/protocol';
import { cardOf as slackCard } from '../../adapters/slack/cards';
import { modalOf } from '../../adapters/slack/forms';
import { CARD_BYTES_MAX, cardOf as teamsCard } from '../../adapters/teams/cards';
import { carried, formCard } from '../../adapters/teams/forms';
import { leavingView, stepsForm } from '../../src/app/views/leaving';
import { packView, steplessView } from '../../src/app/views/pack';
import type { Case } from '../../src/domain/case/case';
import { caseId, DAY_MS, later, personId } from '../../src/domain/ids';
import { alice, DESK, escalates, given, opened, TEN, takes, triages } from '../support/given';

const LONG =
  'A rather long sentence that goes on about the serial number of the printer & <what> it smells of. '.repeat(20);
const escalated = given(
  opened(undefined, { title: LONG.slice(0, 200) }),
  triages(alice, 'P1'),
  takes(alice),
  escalates(alice, { needed: LONG, told: LONG, tried: LONG }),
).case;
const cases: readonly Case[] = Array.from({ length: 14 }, (_, index) => ({
  ...escalated,
  id: caseId(`01234567-89ab-cdef-0123-4567890000${index + 10}`),
  ref: `CASE-${index + 1001}`,
}));
const without: readonly Case[] = cases.map((it) => ({
  ...it,
  handover: it.handover === null ? null : { ...it.handover, noStep: true },
}));
const moving = cases.map((it, index) => ({ case: it, step: index % 2 === 0 ? LONG.slice(0, 200) : null }));
const leaving = { person: DESK.people[0]!, leaves: TEN, back: later(TEN, DAY_MS), moving, staying: 3 };
const pack = { from: personId('alice'), pack: 'alice:1', back: later(TEN, DAY_MS), zone: DESK.zone };
const view = packView({ ...pack, cases }, DESK, TEN);
const count = (card: unknown): number => JSON.stringify(card).split('"Accept"').length - 1;

it('stays within the limits of Slack', () => {
  const { blocks } = slackCard(view, { account: () => 'U0ALICE', address: () => null });
  expect(checkBlocks(JSON.parse(JSON.stringify(blocks)) as Json, 'message')).toEqual([]);
  expect(count(blocks)).toBe(12);
});

it('stays within the limits of Teams', () => {
  const card = teamsCard(view, () => null);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(CARD_BYTES_MAX);
  expect(count(card)).toBe(12);
});

const PEN = { account: () => 'U0ALICE', address: () => null };
const named = (card: unknown, words: string): number => JSON.stringify(card).split(words).length - 1;

it.each([
  ['a pack without next steps', packView({ ...pack, cases: without }, DESK, TEN), '"Accept"', 12],
  ['what the leads hear of it', steplessView(pack.from, without, DESK, TEN), '"Details"', 12],
  ['the question for next steps', leavingView(leaving, DESK, TEN), '"Next step"', 6],
])('%s fits both platforms', (_, shown, words, times) => {
  const { blocks } = slackCard(shown, PEN);
  expect(checkBlocks(JSON.parse(JSON.stringify(blocks)) as Json, 'message')).toEqual([]);
  expect(named(blocks, words)).toBe(times);
  const card = teamsCard(shown, () => null);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(CARD_BYTES_MAX);
  expect(named(card, words)).toBe(times);
});

it('the form for next steps keeps its ten lines on both platforms', () => {
  const form = stepsForm(moving);
  const modal = JSON.parse(JSON.stringify(modalOf(form, { channel: null, message: '', thread: null }, PEN)));
  expect(checkBlocks(modal.blocks as Json, 'modal')).toEqual([]);
  expect(modal.blocks.filter(({ type }: { type: string }) => type === 'input')).toHaveLength(10);
  expect(modal.private_metadata.length).toBeLessThanOrEqual(3000);
  const { verb, data } = form;
  const card = formCard({ verb, data, nonce: 'n', form: carried(form), where: 'dialog', errors: {} });
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(CARD_BYTES_MAX);
  expect(named(card, '"Input.Text"')).toBe(10);
});
