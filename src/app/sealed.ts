/** The doors and the surfaces with seals: everything that leaves by them is sealed, and only what is sealed comes in. */
import { partyKey } from '../domain/case/case';
import type { Instant } from '../domain/ids';
import type { Caller, Doors } from './doors/types';
import type { Surface } from './ports';
import { type Broken, type Seals, withoutSeal } from './seal';
import type { Answer, Button, ButtonData, Section, Verb, View } from './view';
import { sentence } from './views/parts';

const SENTENCES: Readonly<Record<Broken, string>> = {
  forged:
    'Baton did not make this button or form as it came back, or made it for somebody else, so nothing was changed. Open the case anew with `show` and its reference, or write `help`.',
  'too-late':
    'This form was opened more than a day ago, so nothing was changed. Copy what you typed, and open the form anew.',
};

interface Sealing {
  readonly seals: Seals;
  readonly now: () => Instant;
  /** Something came in that was not sealed as it is: worth a look by whoever runs Baton. */
  readonly refused: (broken: Broken, verb: Verb, caller: Caller) => void;
}

/** The doors as adapters get them. */
export function sealedDoors(doors: Doors, sealing: Sealing): Doors {
  const { seals, now } = sealing;
  const out = async (coming: Promise<Answer>, caller: Caller): Promise<Answer> =>
    sealAnswer(await coming, caller, sealing);
  const opened = (verb: Verb, data: ButtonData, caller: Caller): ButtonData | string => {
    const inside = seals.opened(verb, data, partyKey(caller.party), now());
    if (typeof inside !== 'string') return inside;
    sealing.refused(inside, verb, caller);
    return SENTENCES[inside];
  };
  return {
    ...doors,
    line: (words, caller) => out(doors.line(words, caller), caller),
    openFrom: (message, caller) => out(doors.openFrom(message, caller), caller),
    press: async (verb, data, caller) => {
      const inside = opened(verb, data, caller);
      if (typeof inside === 'string') return { kind: 'said', view: sentence(inside) };
      return out(doors.press(verb, inside, caller), caller);
    },
    submit: async (verb, data, values, caller) => {
      const inside = opened(verb, data, caller);
      if (typeof inside === 'string') return { kind: 'errors', fields: { '': inside } };
      return out(doors.submit(verb, inside, values, caller), caller);
    },
    // A page number says nothing that a person may not say.
    home: async (caller, page) => sealView(await doors.home(caller, withoutSeal(page)), seals),
  };
}

/** The surface as the engine gets it. */
export function sealedSurface(surface: Surface, seals: Seals): Surface {
  return {
    ...surface,
    post: (to, view, posting) => surface.post(to, sealView(view, seals), posting),
    update: (at, to, view) => surface.update(at, to, sealView(view, seals)),
  };
}

function sealAnswer(answer: Answer, { party }: Caller, { seals, now }: Sealing): Answer {
  switch (answer.kind) {
    case 'said':
      return { ...answer, view: sealView(answer.view, seals) };
    case 'form': {
      const { verb, data, intro } = answer.form;
      const sealed = seals.form(verb, data, partyKey(party), now());
      return {
        ...answer,
        form: { ...answer.form, data: sealed, intro: intro.map((part) => sealSection(part, seals)) },
      };
    }
    case 'errors':
    case 'done':
      return answer;
  }
}

const sealView = (view: View, seals: Seals): View => ({
  ...view,
  sections: view.sections.map((section) => sealSection(section, seals)),
  buttons: sealButtons(view.buttons, seals),
});

const sealButtons = (buttons: readonly Button[], seals: Seals): readonly Button[] =>
  buttons.map((button) => ({ ...button, data: seals.button(button.verb, button.data) }));

function sealSection(section: Section, seals: Seals): Section {
  return section.kind === 'row' || section.kind === 'buttons'
    ? { ...section, buttons: sealButtons(section.buttons, seals) }
    : section;
}
