// What the launcher prints when a command could not start or broke down: loaded only then.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One message for a failure that a person can mend; for any other the stack, with the .ts file and line of each frame. */
export function describeFailure(error) {
  if (!(error instanceof Error)) return `portolan: ${String(error)}\n`;
  if (error.expected === true) return `portolan: ${error.message}\n`;
  if (isDiskFailure(error)) return `portolan: the bundle cannot be kept: ${error.message}\n`;
  return `portolan: an error nobody expected\n${withSourcePositions(error.stack ?? error.message)}\n`;
}

/** The same as one JSON value, for a command that was asked for one and never began. */
export const failureData = (error) => `${JSON.stringify({ error: `portolan: ${error.message}` }, null, 2)}\n`;

function isDiskFailure({ syscall, path = '' }) {
  return syscall !== undefined && path.includes('.cache');
}

function withSourcePositions(stack) {
  const maps = new Map();
  return stack.replaceAll(/(file:\/\/[^\s()]+\.[cm]js):(\d+):(\d+)/g, (position, url, line, column) => {
    const file = fileURLToPath(url);
    if (!maps.has(file))
      maps.set(
        file,
        existsSync(`${file}.map`) ? new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))) : undefined,
      );
    const entry = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry?.originalSource === undefined) return position;
    return `${resolve(dirname(file), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
