import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { World } from './world.ts';

/** Lines of the shell blocks of a section of a page in docs, in their order; a line that ends with a backslash goes on. */
export function linesOf(page: string, section: string): readonly string[] {
  const text = readFileSync(page, 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith(section));
  if (text === undefined) throw new Error(`${page} has no section "${section}"`);
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block
      .replaceAll('\\\n', ' ')
      .split('\n')
      .filter((line) => line !== ''),
  );
}

/**
 * Types lines of a page into a shell, as they stand: in the folder of the project, with this program, and with what differs here in
 * the place of what the page says. Returns what they wrote.
 *
 * @throws with the line that failed and what it wrote
 */
export async function type(
  { project }: World,
  lines: readonly string[],
  instead: Readonly<Record<string, string>>,
): Promise<string> {
  const said: string[] = [];
  for (const line of lines) {
    const typed = Object.entries(instead).reduce((text, [of, by]) => text.replaceAll(of, by), line);
    const program = `npx() { shift; node '${resolve('bin/portolan.cjs')}' "$@"; }`;
    const { exitCode, stdout, stderr } = await execa('bash', ['-c', `${program}\n${typed}`], {
      cwd: project.folder,
      reject: false,
      env: { NODE_OPTIONS: '', GIT_TERMINAL_PROMPT: '0' },
    });
    if (exitCode !== 0) throw new Error(`${typed}: exit code ${exitCode ?? 137}\n${stdout}${stderr}`);
    said.push(stdout);
  }
  return said.join('\n');
}
