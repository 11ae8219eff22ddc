// Writes emoji.json (short name → character, Slack's names) from the dev dependency emoji-datasource:
//   node adapters/sandbox/page/emoji.build.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const source = JSON.parse(readFileSync(require.resolve('emoji-datasource/emoji.json'), 'utf8'));
const char = (unified) => String.fromCodePoint(...unified.split('-').map((hex) => Number.parseInt(hex, 16)));
const order = (a, b) => a.sort_order - b.sort_order;
const names = {};
for (const emoji of source.filter((one) => one.category !== 'Component').sort(order)) {
  for (const name of emoji.short_names) names[name] = char(emoji.unified);
}
writeFileSync(new URL('emoji.json', import.meta.url), `${JSON.stringify(names)}\n`);
