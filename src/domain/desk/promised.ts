import type { Client } from '../case/case';
import type { PriorityName } from '../ids';
import type { Calendar } from '../sla/calendar';
import type { Terms } from '../sla/rules';
import { rulesOf, termsOf } from '../sla/terms';
import type { Desk } from './desk';

/** What is promised to whom: a priority, for one tier of clients where there are tiers. */
export interface Promised {
  readonly name: string;
  readonly calendar: Calendar;
  readonly firstResponseMs: number;
}

/** Everything that is promised: by priority, and by tier and client where they differ from what everybody is promised. */
export function promisesOf(desk: Desk): readonly Promised[] {
  return desk.priorities.flatMap(({ name }) => {
    const usual = promisedTo(desk, name, name, null);
    const special = dealtWith(desk).map(({ who, client }) => promisedTo(desk, name, `${name} for ${who}`, client));
    const differs = ({ calendar, firstResponseMs }: Promised): boolean =>
      calendar.name !== usual.calendar.name || firstResponseMs !== usual.firstResponseMs;
    return [usual, ...special.filter(differs)].filter((one) => one.firstResponseMs > 0);
  });
}

/** 0: nothing is promised. */
function promisedTo(desk: Desk, priority: PriorityName, name: string, client: Client | null): Promised {
  const level = desk.levels[0]?.name ?? null;
  const { calendar, targetMs } = termsOf('first_response', { priority, client, level, targets: {} }, desk);
  return { name, calendar, firstResponseMs: targetMs ?? 0 };
}

/** A client of each tier, and every client with terms of their own. */
function dealtWith(desk: Desk): readonly { readonly who: string; readonly client: Client }[] {
  const { clients, tiers } = rulesOf(desk);
  const known = clients.map((one) => ({ ...one, client: { id: one.name, name: one.name } }));
  const ofTiers = Object.keys(tiers).flatMap((tier) => {
    const one = known.find((client) => client.tier === tier && hasNoTerms(client));
    return one === undefined ? [] : [{ who: `${tier} clients`, client: one.client }];
  });
  return [...ofTiers, ...known.filter((one) => !hasNoTerms(one)).map(({ name, client }) => ({ who: name, client }))];
}

/** Says nothing of its own: what everybody is promised counts. */
export const hasNoTerms = ({ calendar, priorities }: Terms): boolean =>
  calendar === null && Object.keys(priorities).length === 0;
