import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** One file of the page, held in memory or read when it is asked for. */
export interface Asset {
  type: string;
  read(): Promise<Uint8Array>;
}

const PAGE = join(__dirname, 'page');
const EMOJI_FONT = 'twemoji-colr-font/twemoji.woff2';

/**
 * Bundles the page (about half a second: the card renderer is most of it) and lists what it is made of, by path. Fonts stay on disk until a
 * browser wants one: they are ten times the rest.
 */
export async function bundlePage(): Promise<Map<string, Asset>> {
  const assets = new Map<string, Asset>();
  const bundle = await build({
    entryPoints: { page: join(PAGE, 'main.tsx') },
    bundle: true,
    write: false,
    outdir: '/ui',
    format: 'iife',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [fontsByName(assets)],
  });
  for (const file of bundle.outputFiles) {
    const type = file.path.endsWith('.css') ? 'text/css' : 'text/javascript';
    assets.set(`/ui/${basename(file.path)}`, inMemory(`${type}; charset=utf-8`, file.contents));
  }
  assets.set('/', inMemory('text/html; charset=utf-8', await readFile(join(PAGE, 'index.html'))));
  assets.set('/ui/icon.svg', inMemory('image/svg+xml', await readFile(join(PAGE, 'icon.svg'))));
  return assets;
}

function inMemory(type: string, content: Uint8Array): Asset {
  return { type, read: async () => content };
}

/** Leaves fonts out of the bundle and remembers where each lies. The older .woff twins are never fetched. */
function fontsByName(assets: Map<string, Asset>): Plugin {
  return {
    name: 'fonts-by-name',
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: /\.woff2?$/ }, (found) => {
        const name = basename(found.path);
        const path =
          found.path === EMOJI_FONT
            ? require.resolve('twemoji-colr-font/twemoji.woff2')
            : join(found.resolveDir, found.path);
        if (name.endsWith('2')) assets.set(`/ui/fonts/${name}`, { type: 'font/woff2', read: () => readFile(path) });
        return { path: `/ui/fonts/${name}`, external: true };
      });
    },
  };
}
