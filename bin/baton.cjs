#!/usr/bin/env node
// `npx baton …`: the operator's commands. Builds first where nobody has built yet.
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const cli = join(root, 'dist', 'src', 'cli.js');
if (!existsSync(cli))
  execFileSync(process.execPath, [join(root, 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
require(cli);
