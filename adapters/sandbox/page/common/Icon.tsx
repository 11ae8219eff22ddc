/** Line icons of our own, 20 by 20, drawn with the colour of the text around them. */
const PATHS = {
  smile:
    'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM6.8 11.6c.7 1.5 1.8 2.2 3.2 2.2s2.5-.7 3.2-2.2M7.5 7.9v.1M12.5 7.9v.1',
  thread: 'M3 4.5h14v9H9l-3.5 3v-3H3ZM6.5 8h7M6.5 10.5h4.5',
  more: 'M4.6 10a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0M9.6 10a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0M14.6 10a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0',
  send: 'M3.5 16.5 17 10 3.5 3.5l1.7 5.2L12 10l-6.8 1.3Z',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4 6 10l6 6',
  down: 'M5 7.5l5 5 5-5',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  check: 'M4 10.5l4 4 8-9',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5Z',
  code: 'M7 5.5 2.5 10 7 14.5M13 5.5l4.5 4.5L13 14.5',
  chat: 'M3 4h14v10H8l-4 3v-3H3Z',
  team: 'M7 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM13.7 9.5a2.3 2.3 0 1 0 0-4.6M2 16.5c0-3 2.2-4.8 5-4.8s5 1.8 5 4.8M13.5 11.8c2.6 0 4.5 1.6 4.5 4.2',
  hash: 'M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4.3l2.8 1.7',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13ZM8.5 17.5h3',
  reply: 'M8 5 3 9.5 8 14v-3c4 0 7 1 9 4-.5-5-3.5-8-9-8Z',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l4 4',
  pen: 'M4 16l.8-3.5L13 4.3l2.7 2.7-8.2 8.2Z',
  plus: 'M10 4v12M4 10h12',
  clip: 'M13.6 6.6 7.9 12.3a1.6 1.6 0 0 0 2.3 2.3l5.9-5.9a3.3 3.3 0 0 0-4.7-4.7l-6 6a5 5 0 0 0 7 7l4.1-4.1',
  document: 'M5 2.5h6.5L15 6v11.5H5ZM11.5 2.5V6H15',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
