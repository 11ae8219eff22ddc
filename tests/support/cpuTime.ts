/** The CPU time in ms that this process has used since: unlike the time on the wall it does not grow with what else the machine is doing. */
export function cpuMsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
