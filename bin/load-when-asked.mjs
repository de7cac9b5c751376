// Parts of Pulumi's SDK that its main module loads for everybody and a program of a stack asks for hardly ever.
import { createRequire } from 'node:module';

/**
 * What runs Pulumi from a program, and what looks into the text of functions that are sent elsewhere: a compiler and a package manager.
 * They are a third of the processor time of a preview.
 */
export const seldomAsked = [
  '@pulumi/pulumi/automation/index.js',
  '@pulumi/pulumi/typescript-shim.js',
  '@npmcli/arborist',
];

/**
 * Has CommonJS modules loaded at the first question to them and not where they are required; what is loaded already, or not installed,
 * is left alone.
 *
 * @param modules - names as they are required
 * @param from - file or address beside which they are looked for
 */
export function loadWhenAsked(modules, from) {
  const require = createRequire(from);
  for (const name of modules) {
    const file = resolved(require, name);
    if (file === undefined || require.cache[file] !== undefined) continue;
    let loaded;
    const load = () => {
      if (loaded === undefined) {
        delete require.cache[file];
        loaded = require(file);
      }
      return loaded;
    };
    const exports = new Proxy(
      {},
      {
        // As an ES module it is handed on as it is, and not copied name by name, which would ask for all.
        get: (_, key) => (key === '__esModule' ? true : key === 'default' ? (load().default ?? load()) : load()[key]),
        has: (_, key) => key === '__esModule' || key in load(),
        ownKeys: () => Reflect.ownKeys(load()),
        getOwnPropertyDescriptor: (_, key) => ({ configurable: true, enumerable: true, value: load()[key] }),
      },
    );
    require.cache[file] = { id: file, filename: file, loaded: true, exports, children: [], paths: [] };
  }
}

function resolved(require, name) {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
