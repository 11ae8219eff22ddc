/** Things to be compared take turns, so that what else the machine does hits all of them alike. */
import { median, rounded } from './numbers';

export interface Spent {
  readonly ms: number;
  /** Of this process, on all its threads; a database server's is not in it. */
  readonly cpuMs: number;
}

export async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** What each of `works` spent, by the median of `rounds`; `round` counts from 0, which fills the caches and is left out. */
export async function inTurns(
  rounds: number,
  works: readonly ((round: number) => Promise<unknown>)[],
): Promise<readonly Spent[]> {
  const samples: Spent[][] = works.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, work] of works.entries()) {
      const one = await spent(() => work(round));
      if (round > 0) samples[at]?.push(one);
    }
  }
  return samples.map((of) => ({ ms: median(of.map(({ ms }) => ms)), cpuMs: median(of.map(({ cpuMs }) => cpuMs)) }));
}

export const cpuWords = ({ cpuMs }: Spent): string => `${rounded(cpuMs)} ms CPU of this process`;
