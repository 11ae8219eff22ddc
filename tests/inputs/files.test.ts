import fc from 'fast-check';
import { FILES_MAX } from '../../src/domain/case/file';
import { fileAddress, fileName, NAME_MAX, readFiles, titleOf, writeFiles } from '../../src/inputs/files';

const own = ({ hostname }: URL): boolean => hostname === 'acme.slack.com';
const file = (name: string, url: string | null = null) => ({ name, url });

describe('the name of a file', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['  two\n lines.txt ', 'two lines.txt'],
    ['photo\u202egpj.exe', 'photo gpj.exe'],
    ['https://evil.test/x.jpg', 'https:_evil.test_x.jpg'],
    ['..\\..\\etc', '.._.._etc'],
    ['a\0b\u200bc', 'a b c'],
    ['<!channel>', '<!channel>'],
    ['', ''],
    [' \n\u200b', ''],
    [null, ''],
    [undefined, ''],
  ])('%j reads %j', (given, name) => {
    expect(fileName(given)).toBe(name);
  });

  it('is cut in its middle, so that its end still says what it is', () => {
    const name = fileName(`${'Scan of the delivery note '.repeat(12)}.pdf`);
    expect(name).toMatch(/^Scan of the delivery note .*….pdf$/);
    expect(name.length).toBeLessThanOrEqual(NAME_MAX);
  });

  it('is one short line without unseen signs whatever it was, and the same when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const name = fileName(given);
        expect(name.length).toBeLessThanOrEqual(NAME_MAX);
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029\\/]/u);
        expect(fileName(name)).toBe(name);
      }),
    );
  });
});

describe('the address of a file', () => {
  it('is kept where the platform asks who opens it', () => {
    const given = 'https://acme.slack.com/files/U1/F1/a%20b.png';
    expect(fileAddress(given, own)).toBe(given);
  });

  it.each([
    ['another platform', 'https://evil.test/files/U1/F1/a.png'],
    ['a name that only begins like it', 'https://acme.slack.com.evil.test/files/a.png'],
    ['a script', 'javascript:alert(1)//acme.slack.com'],
    ['data', 'data:text/html,acme.slack.com'],
    ['no encryption', 'http://acme.slack.com/files/a.png'],
    ['somebody’s password', 'https://me:secret@acme.slack.com/files/a.png'],
    ['another door', 'https://acme.slack.com:8443/files/a.png'],
    ['nothing', ''],
    ['words', 'not an address'],
    ['endless', `https://acme.slack.com/files/${'a'.repeat(500)}`],
    ['null', null],
  ])('is none for %s', (_, given) => {
    expect(fileAddress(given, own)).toBeNull();
  });

  it('loses what stands behind it, where access is carried, and cannot end a link of Slack', () => {
    const given = 'https://acme.slack.com/files/a|<!channel>.png?tempauth=eyJ0#access_token=1';
    expect(fileAddress(given, own)).toBe('https://acme.slack.com/files/a%7C%3C!channel%3E.png');
  });
});

describe('files carried by forms and the outbox', () => {
  const some = fc.record({
    name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map((it) => fileName(it) || 'A file'),
    url: fc.option(
      fc.webPath({ size: 'large' }).map((path) => fileAddress(`https://acme.slack.com/files${path}`, own)),
    ),
  });

  it('come back as they were, or fewer and without links where there is no room; never more than fits into a button', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: FILES_MAX }), (files) => {
        const written = writeFiles(files);
        expect(JSON.stringify(written).length).toBeLessThanOrEqual(1_000);
        const names = readFiles(written).map(({ name }) => name);
        expect(names).toEqual(files.slice(0, names.length).map(({ name }) => name));
      }),
    );
    const few = [file('photo.jpg', 'https://acme.slack.com/files/U1/F1/photo.jpg'), file('log.txt')];
    expect(readFiles(writeFiles(few))).toEqual(few);
  });

  it.each([
    ['nothing', undefined],
    ['no JSON', '{'],
    ['no list', '{"name":"a"}'],
    ['a number', 7],
    ['more than a message holds', JSON.stringify(Array(FILES_MAX + 1).fill(file('a')))],
    ['one without a name', JSON.stringify([{ name: ' ', url: null }])],
  ])('are none from %s', (_, written) => {
    expect(readFiles(written)).toEqual([]);
  });

  it('lose a link that was put in', () => {
    expect(readFiles(JSON.stringify([file('a', 'javascript:alert(1)')]))).toEqual([file('a')]);
  });
});

describe('a title', () => {
  const three = [file('photo.jpg'), file('log.txt'), file('c')];

  it.each([
    ['It burns\nreally', three, 'It burns'],
    ['', [file('photo.jpg')], 'photo.jpg'],
    [' ', [file('photo.jpg'), file('log.txt')], 'photo.jpg and 1 more file'],
    ['', three, 'photo.jpg and 2 more files'],
    ['', [], ''],
  ])('of %j with %j', (words, files, title) => {
    expect(titleOf(words, files, 100)).toBe(title);
  });

  it('stays within its length', () => {
    expect(titleOf('', [file('x'.repeat(NAME_MAX)), file('y')], 40).length).toBeLessThanOrEqual(40);
  });
});
