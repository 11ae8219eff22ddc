import { mayNotOversee } from '../../domain/desk/roles';
import { WhatIfForm } from '../../inputs/forms';
import type { Engine } from '../perform';
import type { Answer } from '../view';
import { FLIPS_NAMED_MAX, whatIfForm, whatIfView } from '../views/whatIf';
import { cardsOf, whatIf } from '../whatIf';
import { said } from './find';
import type { Submitted } from './submit';
import type { Caller } from './types';

const LEADS_ONLY =
  'Only leads and admins compare desk files; ask one of them. Whoever runs Baton can: `npx baton whatif --desk draft.yaml`.';
const NOT_HERE = 'This Baton cannot read drafts. Whoever runs it can: `npx baton whatif --desk draft.yaml`.';
/** In chat somebody waits for the answer; the command line looks at all of them. */
const CASES_MAX = 1000;

const mayAsk = (engine: Engine, { party }: Caller): boolean =>
  mayNotOversee(engine.desk(), party, 'CompareDesks') === null;

/** What if the desk file said something else: the form for the parts that would change. */
export async function askWhatIf(engine: Engine, caller: Caller): Promise<Answer> {
  if (!mayAsk(engine, caller)) return said(LEADS_ONLY);
  return engine.draft === undefined ? said(NOT_HERE) : { kind: 'form', form: whatIfForm() };
}

/** Replays the journal against the draft. Nothing is changed, whatever the draft says. */
export async function answerWhatIf(engine: Engine, { values }: Submitted, caller: Caller): Promise<Answer> {
  if (!mayAsk(engine, caller)) return said(LEADS_ONLY);
  const { text, days } = WhatIfForm.parse(values);
  if (engine.draft === undefined) return said(NOT_HERE);
  if (text === '')
    return { kind: 'errors', fields: { text: 'Write what would change, for example the example below the field.' } };
  const draft = await engine.draft(text);
  if ('problem' in draft) return { kind: 'errors', fields: { text: draft.problem } };
  const asked = { now: engine.desk(), draft: draft.desk, at: engine.clock.now(), days };
  const found = await whatIf(engine.store, { ...asked, most: CASES_MAX });
  const named = found.flips.slice(0, FLIPS_NAMED_MAX).map((flip) => flip.case);
  const cards = await cardsOf(engine.store, named, caller.platform);
  return { kind: 'said', view: whatIfView(found, days, engine.desk(), cards) };
}
