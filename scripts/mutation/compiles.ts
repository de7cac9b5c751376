import path from 'node:path';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { withFault } from './fault.ts';
import type { Fault } from './fault.ts';

/** What a fault leaves behind, not what it breaks: names that nobody uses any more, code that is not reached. */
const lenient: ts.CompilerOptions = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
  incremental: false,
};

/** Whether the program still compiles with a fault in it. A fault that the compiler refuses needs no test. */
export function compiler(folder: string, files: readonly string[]): (fault: Fault) => boolean {
  const config = ts.readConfigFile(path.join(folder, 'tsconfig.json'), (file) => readFileSync(file, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, folder);
  const { tsBuildInfoFile: _, ...rest } = options;
  let faulty: { readonly file: string; readonly text: string } | undefined;
  let version = 0;
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => ({ ...rest, ...lenient }),
    getScriptFileNames: () => files.map((file) => path.join(folder, file)),
    getScriptVersion: (file) => (file === faulty?.file ? String(version) : '0'),
    getScriptSnapshot: (file) => {
      const text = file === faulty?.file ? faulty.text : ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => ts.sys.fileExists(file),
    readFile: (file, encoding) => ts.sys.readFile(file, encoding),
    readDirectory: (...of) => ts.sys.readDirectory(...of),
  };
  const service = ts.createLanguageService(host);
  return (fault) => {
    const file = path.join(folder, fault.file);
    faulty = { file, text: withFault(readFileSync(file, 'utf8'), fault) };
    version++;
    return service.getSyntacticDiagnostics(file).length === 0 && service.getSemanticDiagnostics(file).length === 0;
  };
}
