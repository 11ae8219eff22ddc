import { type Case, partyKey, type Status } from '../../domain/case/case';
import { priorityOf } from '../../domain/desk/desk';
import { isLead, standingOf } from '../../domain/desk/roles';
import type { PersonId } from '../../domain/ids';
import { LIVE } from '../openCases';
import type { Engine } from '../perform';
import type { CaseQuery } from '../ports';
import type { Answer, ButtonData, View } from '../view';
import { detailsView } from '../views/details';
import { homeView } from '../views/home';
import { ledgerCsvView, ledgerView } from '../views/ledger';
import { listView, PAGE_SIZE, type Shown } from '../views/lists';
import { type LedgerForm, whyView } from '../views/why';
import { board, boardNow } from './board';
import { caseOf, said } from './find';
import { ops } from './ops';
import type { Caller } from './types';

const SEARCH = 'search:';

interface Asked {
  readonly heading: string;
  readonly empty: string;
  readonly query: Omit<CaseQuery, 'offset' | 'limit'>;
}

/** `list [mine|open|unassigned|p1…|a status]`. People who are not of the desk see what they reported. */
export async function list(engine: Engine, filter: string, pageNumber: number, caller: Caller): Promise<Answer> {
  return show(engine, filter, pageNumber * PAGE_SIZE, caller);
}

export async function search(engine: Engine, words: string, offset: number, caller: Caller): Promise<Answer> {
  if (words.trim() === '') return said('Search for what? Write a few words, for example `search printer fire`.');
  return show(engine, `${SEARCH}${words.trim().slice(0, 200)}`, offset, caller);
}

/** The next page of a list, of a ledger or of deliveries. */
export function page(engine: Engine, data: ButtonData, caller: Caller): Promise<Answer> {
  if (data['ledger'] !== undefined) return ledgerPage(engine, data, caller);
  if (data['ops'] !== undefined) return ops(engine, offsetOf(data, 'offset'), caller);
  if (data['board'] !== undefined) return board(engine, data, caller);
  return show(engine, String(data['filter'] ?? ''), offsetOf(data, 'offset'), caller);
}

async function show(engine: Engine, filter: string, offset: number, caller: Caller): Promise<Answer> {
  const asked = askedFor(engine, filter, caller);
  if (typeof asked === 'string') return said(asked);
  const { cases, total } = await engine.store.list({
    ...asked.query,
    ...onlyOwn(engine, caller),
    offset,
    limit: PAGE_SIZE,
  });
  const view = listView(asked.heading, { cases, total, offset }, asked.empty, {
    desk: engine.desk(),
    at: engine.clock.now(),
    filter,
  });
  return { kind: 'said', view };
}

function onlyOwn(engine: Engine, caller: Caller): { readonly reporter?: string } {
  return standingOf(engine.desk(), caller.party) === 'guest' ? { reporter: partyKey(caller.party) } : {};
}

function askedFor(engine: Engine, filter: string, caller: Caller): Asked | string {
  const me = caller.party.kind === 'person' ? caller.party.id : null;
  if (filter.startsWith(SEARCH)) {
    const words = filter.slice(SEARCH.length);
    return {
      heading: `Cases with “${words}”`,
      empty: `No case has all of “${words}”. Try fewer or other words; closed cases are searched too.`,
      query: { words },
    };
  }
  switch (filter) {
    case '':
    case 'open':
    case 'all':
      return {
        heading: 'Open cases',
        empty: 'There are no open cases. `new` and a few words opens one.',
        query: { statuses: LIVE },
      };
    case 'mine':
      return {
        heading: 'My cases',
        empty: 'You have no open cases. `list unassigned` shows what waits for somebody.',
        query: { statuses: LIVE, ...(me === null ? {} : { holder: me }) },
      };
    case 'unassigned':
    case 'unowned':
      return {
        heading: 'Cases without an owner',
        empty: 'Every open case has an owner.',
        query: { statuses: LIVE, unowned: true },
      };
    case 'untriaged':
      return {
        heading: 'Waiting for triage',
        empty: 'Nothing waits for triage.',
        query: { statuses: LIVE, untriaged: true },
      };
    default:
      return byPriorityOrStatus(engine, filter);
  }
}

const STATUS_WORDS: Readonly<Record<string, Status>> = {
  new: 'New',
  triaged: 'Triaged',
  'in progress': 'In progress',
  waiting: 'Awaiting client',
  'awaiting client': 'Awaiting client',
  resolved: 'Resolved',
  closed: 'Closed',
};

function byPriorityOrStatus(engine: Engine, filter: string): Asked | string {
  const priority = priorityOf(engine.desk(), filter);
  if (priority !== null)
    return {
      heading: `Open ${priority.name} cases`,
      empty: `There are no open ${priority.name} cases.`,
      query: { statuses: LIVE, priority: priority.name },
    };
  const status = STATUS_WORDS[filter];
  if (status !== undefined)
    return { heading: `${status} cases`, empty: `No case is ${status} now.`, query: { statuses: [status] } };
  const priorities = engine.desk().priorities.map((one) => `\`${one.name.toLowerCase()}\``);
  return `\`list\` does not know “${filter.slice(0, 40)}”. It knows \`mine\`, \`open\`, \`unassigned\`, \`untriaged\`, ${priorities.join(', ')}, \`waiting\`, \`resolved\` and \`closed\`.`;
}

export async function showDetails(engine: Engine, it: Case, { party }: Caller): Promise<Answer> {
  const journal = await engine.store.journalOf(it.id);
  const desk = engine.desk();
  const at = engine.clock.now();
  const ofDesk = standingOf(desk, party) !== 'guest';
  const forms = (await engine.store.present(it.id, at)).filter(
    ({ person }) => party.kind !== 'person' || person !== party.id,
  );
  return { kind: 'said', view: detailsView(it, journal, { desk, at, ofDesk, forms }) };
}

/** `why`: short, the whole ledger, or as CSV; long ones a page at a time. */
export async function why(engine: Engine, it: Case, as: LedgerForm = 'short', offset = 0): Promise<Answer> {
  const journal = await engine.store.journalOf(it.id);
  const told = { desk: engine.desk(), at: engine.clock.now(), offset };
  switch (as) {
    case 'short':
      return { kind: 'said', view: whyView(it, journal, told.desk, told.at) };
    case 'rows':
      return { kind: 'said', view: ledgerView(it, journal, told) };
    case 'csv':
      return { kind: 'said', view: ledgerCsvView(it, journal, told) };
  }
}

/** `why REF csv`, `why REF all`, or just `why REF`. */
export function whyLine(engine: Engine, it: Case, rest: string): Promise<Answer> {
  const form = LEDGER_WORDS[rest.trim().toLowerCase()];
  if (form !== undefined) return why(engine, it, form);
  const asked = rest.length > 40 ? `${rest.slice(0, 40)}…` : rest;
  return Promise.resolve(
    said(
      `\`why\` does not know “${asked}”. It knows \`why ${it.ref}\`, \`why ${it.ref} all\` and \`why ${it.ref} csv\`.`,
    ),
  );
}

const LEDGER_WORDS: Readonly<Record<string, LedgerForm>> = { '': 'short', all: 'rows', ledger: 'rows', csv: 'csv' };

/** A page of a ledger: the case is looked up again, and the person asked again who they are. */
async function ledgerPage(engine: Engine, data: ButtonData, caller: Caller): Promise<Answer> {
  const it = await caseOf(engine, { case: data['ledger'] ?? '' }, caller);
  if (typeof it === 'string') return said(it);
  const as = data['as'] === 'csv' || data['as'] === 'rows' ? data['as'] : 'short';
  return why(engine, it, as, offsetOf(data, 'offset'));
}

/** A person's own page. Each of its parts is paged by itself. */
export async function home(engine: Engine, caller: Caller, offsets: ButtonData): Promise<View> {
  const desk = engine.desk();
  const staff = standingOf(desk, caller.party) !== 'guest';
  const part = async (name: string, query: Omit<CaseQuery, 'offset' | 'limit'>): Promise<Shown> => {
    const offset = offsetOf(offsets, name);
    return { ...(await engine.store.list({ ...query, offset, limit: PAGE_SIZE })), offset };
  };
  const me: PersonId | null = caller.party.kind === 'person' ? caller.party.id : null;
  const mine = staff && me !== null ? { statuses: LIVE, holder: me } : { reporter: partyKey(caller.party) };
  return homeView(
    {
      reader: caller.party,
      mine: await part('mine', mine),
      team: staff ? await part('team', { statuses: LIVE }) : null,
      untriaged: staff ? await part('untriaged', { statuses: LIVE, untriaged: true }) : null,
      board: isLead(desk, caller.party) ? await boardNow(engine) : null,
      offsets,
    },
    desk,
    engine.clock.now(),
  );
}

function offsetOf(data: ButtonData, name: string): number {
  const offset = Number(data[name] ?? 0);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
}
