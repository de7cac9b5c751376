// What makes scripts of a bundle's ES modules: V8 keeps code that it compiled for scripts alone, before Node.js 22 knows how to for modules.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { PROJECT, SHARED, digest } from './bundled.cjs';

/** What each chunk is called with; load-bundle.cjs gives it. */
const GIVEN = 'exports,require,module,__taken,__import,__url,__filename,__dirname';

/** What has another name in a script than in a module. */
const NAMES = {
  __ask_: '__import',
  'import.meta.url': '__url',
  'import.meta.filename': '__filename',
  'import.meta.dirname': '__dirname',
};

/** Imports for scripts, which cannot, what is no part of the bundle; it is looked for from the folder of the bundle on. */
const OUTSIDE = { file: 'outside.mjs', code: 'export const from = (name, options) => import(name, options);\n' };

/**
 * Writes each chunk in `folder` as a script: an expression of what the chunk needs at once and of the function that is the chunk.
 * The source maps beside them lead to the sources still.
 *
 * @param outputs - what esbuild says of the chunks that it wrote as ES modules into `folder`
 * @param before - folder of the bundle before this one: of what is the same there, the script is taken. @default - there is none
 * @returns whether all of them could be written so; where one cannot, such as one that awaits at its top, all are ES modules still
 */
export async function asScripts({ esbuild, folder, outputs, before }) {
  const chunks = Object.entries(outputs)
    .filter(([file]) => file.endsWith('.mjs'))
    .map(([file, { imports }]) => ({ name: basename(file, '.mjs'), imports }));
  let scripts;
  try {
    scripts = await Promise.all(chunks.map((chunk) => scriptOf(esbuild, folder, chunk, before)));
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    return false;
  }
  if (scripts.includes(undefined)) return false;
  for (const { name, code, map } of scripts) {
    writeFileSync(join(folder, `${name}.cjs`), code);
    writeFileSync(join(folder, `${name}.cjs.map`), map);
    for (const file of [`${name}.mjs`, `${name}.mjs.map`]) rmSync(join(folder, file));
  }
  writeFileSync(join(folder, OUTSIDE.file), OUTSIDE.code);
  return true;
}

/** A chunk as a script; nothing where it asks more of its being a module than where it lies. */
async function scriptOf(esbuild, folder, { name, imports }, before) {
  const atOnce = imports.filter(({ kind }) => kind === 'import-statement');
  const chunks = atOnce.filter(isChunk).map(({ path }) => scriptName(path));
  const others = atOnce.filter((it) => !isChunk(it) && !isBuiltin(it.path)).map(({ path }) => path);
  // The project of a program is no package, and part of another bundle.
  const outside = new Set(others.filter((path) => path !== PROJECT));
  const needs = new Set([...chunks, ...others.filter((path) => path === PROJECT)]);
  const map = readFileSync(join(folder, `${name}.mjs.map`)).toString('base64');
  let source = readFileSync(join(folder, `${name}.mjs`), 'utf8');
  for (const { path } of imports.filter(isChunk))
    source = source.replaceAll(`"./${basename(path)}"`, `"./${scriptName(path)}"`);
  // What would make a line too long goes on in the next one, in the middle of a text too.
  for (const [, text] of source.matchAll(takenHere)) {
    const taken = text.replaceAll('\\\n', '');
    if (taken.startsWith(`${SHARED}:`)) needs.add(taken);
  }
  const from = digest([maker, esbuild.version, source, map]);
  const known = scriptBefore(before, name, from);
  if (known !== undefined) return known;
  // Only where it calls it is a name of its own, which is changed; in a text, or as what a method is called, it is put back.
  source = source.replaceAll('import(', '__ask_(');
  const { warnings, ...script } = await esbuild.transform(
    `${source}\n//# sourceMappingURL=data:application/json;base64,${map}`,
    {
      sourcefile: `${name}.js`,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minifyWhitespace: true,
      lineLimit: 160,
      sourcemap: 'external',
      sourcesContent: false,
      define: NAMES,
      banner: `({run(${GIVEN}){"use strict";`,
      footer: `},needs:${JSON.stringify([...needs])},outside:${JSON.stringify([...outside])},`,
      logLevel: 'silent',
    },
  );
  if (warnings.some(({ id }) => id === 'empty-import-meta')) return undefined;
  let code = script.code.replaceAll('__ask_(', 'import(');
  // What was imported at once is taken from the chunks; what a package requires itself is required by it alone.
  for (const path of new Set([...chunks.map((it) => `./${it}`), ...others]))
    code = code.replaceAll(
      new RegExp(`(?<![\\w$.])require\\(${literal(JSON.stringify(path))}\\)`, 'g'),
      `__taken(${JSON.stringify(path)})`,
    );
  return { name, code: signed(code, from), map: script.map };
}

/** What a project takes of the program's bundle. */
const takenHere = /__taken\(\s*"((?:[^"\\]|\\\n)*)"/g;

/** What this file makes of a module changes with it. */
const maker = readFileSync(new URL(import.meta.url));

/** A script that ends with what it was made of, and what it is. */
const signed = (code, from) => `${code}made:"${from} ${digest([code])}"})\n`;

/** A script of the bundle before, where it was made of the same module in the same way, and is whole. */
function scriptBefore(before, name, from) {
  const file = before === undefined ? undefined : join(before, `${name}.cjs`);
  if (file === undefined || !existsSync(file) || !existsSync(`${file}.map`)) return undefined;
  const code = readFileSync(file, 'utf8');
  const isSame = code === signed(code.slice(0, code.lastIndexOf('made:"')), from);
  return isSame ? { name, code, map: readFileSync(`${file}.map`) } : undefined;
}

const literal = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const isChunk = ({ external }) => external !== true;

const scriptName = (path) => basename(path).replace(/\.mjs$/, '.cjs');

const isBuiltin = (path) => path.startsWith('node:') || builtinModules.includes(path);
