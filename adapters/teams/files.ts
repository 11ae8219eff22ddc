/**
 * Files as Teams tells bots of them. In person each is an attachment with its name; pasted pictures have none. Of what is
 * attached to a post in a channel a bot hears nothing (botbuilder-dotnet #6710): only the message's menu brings it along.
 */
import { type CaseFile, FILES_MAX } from '../../src/domain/case/file';
import { fileAddress, fileName } from '../../src/inputs/files';
import type { Activity, Attached } from './payloads';

const PICTURE = 'A picture';
const UNNAMED = 'A file';
const CARD = 'A card';

/** What is drawn in the message itself, or stands for another message. Cards of other apps are none of its files either. */
const isFile = ({ contentType }: Attached): boolean =>
  contentType !== 'text/html' && contentType !== 'messageReference' && !isCard(contentType);
const isCard = (type: string): boolean => /^application\/vnd\.microsoft\.(teams\.)?card\b/.test(type);

/**
 * SharePoint and OneDrive ask whoever opens a document who they are. Addresses of sharing links (`/:w:/…`) may let anybody
 * in, and pages under `_layouts` say what to show behind the `?`, which is not kept.
 */
const isDocument = ({ hostname, pathname }: URL): boolean =>
  /^[a-z0-9-]+\.(sharepoint\.(com|us|cn|de)|sharepoint-mil\.us)$/.test(hostname) &&
  !pathname.startsWith('/:') &&
  !pathname.includes('/_layouts/');

/** The files that an activity, or a message in a menu, names. */
export function filesOf(attachments: readonly Attached[] | null | undefined, html: string): readonly CaseFile[] {
  const named = (attachments ?? []).filter(isFile).map((one) => ({
    name: fileName(one.name) || (one.contentType.startsWith('image/') ? PICTURE : UNNAMED),
    url: fileAddress(one.contentUrl, isDocument),
  }));
  // In person a pasted picture comes twice: as an attachment, and within the HTML.
  const isTold = (attachments ?? []).some(({ contentType }) => contentType.startsWith('image/'));
  const pasted = isTold ? [] : picturesIn(html).map(() => ({ name: PICTURE, url: null }));
  return [...named, ...pasted].slice(0, FILES_MAX);
}

const HTML_MAX = 100_000;
const IMAGE = /<img\b[^<>]*>/gi;
/** Pictures that somebody pasted. Emoji, stickers and GIFs are `<img>` too, and are words. */
const PASTED = /AMSImage|\/hostedContents\/|\.asm\.skype\.com\//i;

const picturesIn = (html: string): readonly string[] =>
  (html.slice(0, HTML_MAX).match(IMAGE) ?? []).filter((image) => PASTED.test(image));

/** The HTML without pasted pictures, whose `alt` (`image`) is not what anybody wrote. */
export const withoutPictures = (html: string): string =>
  html.slice(0, HTML_MAX).replace(IMAGE, (image) => (PASTED.test(image) ? '' : image));

/** What an activity says that came with it. */
export const filesIn = (activity: Activity): readonly CaseFile[] => filesOf(activity.attachments, htmlIn(activity));

/** The same for a message between people: one without a word has a card, or something that Teams does not show to bots. */
export function filesHeard(activity: Activity, words: string): readonly CaseFile[] {
  const files = filesIn(activity);
  const attachments = activity.attachments ?? [];
  if (files.length > 0 || words !== '' || attachments.length === 0) return files;
  if (attachments.some(({ contentType }) => isCard(contentType))) return [{ name: CARD, url: null }];
  return htmlIn(activity).match(IMAGE) === null ? [{ name: UNNAMED, url: null }] : [];
}

function htmlIn({ attachments }: Activity): string {
  const content = (attachments ?? []).find(({ contentType }) => contentType === 'text/html')?.content;
  return typeof content === 'string' ? content.slice(0, HTML_MAX) : '';
}
