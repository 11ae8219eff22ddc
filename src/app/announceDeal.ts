/** Cases that change hands together: one message to each who is given some, and one to whose they were. */
import type { CaseEvent } from '../domain/case/events';
import { type Desk, personOf } from '../domain/desk/desk';
import type { PersonId } from '../domain/ids';
import type { Step } from './audience';
import type { Destination, Intent } from './ports';

type Dealt = Extract<CaseEvent, { type: 'CaseAssigned' }> & { readonly deal: string };

/** Somebody who reported a case themselves and reads of the whole needs no private line about each of them. */
export const readsOfAll = ({ after: { reporter } }: Step, { owner, from }: Pick<Dealt, 'owner' | 'from'>): boolean =>
  reporter.kind === 'person' && (reporter.id === owner || reporter.id === from);

/** Wanted again with each case, so that however many went through when a process dies is what people read. */
export function dealtTo({ by, desk }: Step, { deal, owner, from }: Dealt): readonly Intent[] {
  const doer = by.kind === 'person' ? by.id : null;
  const people = [owner, ...(from === null ? [] : [from])].filter((person) => person !== doer);
  return people.flatMap((person) => {
    const to = placeOf(desk, person);
    return to === null ? [] : [wordTo(person, to, deal)];
  });
}

const wordTo = (person: PersonId, to: Destination, deal: string): Intent => ({
  kind: 'keep',
  case: null,
  to,
  dedupe: `dealt:${deal}:${person}`,
  drawing: { view: 'dealt', args: { deal, person } },
  urgency: 1,
});

/** The same place for every case of a deal, wherever the case came by: on a platform that the desk works on. */
function placeOf(desk: Desk, person: PersonId): Destination | null {
  const accounts = Object.entries(personOf(desk, person)?.accounts ?? {});
  const [platform, user] = accounts.find(([name]) => desk.triage[name] !== undefined) ?? accounts[0] ?? [];
  return platform === undefined || user === undefined ? null : { kind: 'person', platform, user };
}
