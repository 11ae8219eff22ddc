const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const short = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });

/** `14:05`, in the zone of this browser. */
export const timeOfDay = (at: number): string => clock.format(at);
export const fullTime = (at: number): string => full.format(at);
export const shortDay = (at: number): string => short.format(at);

export const dayKey = (at: number): string => new Date(at).toDateString();

/** `Today`, `Yesterday` or the day's name and date, as the sandbox's clock sees it. */
export const dayName = (at: number, now: number): string => nearDay(at, now) ?? day.format(at);

function nearDay(at: number, now: number): string | null {
  if (dayKey(at) === dayKey(now)) return 'Today';
  return dayKey(at) === dayKey(now - 86_400_000) ? 'Yesterday' : null;
}

/** A Slack timestamp as milliseconds. */
export const tsToMs = (ts: string): number => Number.parseFloat(ts) * 1000;

/** Slack's `<!date^…>` format words. */
export function slackDate(format: string, seconds: number, now: number): string {
  const at = seconds * 1000;
  const date = new Date(at);
  const named = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options).format(date);
  const pretty = (otherwise: string): string =>
    dayKey(at) === dayKey(now + 86_400_000) ? 'tomorrow' : (nearDay(at, now)?.toLowerCase() ?? otherwise);
  const long: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
  const words: { [token: string]: string } = {
    date_num: named({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    date: named({ day: 'numeric', month: 'long', year: 'numeric' }),
    date_short: named({ day: 'numeric', month: 'short', year: 'numeric' }),
    date_long: named(long),
    date_pretty: pretty(named({ day: 'numeric', month: 'long', year: 'numeric' })),
    date_short_pretty: pretty(named({ day: 'numeric', month: 'short', year: 'numeric' })),
    date_long_pretty: pretty(named(long)),
    time: timeOfDay(at),
    time_secs: named({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    day_divider_pretty: pretty(dayName(at, now)),
  };
  return format.replace(/\{(\w+)\}/g, (token, word: string) => words[word] ?? token);
}
