import { z } from 'zod';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Ids and names; white space inside one is a copying mistake. */
export const text = z.string().refine(hasNoSpace, 'holds white space; copy it again, without the quotes');

/** A secret; what is said about it never repeats it. */
export const secret = z
  .string()
  .refine(hasNoSpace, 'holds white space; copy it again')
  .refine((value) => !/^(xox|xapp)/.test(value), 'holds a Slack token; this setting wants a secret, not a token');

export const slackToken = (form: RegExp, wanted: string) =>
  z.string().regex(form, `does not look right; it wants ${wanted}`);

const PORT_MAX = 65_535;
export const port = z
  .string()
  .refine(
    (value) => /^\d{1,5}$/.test(value) && Number(value) <= PORT_MAX,
    `is not a port; write a number from 0 to ${PORT_MAX}`,
  )
  .transform(Number);

const COUNT_MAX = 10_000;
export const count = z
  .string()
  .refine(
    (value) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= COUNT_MAX,
    `is not a number of them; write one from 1 to ${COUNT_MAX}`,
  )
  .transform(Number);

export const databaseUrl = z.string().superRefine((value, context) => {
  const problem = databaseProblem(value);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

function databaseProblem(value: string): string | null {
  if (/^file:.+/.test(value)) return null;
  if (!/^postgres(ql)?:\/\//.test(value))
    return 'is not known; write file:./data/baton.db or postgres://user@host:5432/name';
  const url = urlOf(value);
  const complete = url !== null && url.pathname.length > 1;
  return complete ? null : 'lacks a part; write postgres://user:password@host:5432/name';
}

/** An address that tokens are sent to: https, or plain http on this machine only. */
export const httpUrl = z.string().superRefine((value, context) => {
  const url = urlOf(value);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    context.addIssue({ code: 'custom', message: 'is not a web address; write it whole, beginning with https://' });
    return;
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    context.addIssue({
      code: 'custom',
      message: 'sends tokens in the clear; use https:// (http:// is for this machine only)',
    });
  }
});

/** `host:port, host` as lower-case entries. */
export const serviceHosts = z
  .string()
  .transform((value) =>
    value
      .toLowerCase()
      .split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
  )
  .pipe(
    z.array(
      z.string().regex(/^(\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/, {
        error: ({ input }) =>
          `holds "${String(input)}"; write hosts only, as in smba.trafficmanager.net, 127.0.0.1:3979`,
      }),
    ),
  );

export const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

/** This machine, by any of its names: no other can answer there. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

function urlOf(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}

function hasNoSpace(value: string): boolean {
  return !/\s/.test(value);
}
