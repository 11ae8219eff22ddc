/**
 * A file that came with a message. Baton keeps what it is called and where people open it, never the file itself nor an
 * address that lets anybody in.
 */
export interface CaseFile {
  readonly name: string;
  /** The platform's own page for it, where people are asked who they are; null: none is known that may be linked. */
  readonly url: string | null;
}

/** As many as either platform lets into one message. */
export const FILES_MAX = 10;

/** The files in an event; journals from before files were kept have none. Without files nothing is written. */
export const withFiles = (files: readonly CaseFile[] | undefined): { readonly files?: readonly CaseFile[] } =>
  files === undefined || files.length === 0 ? {} : { files: files.slice(0, FILES_MAX) };
