/** The files of a case: named and linked where they were sent, and all together for whoever takes it over. */
import type { Recorded } from '../../domain/case/events';
import type { CaseFile } from '../../domain/case/file';
import type { Desk } from '../../domain/desk/desk';
import { type Line, type Section, text } from '../view';
import { filesNow, latestOf } from './latest';
import { party, time } from './parts';

/** Of one message, in a line with its words. */
const IN_LINE_MAX = 4;
const SHOWN_MAX = 10;

/** `📎 photo.jpg 📎 log.txt and 2 more files`; an empty line without files. */
export function filesLine(files: readonly CaseFile[]): Line {
  const shown = files.slice(0, IN_LINE_MAX).flatMap((file, index): Line => {
    const named = { kind: 'file', file } as const;
    return index === 0 ? [named] : [text('  '), named];
  });
  const left = files.length - IN_LINE_MAX;
  return left > 0 ? [...shown, text(` and ${left} more ${left === 1 ? 'file' : 'files'}`)] : shown;
}

/** The same as a paragraph below somebody's words. */
export const filesBelow = (files: readonly CaseFile[] = []): readonly Section[] =>
  files.length === 0 ? [] : [{ kind: 'lines', lines: [filesLine(files)] }];

/** `Files (3)`: every file that is still there, newest first, with who sent it and when. Nothing where none was sent. */
export function filesBlock(journal: readonly Recorded[], desk: Desk): readonly Section[] {
  const latest = latestOf(journal);
  const sent = journal.flatMap(({ event, by, at }) => {
    if (event.type === 'MessageHeard') return filesNow(event, latest).map((file) => ({ file, by, at }));
    if (event.type !== 'CaseOpened') return [];
    const files = filesNow({ place: event.source, files: event.files }, latest);
    return files.map((file) => ({ file, by: event.reporter, at }));
  });
  if (sent.length === 0) return [];
  const lines = sent
    .slice(-SHOWN_MAX)
    .reverse()
    .map(({ file, by, at }): Line => [{ kind: 'file', file }, text(' · '), party(by), text(' '), time(at, desk)]);
  const left = sent.length - lines.length;
  const more: readonly Line[] =
    left > 0 ? [[text(`${left} earlier ${left === 1 ? 'file is' : 'files are'} not shown here.`)]] : [];
  return [
    { kind: 'heading', text: `Files (${sent.length})` },
    { kind: 'lines', lines: [...lines, ...more] },
  ];
}
