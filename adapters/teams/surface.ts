import type { DeskNow, Surface } from '../../src/app/ports';
import { personOf } from '../../src/domain/desk/desk';
import { messageOf } from './cards';
import type { AccountOf } from './mentions';
import { pacesOf } from './pace';
import { writtenId } from './refs';
import { PLATFORM } from './settings';
import type { Voice } from './voice';

export const accountsOf =
  (desk: DeskNow): AccountOf =>
  (person) => {
    const account = personOf(desk(), person)?.accounts[PLATFORM];
    return account === undefined ? null : writtenId(account);
  };

/** Teams' hands. Teams cannot be asked what was posted: after an uncertain attempt nobody knows. */
export function openSurface(voice: Voice, accountOf: AccountOf, lost: NonNullable<Surface['lost']>): Surface {
  return {
    platform: PLATFORM,
    post: (to, view) => voice.post(to, messageOf(view, accountOf)),
    update: (at, to, view) => voice.update(at, to, messageOf(view, accountOf)),
    find: async () => 'unknown',
    read: async () => null,
    paces: pacesOf,
    lost,
  };
}
