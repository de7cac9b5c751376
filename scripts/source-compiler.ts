import { resolve } from 'node:path';
import ts from 'typescript';

/** How the files of src are compiled where packages are left out; `tsconfig.json` is for whoever has them. */
export const sourceOptions: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts'],
  types: [],
};

/** A compiler that loads the files of src and no package: what comes from one is anything. Generated imports count as packages. */
export function compilerWithoutPackages(): ts.CompilerHost {
  const host = ts.createCompilerHost(sourceOptions);
  host.resolveModuleNameLiterals = (literals, containing) =>
    literals.map(({ text }) => ({
      resolvedModule:
        text.startsWith('.') && !text.includes('imports/')
          ? { resolvedFileName: resolve(containing, '..', text), extension: ts.Extension.Ts }
          : undefined,
    }));
  return host;
}
