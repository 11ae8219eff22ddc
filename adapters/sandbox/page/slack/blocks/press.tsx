import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JsonObject, SlackEntry } from '../../../slack/protocol';
import { asObject, asString, has, wordsOf } from '../../common/json';
import { useSandbox } from '../../sandbox';
import { TextObject } from '../Mrkdwn';
import { actionIdOf, type ElementProps, useBlocks } from './entries';

export type Press = {
  /** Sends the press to the app, after the element's own question if it has one. */
  press: (value?: SlackEntry) => void;
  busy: boolean;
  /** The question, to be drawn beside the element while it is asked. */
  asking: ComponentChildren;
};

/** Presses of one element. */
export function usePress({ element, blockId }: ElementProps): Press {
  const sandbox = useSandbox();
  const scene = useBlocks();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<{ value: SlackEntry | undefined } | null>(null);
  const send = async (value: SlackEntry | undefined) => {
    setBusy(true);
    const given = value === undefined ? {} : { value };
    await sandbox.slack({
      act: 'press',
      place: scene.place,
      block_id: blockId,
      action_id: actionIdOf(element),
      values: scene.entries.values,
      ...given,
    });
    setBusy(false);
  };
  const confirm = element['confirm'];
  return {
    busy,
    press: (value) => {
      if (busy) return;
      if (has(confirm)) setAsked({ value });
      if (!has(confirm)) void send(value);
    },
    asking: asked && (
      <Question
        confirm={asObject(confirm)}
        onAnswer={(yes) => {
          setAsked(null);
          if (yes) void send(asked.value);
        }}
      />
    ),
  };
}

function Question({ confirm, onAnswer }: { confirm: JsonObject; onAnswer: (yes: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const text = asObject(confirm['text']);
  const style = asString(confirm['style']);
  return (
    <dialog
      ref={dialog}
      class="s-confirm"
      aria-label={wordsOf(confirm['title'])}
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
    >
      <h2>{wordsOf(confirm['title'])}</h2>
      <p>
        <TextObject type={asString(text['type'])} text={asString(text['text'])} />
      </p>
      <div class="s-confirm-end">
        <button type="button" class="s-button" onClick={() => onAnswer(false)}>
          {wordsOf(confirm['deny']) || 'No'}
        </button>
        <button
          type="button"
          class={`s-button ${style === 'danger' ? 'danger' : 'primary'}`}
          onClick={() => onAnswer(true)}
        >
          {wordsOf(confirm['confirm']) || 'Yes'}
        </button>
      </div>
    </dialog>
  );
}
