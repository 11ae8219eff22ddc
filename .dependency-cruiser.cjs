/*
 * What may import what. Each `comment` is the sentence that a developer reads when the rule is broken.
 * In short: src/ knows support cases and no vendor; adapters/ knows vendors and no rules.
 */
const PRODUCT = '^(src|adapters|drizzle)/';
const NPM = '(^|/)node_modules/';
const npm = (names) => `${NPM}(@types/)?(${names})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'src/domain imports src/domain and nothing else: it is told the time, the desk and the ids; it never asks.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', npm('luxon')], couldNotResolve: false },
    },
    {
      name: 'zones-in-one-place',
      comment: 'Only src/domain/sla/zone.ts touches luxon, so that a better zone library is a change of one file.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^src/domain/sla/zone\\.ts$' },
      to: { path: npm('luxon') },
    },
    {
      name: 'inputs-read-words',
      comment:
        "src/inputs turns people's words into commands: it imports src/domain, zod, fastest-levenshtein and chrono-node, no vendor.",
      severity: 'error',
      from: { path: '^src/inputs/' },
      to: { pathNot: ['^src/(inputs|domain)/', npm('zod|fastest-levenshtein|chrono-node')], couldNotResolve: false },
    },
    {
      name: 'dates-in-words-in-one-place',
      comment: "Only src/inputs reads times out of people's words (chrono-node); everybody else is told instants.",
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^src/inputs/' },
      to: { path: npm('chrono-node') },
    },
    {
      name: 'app-speaks-through-ports',
      comment:
        'src/app imports src/domain and src/inputs (and node:crypto, node:timers): everything else reaches it as an argument, through app/ports.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: {
        pathNot: ['^src/(app|domain|inputs)/', '^(node:)?(crypto|timers|timers/promises)$'],
        couldNotResolve: false,
      },
    },
    {
      name: 'src-knows-no-vendor',
      comment:
        'Only main, cli and what else lies directly in src/ may import an adapter; the folders below it know none.',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^(adapters|drizzle)/' },
    },
    {
      name: 'nothing-imports-main',
      comment:
        'Programs, settings and the log (the files directly in src/) are handed down by main; nobody below imports them.',
      severity: 'error',
      from: { path: '^(src/(?!config/)[^/]+/|adapters/|drizzle/)' },
      to: { path: '^src/([^/]+$|config/)' },
    },
    {
      name: 'main-is-the-way-in',
      comment:
        'Nothing imports a program (src/main.ts, src/cli.ts …): there the wires are joined, and each runs as it is loaded.',
      severity: 'error',
      from: { path: PRODUCT },
      to: { path: '^src/(main|cli|manifests|slaConformance)\\.ts$' },
    },
    {
      name: 'adapters-do-not-meet',
      comment:
        'An adapter imports src/domain, src/inputs, src/app and its own folder; what two adapters share belongs in src/app.',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/' },
      to: { path: '^adapters/', pathNot: '^adapters/$1/' },
    },
    {
      name: 'sandbox-is-outside',
      comment: 'adapters/sandbox is the outside world: it imports nothing of src/, or its tests would prove nothing.',
      severity: 'error',
      from: { path: '^adapters/sandbox/' },
      to: { path: '^(src|drizzle)/' },
    },
    {
      name: 'database-in-storage',
      comment: 'drizzle and the database drivers are for adapters/storage only; everyone else asks the store port.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^(adapters/storage|drizzle)/' },
      to: { path: ['^drizzle/', npm('drizzle-orm|better-sqlite3|pg')] },
    },
    {
      name: 'tables-know-no-rules',
      comment: 'drizzle/ describes tables: it imports drizzle and itself.',
      severity: 'error',
      from: { path: '^drizzle/' },
      to: { pathNot: ['^drizzle/', npm('drizzle-orm|drizzle-kit')], couldNotResolve: false },
    },
    {
      name: 'slack-in-its-adapter',
      comment: "Slack's SDK is for adapters/slack only (the sandbox may borrow its types).",
      severity: 'error',
      from: { path: PRODUCT, pathNot: ['^adapters/slack/', '^adapters/sandbox/'] },
      to: { path: npm('@slack/[^/]+') },
    },
    {
      name: 'sandbox-is-not-the-sdk',
      comment:
        "The emulated Slack and Teams may borrow Slack's types, never the SDKs: an emulator made of the client proves nothing.",
      severity: 'error',
      from: { path: '^adapters/sandbox/' },
      to: {
        path: npm('@slack/(bolt|socket-mode|web-api)|botbuilder[^/]*|botframework-[^/]+'),
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'teams-in-its-adapter',
      comment:
        'botbuilder is at its end of life: it stays behind adapters/teams, so that its successor is a change of two files.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: ['^adapters/teams/', '^adapters/sandbox/'] },
      to: { path: npm('botbuilder[^/]*|botframework-[^/]+') },
    },
    {
      name: 'product-needs-no-test',
      comment: 'Product code imports no test, benchmark or tool.',
      severity: 'error',
      from: { path: PRODUCT },
      to: { path: '^(tests|bench|scripts)/' },
    },
    {
      name: 'installed-with-the-product',
      comment:
        'Product code runs without the development packages: move this package to "dependencies", or import only its types.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '\\.config\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circle',
      comment:
        'Two files that import each other are one file in disguise; move what both need into a third. (Types may.)',
      severity: 'error',
      from: { path: PRODUCT },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: { path: PRODUCT },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
    },
  },
};
