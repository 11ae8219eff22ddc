import { createContext } from 'preact';
import { useCallback, useContext, useMemo, useRef, useState } from 'preact/hooks';
import type { JsonObject, SlackEntries, SlackEntry, SlackPlace } from '../../../slack/protocol';
import { asList, asObject, asString, has } from '../../common/json';

/** What has been put into the fields of one message or view, until a press or a submit sends it along. */
export type Entries = {
  values: SlackEntries;
  set: (blockId: string, actionId: string, entry: SlackEntry) => void;
};

export function useEntries(): Entries {
  const [values, setValues] = useState<SlackEntries>({});
  const set = useCallback(
    (blockId: string, actionId: string, entry: SlackEntry) =>
      setValues((old) => ({ ...old, [blockId]: { ...old[blockId], [actionId]: entry } })),
    [],
  );
  return useMemo(() => ({ values, set }), [values, set]);
}

/** Entries of several views at once: each keeps its own for as long as it stands in the stack. */
export function useEntriesByView(): (viewId: string) => Entries {
  const [all, setAll] = useState<{ [viewId: string]: SlackEntries }>({});
  const latest = useRef(all);
  latest.current = all;
  return (viewId) => ({
    values: all[viewId] ?? {},
    set: (blockId, actionId, entry) =>
      setAll((old) => {
        const view = old[viewId] ?? {};
        return { ...old, [viewId]: { ...view, [blockId]: { ...view[blockId], [actionId]: entry } } };
      }),
  });
}

/** Where blocks stand and what is known of their fields. */
export type BlockScene = {
  place: SlackPlace;
  /** Unique in the page: ids of DOM elements begin with it. */
  prefix: string;
  entries: Entries;
  errors: { [blockId: string]: string };
};

const Scene = createContext<BlockScene | null>(null);
export const BlockProvider = Scene.Provider;

export function useBlocks(): BlockScene {
  const scene = useContext(Scene);
  if (scene === null) throw new Error('used outside of blocks');
  return scene;
}

/** One interactive element and the block around it. `dispatches`: a change is sent to the app at once. */
export type ElementProps = { element: JsonObject; blockId: string; labelId?: string; dispatches: boolean };

export function actionIdOf(element: JsonObject): string {
  return asString(element['action_id']);
}

/** What stands in the element: what was put there, else what the app gave it to begin with. */
export function entryOf(scene: BlockScene, blockId: string, element: JsonObject): SlackEntry {
  const typed = scene.entries.values[blockId]?.[actionIdOf(element)];
  return typed === undefined ? initialOf(element) : typed;
}

const INITIAL = [
  'initial_value',
  'initial_date',
  'initial_time',
  'initial_date_time',
  'initial_user',
  'initial_channel',
  'initial_conversation',
];
const INITIAL_LISTS = ['initial_users', 'initial_channels', 'initial_conversations'];

function initialOf(element: JsonObject): SlackEntry {
  const option = element['initial_option'];
  if (has(option)) return asString(asObject(option)['value']);
  if (has(element['initial_options'])) return asList(element['initial_options']).map((one) => asString(one['value']));
  for (const key of INITIAL) if (has(element[key])) return asString(element[key]);
  for (const key of INITIAL_LISTS) {
    const list = element[key];
    if (Array.isArray(list)) return list.map(asString);
  }
  return null;
}

export function asText(entry: SlackEntry): string {
  return Array.isArray(entry) || entry === null ? '' : String(entry);
}

export function asMany(entry: SlackEntry): string[] {
  return Array.isArray(entry) ? entry : entry === null || entry === '' ? [] : [String(entry)];
}

/** The DOM id of an element: its label points at it. */
export function fieldId(prefix: string, blockId: string, actionId: string): string {
  return `${prefix}-${blockId}-${actionId}`.replace(/[^\w-]/g, '_');
}
