/** What a check found: all is well, something to mend, or something to know. One line; for `bad` it says what to do. */
export interface Finding {
  readonly mark: 'good' | 'bad' | 'note';
  readonly say: string;
}

export const good = (say: string): Finding => ({ mark: 'good', say });
export const bad = (say: string): Finding => ({ mark: 'bad', say });
export const note = (say: string): Finding => ({ mark: 'note', say });

/** A finding of an adapter, as each of them has it. */
export const fromAdapter = ({ ok, say, aside }: Told): Finding =>
  aside === true ? note(say) : ok ? good(say) : bad(say);

interface Told {
  readonly ok: boolean;
  readonly say: string;
  readonly aside?: true;
}

/** Something to mend that only matters once a platform is connected. */
export const forLater = (finding: Finding): Finding =>
  finding.mark === 'bad' ? note(`${finding.say} (Not needed for the sandbox.)`) : finding;

export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

const SIGNS: Readonly<Record<Finding['mark'], string>> = { good: '✓', bad: '✗', note: '–' };
const SECRET_NAMES = /TOKEN|SECRET|PASSWORD/;

/** The values that must never be printed: by the names of their settings, and the password in a database's address. */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const named = Object.entries(env).flatMap(([name, value]) => (SECRET_NAMES.test(name) && value ? [value] : []));
  const database = env['DATABASE_URL'] ?? '';
  const { password } = URL.canParse(database) ? new URL(database) : { password: '' };
  // A shorter value is a word of its own, and hiding it would only make sentences unreadable.
  return [...named, password, decodeURIComponent(password)].map((it) => it.trim()).filter((it) => it.length >= 4);
}

/** A section as lines, one a finding. Whatever a database or platform said, no secret gets through. */
export function sectionText({ title, findings }: Section, secrets: readonly string[]): string {
  const lines = findings.map(({ mark, say }) => `  ${SIGNS[mark]} ${hidden(say.replace(/\s*\n\s*/g, ' '), secrets)}`);
  return `${title}\n${lines.join('\n')}\n`;
}

function hidden(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '[hidden]'), text);
}
