import { median } from './numbers';
import { startBareBolt, startBaton } from './processes';
import { compared, type Row } from './report';
import { openWorkspace } from './workspace';

/** From spawning the process to its first 200 of /readyz, sandbox and connected mode and bare Bolt in turns. */
export async function startRows(times: number): Promise<readonly Row[]> {
  const workspace = await openWorkspace();
  const [sandbox, connected, bolt]: [number[], number[], number[]] = [[], [], []];
  for (let time = 0; time < times; time += 1) {
    const open = await startBaton({});
    await open.stop();
    sandbox.push(open.startedInMs);
    const live = await startBaton(workspace.settings);
    await live.stop();
    connected.push(live.startedInMs);
    const bare = await startBareBolt(workspace.settings);
    await bare.stop();
    bolt.push(bare.startedInMs);
  }
  await workspace.stop();
  const beside = { what: 'bare Bolt listening', value: median(bolt) };
  const how = `median of ${times}, spawn to /readyz 200, new database`;
  return [
    compared({ what: 'start-up, connected to Slack', value: median(connected), unit: 'ms', how }, beside),
    compared(
      { what: 'start-up, sandbox', value: median(sandbox), unit: 'ms', how: `${how}, both emulators and the page` },
      beside,
    ),
  ];
}
