import { answerPrivately } from '../answers';
import { callerOf, type Turn } from '../turn';
import { welcome } from '../welcome';

/** installationUpdate: where Baton is was remembered already; whoever adds it for themselves is greeted, once. */
export async function installed(turn: Turn): Promise<null> {
  const { activity, spot, teams, user } = turn;
  if (spot.kind !== 'personal' || activity.action !== 'add' || !(await teams.conversations.greets(user))) return null;
  const help = await teams.doors.line('help', callerOf(turn, { place: null }));
  answerPrivately(turn, welcome(help));
  return null;
}
