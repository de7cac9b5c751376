import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a script left behind. */
export interface ShellAnswer {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Variables for the steps that follow. */
  readonly env: Readonly<Record<string, string>>;
  readonly summary: string;
}

/**
 * Runs the script of a step as GitHub does where a step names no shell: `bash -e`, and so without `pipefail`.
 *
 * @param temporary - folder of the job's own, for the script and what it writes to
 */
export async function runScript(
  script: string,
  folder: string,
  variables: Readonly<Record<string, string>>,
  temporary: string,
): Promise<ShellAnswer> {
  const own = mkdtempSync(join(temporary, 'step-'));
  const file = (name: string): string => join(own, name);
  writeFileSync(file('script.sh'), script);
  for (const name of ['output', 'env', 'summary']) writeFileSync(file(name), '');
  if (!existsSync(folder)) return { code: 1, log: `there is no folder ${folder}\n`, outputs: {}, env: {}, summary: '' };
  const child = spawn('bash', ['-e', file('script.sh')], {
    cwd: folder,
    env: {
      ...variables,
      GITHUB_OUTPUT: file('output'),
      GITHUB_ENV: file('env'),
      GITHUB_STEP_SUMMARY: file('summary'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return {
    code,
    log,
    outputs: readAssignments(readFileSync(file('output'), 'utf8')),
    env: readAssignments(readFileSync(file('env'), 'utf8')),
    summary: readFileSync(file('summary'), 'utf8'),
  };
}

/** Reads `name=value` lines, and values of several lines between marks. @throws on any other line */
export function readAssignments(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n');
  const found: Record<string, string> = {};
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    if (line === '') continue;
    const [, name = '', sign, rest = ''] = /^([^=<]+)(=|<<)(.*)$/.exec(line) ?? [];
    if (sign === undefined) throw new Error(`"${line}" is neither name=value nor name<<mark`);
    if (sign === '=') {
      found[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest);
    if (end === -1) throw new Error(`the value of ${name} has no end: there is no line "${rest}"`);
    found[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n');
  }
  return found;
}
