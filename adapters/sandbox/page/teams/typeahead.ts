/** A text box that looks choices up while people type; made without Preact because the card renderer wants plain elements. */

export type Choice = { title: string; value: string };
export type Typeahead = { element: HTMLElement; field: HTMLInputElement; value: () => string };

type Options = {
  known: Choice[];
  many: boolean;
  /** Values, joined by commas. */
  initial: string;
  placeholder: string;
  suggest: (query: string) => Promise<Choice[]>;
  changed: () => void;
};

const ASK_AFTER_MS = 150;

export function typeahead(options: Options): Typeahead {
  let chosen = options.initial === '' ? [] : options.initial.split(',').map((value) => known(options.known, value));
  let found: Choice[] = [];
  let at = -1;
  let asking = 0;
  const { box, field, list } = elements(options);
  const write = () => {
    field.value = chosen.map((choice) => choice.title).join(', ');
    options.changed();
  };
  const shut = () => {
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
  };
  const choose = (choice: Choice) => {
    chosen = options.many ? [...chosen.filter((one) => one.value !== choice.value), choice] : [choice];
    shut();
    write();
  };
  const show = (words: string | null) => {
    const items = found.map((choice, index) => optionElement(choice, index === at, () => choose(choice)));
    list.replaceChildren(...(words === null ? items : [note(words)]));
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
  };
  const ask = async (query: string) => {
    asking += 1;
    const turn = asking;
    const local = options.known.filter((choice) => fits(choice, query));
    const answered = await options.suggest(query);
    if (turn !== asking) return;
    found = [...local, ...answered.filter((choice) => !local.some((one) => one.value === choice.value))];
    at = found.length > 0 ? 0 : -1;
    show(found.length === 0 ? 'No results found' : null);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('input', () => {
    // With several, what stands before the last comma has been chosen already.
    const pieces = field.value.split(',');
    const titles = pieces.slice(0, -1).map((piece) => piece.trim());
    chosen = options.many ? chosen.filter((choice) => titles.includes(choice.title)) : [];
    options.changed();
    const query = (options.many ? (pieces.at(-1) ?? '') : field.value).trim();
    // Until the answer comes, only what fits stays: Enter must never take what the words rule out.
    // An answer to what stood here before comes too late.
    asking += 1;
    found = found.filter((choice) => fits(choice, query));
    at = found.length > 0 ? 0 : -1;
    show(found.length === 0 ? 'Searching…' : null);
    clearTimeout(timer);
    timer = setTimeout(() => void ask(query), ASK_AFTER_MS);
  });
  field.addEventListener('focus', () => void ask(''));
  field.addEventListener('blur', () => {
    clearTimeout(timer);
    asking += 1;
    shut();
    write();
  });
  field.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) at = (at + step + found.length) % found.length;
    if (step !== 0) show(null);
    const marked = found[at];
    if (event.key === 'Enter' && marked) choose(marked);
    if (event.key === 'Escape') shut();
    if (step !== 0 || event.key === 'Enter' || event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  field.value = chosen.map((choice) => choice.title).join(', ');
  return { element: box, field, value: () => chosen.map((choice) => choice.value).join(',') };
}

function fits(choice: Choice, query: string): boolean {
  return choice.title.toLowerCase().includes(query.toLowerCase());
}

function known(choices: Choice[], value: string): Choice {
  return choices.find((choice) => choice.value === value) ?? { title: value, value };
}

function elements(options: Options): { box: HTMLElement; field: HTMLInputElement; list: HTMLElement } {
  const box = document.createElement('div');
  const field = document.createElement('input');
  const list = document.createElement('div');
  box.className = 't-typeahead';
  field.className = 'ac-input ac-textInput';
  field.type = 'text';
  field.autocomplete = 'off';
  field.placeholder = options.placeholder || 'Type to search';
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-expanded', 'false');
  list.className = 't-typeahead-list';
  list.setAttribute('role', 'listbox');
  list.hidden = true;
  box.append(field, list);
  return { box, field, list };
}

function optionElement(choice: Choice, marked: boolean, choose: () => void): HTMLElement {
  const option = document.createElement('div');
  option.className = marked ? 't-option marked' : 't-option';
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', String(marked));
  option.textContent = choice.title;
  // Before the field loses the focus, which would shut the list.
  option.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    choose();
  });
  return option;
}

function note(words: string): HTMLElement {
  const line = document.createElement('p');
  line.className = 'popover-empty';
  line.textContent = words;
  return line;
}
