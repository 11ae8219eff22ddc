import {
  AdaptiveCard,
  type CardElement,
  CardObjectRegistry,
  ChoiceSetInput,
  GlobalRegistry,
  SerializationContext,
  Versions,
} from 'adaptivecards';
import markdownIt from 'markdown-it';
import type { Json } from '../../slack/protocol';
import { asObject, asString } from '../common/json';
import { type Typeahead, typeahead } from './typeahead';

/** Asks the app (or the tenant's directory) for choices. */
export type Suggest = (dataset: string, query: string) => Promise<{ title: string; value: string }[]>;

const markdown = markdownIt({ html: false, linkify: false }).disable('image');

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

/** How cards are read here: as Teams does, `choices.data` works in cards of version 1.5 too. */
export function cardContext(suggest: Suggest): SerializationContext {
  const elements = new CardObjectRegistry<CardElement>();
  GlobalRegistry.populateWithDefaultElements(elements);
  elements.unregister('Input.ChoiceSet');
  class TeamsChoiceSet extends AskingChoiceSet {
    protected override suggest = suggest;
  }
  elements.register('Input.ChoiceSet', TeamsChoiceSet, Versions.v1_0);
  const context = new SerializationContext(Versions.v1_6);
  context.setElementRegistry(elements);
  return context;
}

/** A choice set that may look its choices up while people type. */
class AskingChoiceSet extends ChoiceSetInput {
  protected suggest: Suggest = async () => [];
  private asked: Typeahead | null = null;
  private dataset = '';

  protected override internalParse(source: Json, context: SerializationContext): void {
    const { 'choices.data': query, ...rest } = asObject(source);
    this.dataset = asString(asObject(query)['dataset']);
    super.internalParse(rest, context);
  }

  protected override internalRender(): HTMLElement | undefined {
    if (this.dataset === '') return super.internalRender();
    const known = this.choices.map((choice) => ({ title: choice.title ?? '', value: choice.value ?? '' }));
    this.asked = typeahead({
      known,
      many: this.isMultiSelect,
      initial: this.defaultValue ?? '',
      placeholder: this.placeholder ?? '',
      suggest: (query) => this.suggest(this.dataset, query),
      changed: () => this.valueChanged(),
    });
    return this.asked.element;
  }

  /** The renderer labels the whole control; people who listen are in its text box. */
  protected override updateInputControlAriaLabelledBy(): void {
    super.updateInputControlAriaLabelledBy();
    if (this.asked === null) return;
    const { element, field } = this.asked;
    field.setAttribute('aria-labelledby', element.getAttribute('aria-labelledby') ?? '');
    element.removeAttribute('aria-labelledby');
  }

  override get value(): string | undefined {
    return this.asked ? this.asked.value() || undefined : super.value;
  }

  override isSet(): boolean {
    return this.asked ? this.asked.value() !== '' : super.isSet();
  }

  override isValid(): boolean {
    return this.asked ? !this.isRequired || this.isSet() : super.isValid();
  }

  override focus(): void {
    if (this.asked) this.asked.field.focus();
    if (!this.asked) super.focus();
  }
}
