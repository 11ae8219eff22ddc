type Props = { url: string; alt: string; title?: string; small?: boolean };

/** A picture of the app. Nothing is fetched from outside: what does not travel inside the URL is told in words. */
export function Picture({ url, alt, title, small }: Props) {
  const kind = small === true ? 'b-picture small' : 'b-picture';
  const drawn = url.startsWith('data:image/') ? (
    <img class={kind} src={url} alt={alt} />
  ) : (
    <span class={`${kind} b-picture-words`}>🖼 {alt || 'Picture'}</span>
  );
  if (title === undefined || title === '') return drawn;
  return (
    <figure class="b-figure">
      <figcaption>{title}</figcaption>
      {drawn}
    </figure>
  );
}
