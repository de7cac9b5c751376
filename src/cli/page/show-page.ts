import type { OpsRepository } from '../../ops/repository/ops-repository.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Terminal } from '../terminal.ts';
import { keepShowing } from './keep-showing.ts';
import { servePage, type ServedPage } from './serve-page.ts';

/** A page, how it is made anew, and at which port it is shown; 0 takes any free one. */
export interface ShownPage {
  readonly html: string;
  readonly make: () => Promise<string>;
  readonly port: number;
}

/**
 * Shows a page to browsers of this machine until it is interrupted, anew whenever a branch moves.
 *
 * @throws UsageError when the port is taken or not allowed
 */
export async function showPage(
  terminal: Terminal,
  repository: OpsRepository,
  { html, make, port }: ShownPage,
): Promise<true> {
  const served = await servedPage(html, port);
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  terminal.say(`Open ${served.address} in a browser of this machine; Ctrl-C ends it.`);
  terminal.result({ address: served.address });
  try {
    await keepShowing({
      repository,
      renew: async () => {
        served.show(await make());
      },
      trouble: (error) => {
        terminal.say(
          `What is shown stays as it was: ${error instanceof Error ? error.message.replace(/^portolan: /, '') : String(error)}`,
        );
      },
      signal: ended.signal,
    });
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
    await served.close();
  }
  return true;
}

async function servedPage(html: string, port: number): Promise<ServedPage> {
  try {
    return await servePage(html, port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new UsageError(`--port: ${port} is taken; name another, or none to get a free one`);
    if (code === 'EACCES') throw new UsageError(`--port: ${port} is not for everybody; name one from 1024 on`);
    throw error;
  }
}
