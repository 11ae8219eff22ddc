/** What was shown to be confirmed, as the form carries it: exactly that is done, whoever has more or less to do by then. */
import type { Dealt } from '../../domain/desk/dealing';
import { type PersonId, personId } from '../../domain/ids';
import { shorten } from '../../domain/words';

export interface Move {
  readonly number: number;
  readonly to: PersonId;
  readonly why: string;
}

/** A form of Slack carries 3,000 characters, its own names included. */
const WRITTEN_MAX = 2200;
const WHY_MAX = 60;
const BETWEEN = '|';
const WITHIN = '~';

/** As many of `dealt` as fit into a form, and those of them that move as it carries them. */
export function writtenMoves(dealt: readonly Dealt[]): { readonly moves: readonly Dealt[]; readonly written: string } {
  const moves: Dealt[] = [];
  let written = '';
  for (const one of dealt) {
    const next =
      one.to === null ? written : [written, writtenMove(one, one.to)].filter((it) => it !== '').join(BETWEEN);
    if (JSON.stringify(next).length > WRITTEN_MAX) break;
    moves.push(one);
    written = next;
  }
  return { moves, written };
}

const writtenMove = ({ case: it, why }: Dealt, to: PersonId): string =>
  [it.number, to, shorten(why, WHY_MAX).replaceAll(BETWEEN, '/')].join(WITHIN);

/** Written by `writtenMoves`, and sealed since. */
export function movesIn(written: string): readonly Move[] {
  return written.split(BETWEEN).map((move) => {
    const [number = '', to = '', ...why] = move.split(WITHIN);
    return { number: Number(number), to: personId(to), why: why.join(WITHIN) };
  });
}
