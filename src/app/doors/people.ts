import type { Desk, Person } from '../../domain/desk/desk';
import type { Caller } from './types';

/** By mention, id, e-mail or name; a first name will do where it is only one person's. `me` is whoever types. */
export function peopleNamed(desk: Desk, typed: string, caller: Caller): readonly Person[] {
  const wanted =
    typed
      .replace(/^@|[<>]/gu, '')
      .replace(/^@/u, '')
      .split('|')[0]
      ?.trim()
      .toLowerCase() ?? '';
  if (wanted === 'me') return desk.people.filter((one) => caller.party.kind === 'person' && one.id === caller.party.id);
  const exact = desk.people.filter((one) =>
    [one.id, one.name, one.email ?? '', ...Object.values(one.accounts)].some((name) => name.toLowerCase() === wanted),
  );
  return exact.length > 0 ? exact : desk.people.filter((one) => one.name.toLowerCase().split(' ').includes(wanted));
}
