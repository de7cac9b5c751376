import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fieldsOf, textOf } from '../../objects/fields.ts';
import { readExport, type StackState } from './stack-state.ts';

/** Largest state that is read, in bytes. */
const maxBuffer = 512 * 1024 * 1024;

/**
 * Asks the Pulumi CLI for the state of a stack as the last update left it: a program is not told what its stack has.
 * Needs neither the passphrase nor the lock that the running update holds.
 *
 * @param stack - with its organisation where the backend has any, e.g. `acme/shop/dev`
 * @param folder - where `Pulumi.yaml` is
 * @param command - the CLI @default 'pulumi'
 * @throws a sentence with what the CLI said
 */
export async function readStackState(stack: string, folder: string, command = 'pulumi'): Promise<StackState> {
  const args = ['stack', 'export', '--stack', stack, '--non-interactive'];
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' };
  const unread = (why: string): Error =>
    new Error(
      `portolan: the state of the stack "${stack}" cannot be read (${why}); ` +
        `see that this works: ${command} stack export --stack ${stack}`,
    );
  const exported = await promisify(execFile)(command, args, { cwd: folder, maxBuffer, env }).then(
    ({ stdout }) => stdout,
    // Without its cause, which has all that was printed: the state is for nobody's log.
    (error: unknown) => Promise.reject(unread(whyNot(error))),
  );
  const state = readExport(exported);
  if (state === undefined) throw unread('what it prints is no state');
  return state;
}

/** The first line that the CLI said. */
function whyNot(error: unknown): string {
  const { code, stderr } = fieldsOf(error);
  if (code === 'ENOENT') return 'there is no pulumi on the PATH';
  return (textOf(stderr) ?? '').split('\n').find((line) => line.trim() !== '') ?? 'it failed without a word';
}
