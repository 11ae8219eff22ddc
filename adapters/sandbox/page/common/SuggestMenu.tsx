type Line = { key: string; title: string; hint: string };
type Props = {
  id: string;
  label: string;
  items: Line[];
  at: number | null;
  onChoose: (index: number) => void;
  platform: 'slack' | 'teams';
};

/** The menu above a composer. The text box keeps the focus; `aria-activedescendant` tells which line is marked. */
export function SuggestMenu({ id, label, items, at, onChoose, platform }: Props) {
  const letter = platform[0];
  if (items.length === 0) return null;
  return (
    <div class={`${letter}-suggest`} data-testid={`${platform}-suggestions`}>
      <p>{label}</p>
      <div role="listbox" id={id} aria-label={label}>
        {items.map((item, index) => (
          <div
            role="option"
            tabIndex={-1}
            id={`${id}-${index}`}
            key={item.key}
            aria-selected={index === at}
            class={index === at ? `${letter}-option marked` : `${letter}-option`}
            onPointerDown={(event) => {
              // Before the text box loses the focus.
              event.preventDefault();
              onChoose(index);
            }}
          >
            <b>{item.title}</b>
            {item.hint !== '' && <small>{item.hint}</small>}
          </div>
        ))}
      </div>
    </div>
  );
}
