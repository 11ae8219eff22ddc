import { type Action, AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SubmitAction } from 'adaptivecards';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Json, JsonObject } from '../../slack/protocol';
import { cardContext, type Suggest } from './cardElements';
import { useTeams } from './context';
import dark from './hostConfig.dark.json';
import light from './hostConfig.light.json';
import { prepareCard } from './prepareCard';

export type CardPress = { kind: 'execute'; verb: string; data: JsonObject } | { kind: 'submit'; data: JsonObject };

type Props = { card: Json; onPress: (press: CardPress) => Promise<void>; onSuggest: Suggest };

/**
 * An Adaptive Card, drawn by Microsoft's own renderer with the Teams host configuration. It is drawn anew only when the
 * card itself or the theme changes, so that what people have typed stays.
 */
export function Card({ card, onPress, onSuggest }: Props) {
  const { theme } = useTeams();
  const place = useRef<HTMLDivElement>(null);
  const heard = useRef({ onPress, onSuggest });
  heard.current = { onPress, onSuggest };
  const [problem, setProblem] = useState(false);
  const [busy, setBusy] = useState(false);
  const version = JSON.stringify(card);
  useEffect(() => {
    const adaptive = new AdaptiveCard();
    adaptive.hostConfig = new HostConfig(theme === 'dark' ? dark : light);
    adaptive.onExecuteAction = (action) => {
      const pressed = pressOf(action);
      if (pressed === null) return;
      setBusy(true);
      void heard.current.onPress(pressed).finally(() => setBusy(false));
    };
    adaptive.parse(
      prepareCard(JSON.parse(version) as Json),
      cardContext((dataset, query) => heard.current.onSuggest(dataset, query)),
    );
    // Times as the rest of the page writes them; in Teams each client writes them in its own language.
    adaptive.lang ??= document.documentElement.lang;
    const drawn = adaptive.render();
    setProblem(!drawn);
    if (drawn) letButtonsWrap(drawn);
    place.current?.replaceChildren(...(drawn ? [drawn] : []));
  }, [version, theme]);
  return (
    <div class={`t-card ${busy ? 'busy' : ''}`} aria-busy={busy} data-testid="teams-card">
      <div ref={place} inert={busy} />
      {problem && <p class="t-empty">This card cannot be drawn.</p>}
    </div>
  );
}

/** The renderer squeezes buttons onto one line; Teams goes on below. Its own inline styles leave no other way. */
function letButtonsWrap(card: HTMLElement): void {
  for (const row of card.querySelectorAll<HTMLElement>('.ac-actionSet')) {
    Object.assign(row.style, { flexWrap: 'wrap', gap: '8px' });
    for (const child of [...row.children])
      if (child.localName === 'div' && child.childElementCount === 0) child.remove();
  }
  for (const button of card.querySelectorAll<HTMLElement>('.ac-pushButton')) button.style.flex = '0 1 auto';
}

function pressOf(action: Action): CardPress | null {
  if (action instanceof OpenUrlAction) {
    if (/^https?:\/\//.test(action.url ?? '')) window.open(action.url, '_blank', 'noopener,noreferrer');
    return null;
  }
  if (action instanceof ExecuteAction) return { kind: 'execute', verb: action.verb ?? '', data: dataOf(action) };
  if (action instanceof SubmitAction) return { kind: 'submit', data: dataOf(action) };
  return null;
}

/** The action's own data with the inputs merged over it. */
function dataOf(action: SubmitAction): JsonObject {
  const data: unknown = action.data;
  return typeof data === 'object' && data !== null ? (JSON.parse(JSON.stringify(data)) as JsonObject) : {};
}
