/** A message that is only a file says as much as any other, and what came with messages is followed as their words are. */
import type { Case } from '../../../src/domain/case/case';
import { FILES_MAX } from '../../../src/domain/case/file';
import { HOUR_MS } from '../../../src/domain/ids';
import {
  alice,
  bob,
  caseOf,
  deletes,
  edits,
  file,
  given,
  next,
  opened,
  passes,
  ravi,
  resolves,
  SOURCE,
  sends,
  takes,
  waits,
} from '../../support/given';

const photo = file('photo.jpg');
const log = file('log.txt');
const withPhoto = opened(ravi, { title: 'photo.jpg', description: '', files: [photo] });

describe('a file without a word', () => {
  it('opens a case that has it', () => {
    expect(given(withPhoto).case).toMatchObject({ title: 'photo.jpg', description: '', files: [photo] });
  });

  it('is the first response when staff send it', () => {
    const it = given(opened())
      .when(sends(bob, [photo]))
      .happens('MessageHeard');
    expect(it.clocks[0]?.state).toBe('stopped');
  });

  it('is a word of the client: a case that waits for them goes on', () => {
    const it = given(opened(), takes(alice), waits(alice))
      .when(sends(ravi, [photo]))
      .happens('MessageHeard', 'CaseResumed');
    expect(it.status).toBe('In progress');
    expect(it.lastClientWordAt).not.toBeNull();
  });
});

describe('what is kept', () => {
  const eventOf = (files: Parameters<typeof sends>[1]) => {
    const { story } = given(opened());
    const after = next(story, sends(ravi, files, { text: 'Look' }));
    return after.kind === 'happened' ? after.events[0]! : null;
  };

  it('is not a letter more without files', () => {
    expect(eventOf([])).not.toHaveProperty('files');
    const { story } = given(opened(ravi, { files: [] }));
    expect(story.journal[0]?.event).not.toHaveProperty('files');
    expect(caseOf(story)).not.toHaveProperty('files');
  });

  it('is no more than a message holds', () => {
    expect(eventOf(Array.from({ length: 30 }, () => photo))).toMatchObject({ files: Array(FILES_MAX).fill(photo) });
  });
});

describe('the files of the message that the case was opened from', () => {
  const files = (it: Case) => it.files ?? [];

  it('follow its edits, also through a change of status', () => {
    const story = given(
      withPhoto,
      edits(ravi, SOURCE.message, { text: '', files: [log] }),
      takes(alice),
      resolves(alice),
    );
    expect(files(story.case)).toEqual([log]);
    expect(story.case.description).toBe('');
  });

  it('are gone when an edit takes them out, and when the message is deleted', () => {
    expect(files(given(withPhoto, edits(ravi, SOURCE.message, { text: 'Never mind the photo' })).case)).toEqual([]);
    expect(files(given(withPhoto, deletes(ravi, SOURCE.message)).case)).toEqual([]);
  });

  it('do not come back by an edit that happened before', () => {
    const { story } = given(withPhoto, passes(HOUR_MS), deletes(ravi, SOURCE.message));
    const late = edits(ravi, SOURCE.message, { text: 'older', files: [photo] });
    const after = next(story, (at) => {
      const { command, ...rest } = late(at);
      return { ...rest, command: { ...command, at: story.journal[0]!.at } as typeof command };
    });
    expect(after.story.case).toMatchObject({ description: '' });
    expect(files(caseOf(after.story))).toEqual([]);
  });

  it('stay when another message of the thread changes', () => {
    const it = given(withPhoto, sends(ravi, [log]), edits(ravi, '3.1', { text: 'x' }), deletes(ravi, '3.1'));
    expect(files(it.case)).toEqual([photo]);
  });
});
