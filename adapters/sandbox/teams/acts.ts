import { execute, submitAction, suggest } from './actCards';
import { closeDialog, openExtension, submitDialog } from './actDialogs';
import { changeInstall } from './actInstall';
import { moveReaction } from './actReactions';
import { deleteMessage, edit, say, undeleteMessage } from './actSay';
import type { TeamsCore } from './core';
import type { TeamsAct, TeamsActResult } from './protocol';

/** Does what a person does. Never rejects for what a person can do wrong: that is an `ok: false`. */
export async function performAct(core: TeamsCore, act: TeamsAct): Promise<TeamsActResult> {
  switch (act.act) {
    case 'say':
      return say(core, act);
    case 'edit':
      return edit(core, act);
    case 'deleteMessage':
      return deleteMessage(core, act);
    case 'undeleteMessage':
      return undeleteMessage(core, act);
    case 'react':
      return moveReaction(core, { ...act, added: act.type, removed: null });
    case 'unreact':
      return moveReaction(core, { ...act, added: null, removed: act.type });
    case 'swapReaction':
      return moveReaction(core, { ...act, added: act.to, removed: act.from });
    case 'execute':
      return execute(core, act);
    case 'submitAction':
      return submitAction(core, act);
    case 'openExtension':
      return openExtension(core, act);
    case 'submitDialog':
      return submitDialog(core, act);
    case 'closeDialog':
      return closeDialog(core, act.user);
    case 'suggest':
      return suggest(core, act);
    case 'installApp':
      return changeInstall(core, act, true);
    case 'uninstallApp':
      return changeInstall(core, act, false);
  }
}
