import type { Case, Place } from '../../domain/case/case';
import { type Board, boardOf, type Desktop, desktopOf, type Seen } from '../../domain/desk/board';
import { isStaff, mayNotOversee } from '../../domain/desk/roles';
import { type CaseId, personId } from '../../domain/ids';
import { attendanceNow } from '../attendance';
import { openCases } from '../openCases';
import type { Engine } from '../perform';
import type { Answer, ButtonData } from '../view';
import { BOARD_ROWS, type BoardReading, boardView, namedOn, personBoardView } from '../views/board';
import { cardsOf } from '../whatIf';
import { said } from './find';
import type { Caller } from './types';

/** The whole board, or (`person`) all that one person has; `offset` as the buttons of the view say. */
export async function board(engine: Engine, data: ButtonData, caller: Caller): Promise<Answer> {
  const refusal = mayNotOversee(engine.desk(), caller.party, 'LookAtBoard');
  if (refusal !== null) return said(refusal.say);
  const offset = Math.max(0, Math.trunc(Number(data['offset'] ?? 0)) || 0);
  const cases = await openCases(engine);
  const seen = await seenNow(engine);
  const named = data['person'] === undefined ? null : personId(String(data['person']));
  if (named === null) {
    const all = boardOf(cases, seen);
    return { kind: 'said', view: boardView(all, await reading(engine, { shown: namedOn(all), offset }, caller)) };
  }
  const one: Desktop = desktopOf(named, cases, seen);
  const shown = one.open.slice(offset, offset + BOARD_ROWS);
  return { kind: 'said', view: personBoardView(one, await reading(engine, { shown, offset }, caller)) };
}

/** The board as it is now. */
export async function boardNow(engine: Engine): Promise<Board> {
  return boardOf(await openCases(engine), await seenNow(engine));
}

const seenNow = async (engine: Engine): Promise<Seen> => ({
  desk: engine.desk(),
  attendance: await attendanceNow(engine),
  at: engine.clock.now(),
});

async function reading(
  engine: Engine,
  { shown, offset }: { readonly shown: readonly Case[]; readonly offset: number },
  { party, platform }: Caller,
): Promise<BoardReading> {
  const desk = engine.desk();
  const cards: ReadonlyMap<CaseId, Place> = await cardsOf(
    engine.store,
    shown.map(({ id }) => id),
    platform,
  );
  return {
    desk,
    at: engine.clock.now(),
    acts: isStaff(desk, party),
    deals: mayNotOversee(desk, party, 'HandAllOver') === null,
    offset,
    cards,
  };
}
