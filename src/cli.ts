/** The operator's commands: `npx baton doctor`. A program of its own, which like main may join everything. */
import { config as readDotEnv } from 'dotenv';
import { makeBackup, putBack } from './backupCommands';
import { secretsIn, sectionText } from './cli/findings';
import { unknownWord } from './config/deskWords';
import { EXIT, type ExitCode, examine } from './doctor';
import { type Asked, showCoverage, showWhatIf } from './operator';

const COMMANDS: readonly (readonly [word: string, meaning: string])[] = [
  [
    'doctor',
    'checks settings, desk file, database, tokens, permissions, channels, people and coverage; says what to mend',
  ],
  [
    'whatif',
    'what a draft of the desk file would have kept and missed: whatif --desk draft.yaml [--days 90]; changes nothing',
  ],
  ['coverage', 'who is there when it counts, in the next two weeks'],
  ['backup', 'a whole copy of the SQLite database, also while Baton runs: backup [FILE]'],
  ['restore', 'puts a backup in place of the database, which is kept: restore FILE; only while Baton does not run'],
  ['help', 'these lines'],
];

const USAGE = `npx baton COMMAND

${COMMANDS.map(([word, meaning]) => `  ${word.padEnd(10)}${meaning}`).join('\n')}

Settings are read from .env and the environment; .env.example explains each. Baton itself starts with npm start.
Exit codes: 0 all is well, 1 something to mend, 2 settings or a desk file with which Baton would not start, or words it does not know.
`;

const ENDS: Readonly<Record<ExitCode, string>> = {
  [EXIT.well]: 'All is well.',
  [EXIT.mend]: 'Baton would start, but mend what is marked ✗.',
  [EXIT.wrong]: 'Baton would not start: mend what is marked ✗.',
};

const say = (text: string): void => void process.stdout.write(text);

function readSettings(): void {
  const read = readDotEnv({ quiet: true });
  const unread = read.error !== undefined && 'code' in read.error && read.error.code !== 'ENOENT';
  if (unread) process.stderr.write('.env is there but cannot be read; the environment alone counts.\n');
}

async function doctor(): Promise<ExitCode> {
  readSettings();
  const secrets = secretsIn(process.env);
  const code = await examine({ env: process.env, tell: (section) => say(`${sectionText(section, secrets)}\n`) });
  say(`${ENDS[code]}\n`);
  return code;
}

function ask(answer: (asked: Asked) => Promise<ExitCode>, words: readonly string[]): Promise<ExitCode> {
  readSettings();
  const secrets = secretsIn(process.env);
  return answer({
    env: process.env,
    words,
    tell: say,
    tellSection: (section) => say(`${sectionText(section, secrets)}\n`),
    fail: (line) => void process.stderr.write(`${line}\n`),
  });
}

async function run([word = 'help', ...rest]: readonly string[]): Promise<ExitCode> {
  if (['help', '--help', '-h'].includes(word)) {
    say(USAGE);
    return EXIT.well;
  }
  if (word === 'doctor' && rest.length === 0) return doctor();
  if (word === 'whatif') return ask(showWhatIf, rest);
  if (word === 'coverage') return ask(showCoverage, rest);
  if (word === 'backup') return ask(makeBackup, rest);
  if (word === 'restore') return ask(putBack, rest);
  const known = COMMANDS.map(([name]) => name);
  const why = word === 'doctor' ? `doctor takes no further words ("${rest[0]}")` : unknownWord(word, known, 'command');
  process.stderr.write(`${why}\n"npx baton help" lists the commands.\n`);
  return EXIT.wrong;
}

run(process.argv.slice(2)).then(
  // Connections that the platforms keep open would hold the process for seconds more; what was said goes out first.
  (code) => process.stdout.write('', () => process.exit(code)),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(EXIT.mend);
  },
);
