import type { ComponentChildren } from 'preact';
import type { Person } from '../../uiState';
import { Icon } from '../common/Icon';
import { stepFocus } from '../common/Menu';
import { useSandbox } from '../sandbox';
import type { Theme } from './theme';

type Props = {
  onBe: (key: string) => void;
  theme: Theme;
  onTheme: (theme: Theme) => void;
  callsOpen: boolean;
  onCalls: () => void;
  children: ComponentChildren;
};

/** The bar above both products: who you are, what is shown, light or dark, the developers' panel. */
export function Header(props: Props) {
  const other = props.theme === 'dark' ? 'light' : 'dark';
  return (
    <header class="top">
      <div class="brand">
        <img src="/ui/icon.svg" alt="" width="26" height="26" />
        <h1>
          Baton <span>sandbox</span>
        </h1>
      </div>
      <People onBe={props.onBe} />
      <div class="top-end">
        {props.children}
        <button
          type="button"
          class="top-button"
          aria-label={`Use the ${other} theme`}
          title={`Use the ${other} theme`}
          data-testid="theme"
          onClick={() => props.onTheme(other)}
        >
          <Icon name={props.theme === 'dark' ? 'sun' : 'moon'} />
        </button>
        <button
          type="button"
          class="top-button"
          aria-pressed={props.callsOpen}
          aria-label="Developers: API calls"
          title="Developers: API calls"
          data-testid="developers"
          onClick={props.onCalls}
        >
          <Icon name="code" />
        </button>
      </div>
    </header>
  );
}

function People({ onBe }: { onBe: (key: string) => void }) {
  const { setup, me } = useSandbox();
  return (
    <div class="people">
      <span class="people-label" id="you-are">
        You are
      </span>
      <div
        class="people-row"
        role="radiogroup"
        aria-labelledby="you-are"
        onKeyDown={(event) => stepFocus(event, event.currentTarget, '[role=radio]')}
      >
        {setup.people.map((person) => (
          <PersonButton key={person.key} person={person} on={person.key === me.key} onBe={onBe} />
        ))}
      </div>
      <select
        class="people-select"
        aria-label="You are"
        data-testid="you-are-select"
        value={me.key}
        onChange={(event) => onBe(event.currentTarget.value)}
      >
        {setup.people.map((person) => (
          <option key={person.key} value={person.key}>
            {person.name.split(' ')[0]}, {person.role.toLowerCase()}
          </option>
        ))}
      </select>
    </div>
  );
}

function PersonButton({ person, on, onBe }: { person: Person; on: boolean; onBe: (key: string) => void }) {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={on}
      tabIndex={on ? 0 : -1}
      class="person"
      title={`${person.name}: ${person.role}`}
      data-testid={`be-${person.key}`}
      onClick={() => onBe(person.key)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && !on && onBe(person.key)}
    >
      <b>{person.name.split(' ')[0]}</b>
      <small>{person.role}</small>
    </button>
  );
}
