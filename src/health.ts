import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Accepted } from './app/perform';
import type { Clock, Store } from './app/ports';
import { MINUTE_MS, SECOND_MS } from './domain/ids';

/** A ticker that has not looked at the clock for this long, or a message that waits this long, is not keeping up. */
const TICK_LATE_MS = 30 * SECOND_MS;
const OUTBOX_LATE_MS = 5 * MINUTE_MS;

export interface Readiness {
  readonly ready: boolean;
  /** Sentences; empty when all is well. */
  readonly reasons: readonly string[];
}

export interface Health {
  accepted(change: Accepted): void;
  troubled(): void;
  ticked(): void;
  readiness(): Promise<Readiness>;
  /** Prometheus text and its content type. */
  metrics(): Promise<{ readonly body: string; readonly type: string }>;
}

/** What `/readyz` and `/metrics` tell: is the database there, do deliveries and timers keep up? */
export function createHealth(store: Store, clock: Clock, connected: () => readonly string[]): Health {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const changes = new Counter({
    name: 'baton_changes_total',
    help: 'Accepted changes of cases',
    labelNames: ['command'],
    registers: [registry],
  });
  const troubles = new Counter({
    name: 'baton_troubles_total',
    help: 'Failures that a developer should know of',
    registers: [registry],
  });
  const pending = new Gauge({
    name: 'baton_outbox_pending',
    help: 'Messages that wait to be delivered',
    registers: [registry],
  });
  const dead = new Gauge({
    name: 'baton_outbox_dead',
    help: 'Messages that could not be delivered',
    registers: [registry],
  });
  const oldest = new Gauge({
    name: 'baton_outbox_oldest_seconds',
    help: 'How long the oldest deliverable message has waited',
    registers: [registry],
  });
  let tickedAt = Date.now();

  const readiness = async (): Promise<Readiness> => {
    const reasons: string[] = [];
    if (Date.now() - tickedAt > TICK_LATE_MS)
      reasons.push(`The timers have not run for ${Math.round((Date.now() - tickedAt) / SECOND_MS)} s.`);
    try {
      await store.ping();
      const { oldestDueAt } = await store.outbox(clock.now());
      const lateMs = oldestDueAt === null ? 0 : clock.now() - oldestDueAt;
      if (lateMs > OUTBOX_LATE_MS)
        reasons.push(`The oldest message has waited ${Math.round(lateMs / MINUTE_MS)} min to be delivered.`);
    } catch {
      reasons.push('The database cannot be read and written.');
    }
    return { ready: reasons.length === 0 && connected().length === 0, reasons: [...reasons, ...connected()] };
  };
  return {
    accepted: (change) => changes.inc({ command: change.command }),
    troubled: () => troubles.inc(),
    ticked: () => {
      tickedAt = Date.now();
    },
    readiness,
    metrics: async () => {
      const state = await store.outbox(clock.now());
      pending.set(state.pending);
      dead.set(state.dead);
      oldest.set(state.oldestDueAt === null ? 0 : Math.max(0, (clock.now() - state.oldestDueAt) / SECOND_MS));
      return { body: await registry.metrics(), type: registry.contentType };
    },
  };
}
