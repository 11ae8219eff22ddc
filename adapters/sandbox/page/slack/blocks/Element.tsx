import { Icon } from '../../common/Icon';
import { asList, asString, wordsOf } from '../../common/json';
import { MenuButton } from '../../common/Menu';
import { Plain } from '../Mrkdwn';
import { Choices } from './Choices';
import { Dates } from './Dates';
import { actionIdOf, type ElementProps } from './entries';
import { Picture } from './Picture';
import { usePress } from './press';
import { Select } from './Select';
import { TextInput } from './TextInput';

/** One element of Block Kit: a button, a select, an input… */
export function Element(props: ElementProps) {
  const { element } = props;
  const type = asString(element['type']);
  if (type.endsWith('_select')) return <Select {...props} />;
  switch (type) {
    case 'button':
      return <Button {...props} />;
    case 'overflow':
      return <Overflow {...props} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextInput {...props} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <Dates {...props} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <Choices {...props} />;
    case 'image':
      return <Picture url={asString(element['image_url'])} alt={asString(element['alt_text'])} />;
    default:
      return <span class="b-unknown">A “{type}” element: not drawn in this sandbox.</span>;
  }
}

function Button(props: ElementProps) {
  const { element } = props;
  const { press, busy, asking } = usePress(props);
  const style = asString(element['style']);
  const url = asString(element['url']);
  const label = asString(element['accessibility_label']);
  return (
    <>
      <button
        type="button"
        class={`s-button ${style}`}
        aria-label={label === '' ? undefined : label}
        aria-busy={busy}
        data-action={actionIdOf(element)}
        onClick={() => {
          if (/^https?:\/\//.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
          press();
        }}
      >
        <Plain text={wordsOf(element['text'])} />
      </button>
      {asking}
    </>
  );
}

function Overflow(props: ElementProps) {
  const { press, asking } = usePress(props);
  const entries = asList(props.element['options']).map((option) => ({
    key: asString(option['value']),
    label: wordsOf(option['text']),
    ...(option['description'] ? { hint: wordsOf(option['description']) } : {}),
    act: () => press(asString(option['value'])),
  }));
  return (
    <>
      <MenuButton label="More choices" class="s-button s-overflow" entries={entries}>
        <Icon name="more" size={16} />
      </MenuButton>
      {asking}
    </>
  );
}
