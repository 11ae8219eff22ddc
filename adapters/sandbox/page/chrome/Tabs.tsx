export type Shown = 'both' | 'slack' | 'teams';

const CHOICES: { shown: Shown; words: string }[] = [
  { shown: 'both', words: 'Both' },
  { shown: 'slack', words: 'Slack' },
  { shown: 'teams', words: 'Teams' },
];

/** Which product is on the screen. A narrow page has no room for both: there `both` shows Slack. */
export function Tabs({ shown, onShow }: { shown: Shown; onShow: (shown: Shown) => void }) {
  return (
    <div class="tabs" role="group" aria-label="Show">
      {CHOICES.map((choice) => (
        <button
          type="button"
          key={choice.shown}
          class={`tab tab-${choice.shown}`}
          aria-pressed={shown === choice.shown}
          data-testid={`show-${choice.shown}`}
          onClick={() => onShow(choice.shown)}
        >
          {choice.words}
        </button>
      ))}
    </div>
  );
}
