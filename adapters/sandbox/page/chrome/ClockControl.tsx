import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../common/Icon';
import { shortDay, timeOfDay } from '../common/time';
import { useSandbox, type World } from '../sandbox';

const MINUTE_MS = 60_000;
const PUSHES = [
  { words: '+15 min', ms: 15 * MINUTE_MS, testid: 'push-15m' },
  { words: '+1 h', ms: 60 * MINUTE_MS, testid: 'push-1h' },
  { words: '+1 day', ms: 24 * 60 * MINUTE_MS, testid: 'push-1d' },
];

/** What time it is for the product, and the buttons that push it forward. */
export function ClockControl({ clock }: { clock: World['clock'] }) {
  const { setup, now, pushClock } = useSandbox();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 5000);
    return () => clearInterval(timer);
  }, []);
  const at = now();
  return (
    <div class="clock" role="group" aria-label="Clock">
      <span class="clock-now" title={pushed(clock?.offsetMs ?? 0)} data-testid="clock-now">
        <Icon name="clock" size={16} />
        <span class="clock-day">{shortDay(at)}</span> <b>{timeOfDay(at)}</b>
      </span>
      {PUSHES.map((push) => (
        <button
          type="button"
          class="clock-button"
          key={push.testid}
          data-testid={push.testid}
          aria-label={`Push the clock ${push.words}`}
          onClick={() => void pushClock({ push: push.ms })}
        >
          {push.words}
        </button>
      ))}
      {setup.hasNextWarning && (
        <button
          type="button"
          class="clock-button"
          data-testid="push-next"
          onClick={() => void pushClock({ to: 'next-warning' })}
        >
          Next warning
        </button>
      )}
    </div>
  );
}

function pushed(offsetMs: number): string {
  if (offsetMs === 0) return 'The real time';
  const minutes = Math.round(offsetMs / MINUTE_MS);
  const days = Math.floor(minutes / 1440);
  const rest = `${Math.floor((minutes % 1440) / 60)} h ${minutes % 60} min`;
  return `Pushed ahead of real time by ${days > 0 ? `${days} d ` : ''}${rest}`;
}
