import type { Case, Status } from '../domain/case/case';
import type { Engine } from './perform';
import type { CaseQuery } from './ports';

/** The statuses of a case on which work goes on. */
export const LIVE: readonly Status[] = ['New', 'Triaged', 'In progress', 'Awaiting client'];
const PAGE = 200;
/** The most urgent cases that are looked at: what is due after two thousand others is not what today hangs on. */
const LOOKED_MAX = 2000;

/** The cases on which work goes on (of all, or only those that nobody owns), the most urgent first. */
export async function openCases(
  { store }: Pick<Engine, 'store'>,
  only: Pick<CaseQuery, 'unowned'> = {},
): Promise<readonly Case[]> {
  const found: Case[] = [];
  while (found.length < LOOKED_MAX) {
    const { cases } = await store.list({ ...only, statuses: LIVE, offset: found.length, limit: PAGE });
    found.push(...cases);
    if (cases.length < PAGE) break;
  }
  return found;
}
