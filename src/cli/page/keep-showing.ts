import { setTimeout } from 'node:timers/promises';
import type { OpsRepository } from '../../ops/repository/ops-repository.ts';

/** Milliseconds between two looks at the branches: one on this disk costs nothing, a host counts what it is asked. */
const lookEvery = { local: 1_000, remote: 15_000 } as const;

/** What is done while a page is shown. */
export interface Showing {
  readonly repository: OpsRepository;
  /** Makes the page anew and shows it. */
  readonly renew: () => Promise<void>;
  /** Says what went wrong; the page that is shown stays. */
  readonly trouble: (error: unknown) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Makes a page anew whenever a branch moves, until it is told to stop. What fails is tried again with the next look, and told once. */
export async function keepShowing({ repository, renew, trouble, signal }: Showing): Promise<void> {
  const tips = async (): Promise<string> =>
    JSON.stringify([...(await repository.branches(''))].sort(([a], [b]) => (a < b ? -1 : 1)));
  let shown = await tips();
  let told: string | undefined;
  for (;;) {
    try {
      await setTimeout(lookEvery[repository.isLocal ? 'local' : 'remote'], undefined, { signal });
    } catch {
      return;
    }
    try {
      await repository.refresh();
      const now = await tips();
      if (now === shown && told === undefined) continue;
      await renew();
      shown = now;
      told = undefined;
    } catch (error) {
      const text = String(error);
      if (text !== told) trouble(error);
      told = text;
    }
  }
}
