import { createAuditor } from './app/audit';
import type { Engine } from './app/perform';
import type { Health } from './health';
import { createHeartbeat, type Lines } from './heartbeat';

interface Audited {
  readonly engine: Engine;
  readonly health: Health;
  readonly log: Lines;
  readonly heartbeatUrl: string | null;
}

/**
 * What happens every minute: looks at the work that ought to be done by now, and lets the watchman outside know when all is
 * well, and only then. Never rejects.
 */
export function createAudit({ engine, health, log, heartbeatUrl }: Audited): () => Promise<void> {
  const auditor = createAuditor(engine);
  const heartbeat = heartbeatUrl === null ? null : createHeartbeat(heartbeatUrl, log);
  return async () => {
    try {
      const findings = await auditor.look();
      health.audited(findings);
      if (heartbeat === null) return;
      const { ready, notes } = await health.readiness();
      const isWell = ready && notes.length === 0;
      const outcome = isWell ? await heartbeat.beat() : 'withheld';
      if (outcome !== 'under way') health.beat(outcome);
    } catch (error) {
      engine.troubled('the work could not be looked over', error);
    }
  };
}
