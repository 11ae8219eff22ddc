import { useMemo } from 'preact/hooks';
import type { JsonObject, SlackBlock, SlackPlace } from '../../../slack/protocol';
import { asList, asObject, asString, has, wordsOf } from '../../common/json';
import { Mrkdwn, Plain, TextObject } from '../Mrkdwn';
import { Element } from './Element';
import { BlockProvider, type Entries } from './entries';
import { InputBlock } from './InputBlock';
import { Picture } from './Picture';
import { RichText } from './RichText';

type Props = { blocks: SlackBlock[]; place: SlackPlace; entries: Entries; errors?: { [blockId: string]: string } };

const NO_ERRORS = {};

/** Block Kit as the app sent it, with working elements. */
export function Blocks({ blocks, place, entries, errors = NO_ERRORS }: Props) {
  const prefix = 'ts' in place ? `m${place.channel}${place.ts}` : place.view_id;
  const scene = useMemo(() => ({ place, prefix, entries, errors }), [prefix, entries, errors]);
  return (
    <BlockProvider value={scene}>
      <div class="b-blocks">
        {blocks.map((block) => (
          <Block key={block.block_id} block={block} />
        ))}
      </div>
    </BlockProvider>
  );
}

function Block({ block }: { block: SlackBlock }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'actions':
      return (
        <div class="b-actions">
          {asList(block['elements']).map((element, index) => (
            <Element
              key={asString(element['action_id']) || index}
              element={element}
              blockId={block.block_id}
              dispatches
            />
          ))}
        </div>
      );
    case 'context':
      return <Context block={block} />;
    case 'divider':
      return <hr class="b-divider" />;
    case 'header':
      return (
        <h3 class="b-header">
          <Plain text={wordsOf(block['text'])} />
        </h3>
      );
    case 'image':
      return (
        <Picture url={asString(block['image_url'])} alt={asString(block['alt_text'])} title={wordsOf(block['title'])} />
      );
    case 'input':
      return <InputBlock block={block} />;
    case 'rich_text':
      return <RichText elements={asList(block['elements'])} />;
    case 'markdown':
      return <Mrkdwn text={asString(block['text']).replace(/\*\*(.+?)\*\*/g, '*$1*')} />;
    default:
      return <p class="b-unknown">A “{block.type}” block: not drawn in this sandbox.</p>;
  }
}

function Section({ block }: { block: SlackBlock }) {
  const text = asObject(block['text']);
  const fields = asList(block['fields']);
  return (
    <div class="b-section">
      <div class="b-section-main">
        {has(block['text']) && (
          <p class="b-text">
            <TextObject type={asString(text['type'])} text={asString(text['text'])} />
          </p>
        )}
        {fields.length > 0 && (
          <div class="b-fields">
            {fields.map((field, index) => (
              <p class="b-text" key={index}>
                <TextObject type={asString(field['type'])} text={asString(field['text'])} />
              </p>
            ))}
          </div>
        )}
      </div>
      {has(block['accessory']) && (
        <div class="b-accessory">
          <Element element={asObject(block['accessory'])} blockId={block.block_id} dispatches />
        </div>
      )}
    </div>
  );
}

function Context({ block }: { block: SlackBlock }) {
  return (
    <div class="b-context">
      {asList(block['elements']).map((element: JsonObject, index) =>
        element['type'] === 'image' ? (
          <Picture key={index} url={asString(element['image_url'])} alt={asString(element['alt_text'])} small />
        ) : (
          <span key={index}>
            <TextObject type={asString(element['type'])} text={asString(element['text'])} />
          </span>
        ),
      )}
    </div>
  );
}
