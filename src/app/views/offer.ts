import type { Case } from '../../domain/case/case';
import { shorten } from '../../domain/words';
import { readFiles } from '../../inputs/files';
import type { Drawing } from '../ports';
import { fileText, text, type View } from '../view';
import { filesLine } from './files';
import { button, caseData, plainView } from './parts';

const WORDS_MAX = 120;
const SUMMARY_MAX = 500;

/** "Open a case from this?", for the writer alone. Nothing exists before the click. */
export function offerView(args: Drawing['args']): View {
  const words = shorten(String(args['text']), WORDS_MAX);
  const files = readFiles(args['files']);
  const say = `Shall the desk look after this?${words === '' ? '' : ` “${words}”`}`;
  const data = {
    platform: String(args['platform']),
    channel: String(args['channel']),
    message: String(args['message']),
  };
  return {
    ...plainView([`Open a case? ${say}`, ...files.map(fileText)].join(' ').slice(0, SUMMARY_MAX)),
    sections: [{ kind: 'lines', lines: [files.length === 0 ? [text(say)] : [text(`${say} `), ...filesLine(files)]] }],
    buttons: [button('open-from', 'Open a case', data, { style: 'primary' }), button('dismiss', 'Not now', data)],
  };
}

/** An emoji cannot ask how it was solved, so this does. */
export function askHowView(it: Case): View {
  return {
    ...plainView(`How was ${it.ref} solved?`),
    sections: [
      {
        kind: 'lines',
        lines: [
          [
            text(
              `You marked ${it.ref} (${shorten(it.title, WORDS_MAX)}) as solved. One sentence on how, and it is resolved.`,
            ),
          ],
        ],
      },
    ],
    buttons: [button('resolve', 'Resolve', caseData(it), { style: 'primary', opensForm: true })],
  };
}
