import type { Json } from '../protocol';
import { checkBlocks } from './blocks';
import { LIMITS } from './numbers';
import { complain, flag, isObject, may, need, type Problem, plain, string, typed } from './shape';

const common = {
  blocks: need(() => undefined),
  private_metadata: may(string(LIMITS.view.privateMetadata, 0)),
  callback_id: may(string(LIMITS.view.callbackId, 0)),
  external_id: may(string(255, 0)),
};
const modal = typed('modal', {
  ...common,
  title: need(plain(LIMITS.view.title)),
  submit: may(plain(LIMITS.view.button)),
  close: may(plain(LIMITS.view.button)),
  clear_on_close: may(flag),
  notify_on_close: may(flag),
  submit_disabled: may(flag),
});
const home = typed('home', common);

/** Everything that Slack would refuse about this view, block by block. */
export function checkView(view: Json, surface: 'modal' | 'home'): Problem[] {
  const found: Problem[] = [];
  const spot = { pointer: '/view', surface, found };
  (surface === 'modal' ? modal : home)(view, spot);
  if (!isObject(view)) return found;
  if (view.blocks !== undefined) found.push(...checkBlocks(view.blocks, surface, '/view/blocks'));
  const asks = Array.isArray(view.blocks) && view.blocks.some((one) => isObject(one) && one.type === 'input');
  if (surface === 'modal' && asks && view.submit === undefined)
    complain(spot, 'required', 'missing required field: submit');
  return found;
}

/** Slack counts the bytes of the whole view. */
export function isViewTooLarge(view: Json): boolean {
  return Buffer.byteLength(JSON.stringify(view)) > LIMITS.view.bytes;
}
