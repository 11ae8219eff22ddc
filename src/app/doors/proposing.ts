import { type Case, type Handover, ownerOf } from '../../domain/case/case';
import type { Command, CommandOf } from '../../domain/case/commands';
import { type Desk, personOf } from '../../domain/desk/desk';
import { type PersonId, personId } from '../../domain/ids';
import { HandoverForm } from '../../inputs/forms';
import { readMoment } from '../../inputs/promises';
import type { Engine } from '../perform';
import type { Answer, Form } from '../view';
import { escalateForm, handBackForm } from '../views/handoverForms';
import type { Caller } from './types';

type Errors = Extract<Answer, { kind: 'errors' }>;

const whoAsks = ({ party }: Caller): PersonId | null => (party.kind === 'person' ? party.id : null);

/** The form of a hand-over as this person needs it. */
export const formToEscalate = (engine: Engine, it: Case, caller: Caller): Form =>
  escalateForm(it, engine.desk(), { from: whoAsks(caller), zone: zoneOf(engine.desk(), caller) });

/** Above the last level a person can still be asked, while there is anybody else on the desk. */
export function someoneElse(engine: Engine, it: Case, caller: Caller): boolean {
  const known = [whoAsks(caller), ownerOf(it)];
  return engine.desk().people.some(({ id, role }) => role !== 'viewer' && !known.includes(id));
}

/** Back to whoever handed it over, with the words that came with it; null where nobody did. */
export async function formToHandBack(engine: Engine, it: Case, caller: Caller): Promise<Form | null> {
  const to = it.handedBy ?? null;
  if (to === null || personOf(engine.desk(), to) === null) return null;
  const desk = engine.desk();
  const before = lastProposal(await engine.store.journalOf(it.id));
  const who = { from: whoAsks(caller), zone: zoneOf(desk, caller) };
  return handBackForm(it, desk, { ...who, to, ...(before !== null && { before }) });
}

function lastProposal(journal: Awaited<ReturnType<Engine['store']['journalOf']>>): Handover | null {
  const proposals = journal.flatMap(({ event }) =>
    event.type === 'HandoverProposed' && event.handover.kind !== 'advice' ? [event.handover] : [],
  );
  return proposals.at(-1) ?? null;
}

/** A proposal with nothing said yet: whether it would be refused can be known before anybody writes three fields. */
export const unsaid = (seen: number | null, person: PersonId | null = null): CommandOf<'EscalateCase'> => ({
  kind: 'EscalateCase',
  tried: '-',
  needed: '-',
  told: '-',
  level: null,
  person,
  seen,
});

/** What the form says, as a command; or what cannot be understood of it, under its field. */
export function proposalIn(engine: Engine, values: Readonly<Record<string, string>>, caller: Caller): Command | Errors {
  const { whom, kind, deadline: typed, ...words } = HandoverForm.parse(values);
  const desk = engine.desk();
  const deadline = typed === null ? null : readMoment(typed, { at: engine.clock.now(), zone: zoneOf(desk, caller) });
  if (deadline === undefined)
    return {
      kind: 'errors',
      fields: {
        deadline: `“${typed}” is no time that Baton understands. Write for example “today 17:00”, “Friday 9:30” or “25 Nov 14:00”, or leave it open.`,
      },
    };
  const level = whom?.startsWith('level:') ? whom.slice('level:'.length) : null;
  const person = whom?.startsWith('person:') ? personId(whom.slice('person:'.length)) : null;
  return { kind: 'EscalateCase', ...words, level, person, advice: kind === 'advice', deadline, seen: null };
}

const zoneOf = (desk: Desk, { party }: Caller): string =>
  (party.kind === 'person' ? personOf(desk, party.id)?.zone : null) ?? desk.zone;
