/** Initials on the person's colour; the app has a baton instead. */
export function Avatar(props: { initials: string; colour: string; app?: boolean; size?: number; round?: boolean }) {
  const size = props.size ?? 36;
  const style = {
    width: `${size}px`,
    height: `${size}px`,
    fontSize: `${Math.round(size * 0.4)}px`,
    background: props.colour,
  };
  if (props.app === true)
    return (
      <img class={shape(props.round)} src="/ui/icon.svg" alt="" style={{ width: style.width, height: style.height }} />
    );
  return (
    <span class={shape(props.round)} style={style} aria-hidden="true">
      {props.initials}
    </span>
  );
}

function shape(round: boolean | undefined): string {
  return round === true ? 'avatar avatar-round' : 'avatar';
}
