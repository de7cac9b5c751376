// What the launcher prints when a command could not start or broke down: loaded only then.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** One message for a failure that a person can mend; for any other the stack, with the .ts file and line of each frame. */
export function describeFailure(error) {
  if (!(error instanceof Error)) return `portolan: ${String(error)}\n`;
  if (error.expected === true) return `portolan: ${error.message}\n`;
  if (isDiskFailure(error))
    return error.code === 'ENOENT'
      ? `portolan: a part of what is kept between two calls is gone: ${error.message}\n  next: delete the folder node_modules/.cache/portolan, and call it again\n`
      : `portolan: the bundle cannot be kept: ${error.message}\n`;
  return `portolan: an error nobody expected\n${withSourcePositions(error.stack ?? error.message)}\n`;
}

/** The same as one JSON value, for a command that was asked for one and never began. */
export const failureData = (error) => `${JSON.stringify({ error: `portolan: ${error.message}` }, null, 2)}\n`;

function isDiskFailure({ syscall, path = '' }) {
  return syscall !== undefined && path.includes('.cache');
}

/** The file of a source that a map names by an address beside it, or by one that is no file's. */
function sourceOf(file, source) {
  const address = new URL(source, pathToFileURL(file));
  return address.protocol === 'file:' ? fileURLToPath(address) : source;
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
    return `${sourceOf(file, entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
