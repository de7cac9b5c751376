import { execa } from 'execa';
import { longEnough } from '../../../support/long-enough.ts';

/** What Argo CD says of an Application at a moment. */
interface Said {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  readonly revision: string;
  readonly phase: string;
  readonly operationRevision: string;
}

const fields = [
  '.metadata.name',
  '.status.sync.status',
  '.status.health.status',
  '.status.sync.revision',
  '.status.operationState.phase',
  '.status.operationState.syncResult.revision',
];

/** The Applications of Argo CD, told as they change: who asks now and then is late by as much as is to be measured. */
export class WatchedApplications {
  private readonly last = new Map<string, Said>();
  private readonly asked = new Set<() => void>();
  private readonly kubectl;
  private rest = '';

  constructor() {
    const template = `${fields.map((field) => `{${field}}`).join('|')}{"\\n"}`;
    this.kubectl = execa(
      'kubectl',
      ['get', 'applications.argoproj.io', '--namespace=argocd', '--watch', `--output=jsonpath=${template}`],
      { buffer: false, reject: false, stdin: 'ignore', stderr: 'ignore' },
    );
    this.kubectl.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.hear(text);
    });
  }

  /**
   * Waits until an Application has applied a commit: Synced, with nothing under way.
   *
   * @param isHealthy - whether all of it has to be healthy then
   * @returns when that was said, by `performance.now()`
   * @throws after so many seconds of an idle machine, with what it says instead
   */
  async has(name: string, commit: string, isHealthy = false, seconds = 120): Promise<number> {
    const holds = (): boolean => {
      const said = this.last.get(name);
      if (said?.revision !== commit || said.operationRevision !== commit) return false;
      if (said.sync !== 'Synced' || said.phase !== 'Succeeded') return false;
      return !isHealthy || said.health === 'Healthy';
    };
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!holds()) return;
        end();
        resolve(performance.now());
      };
      const late = setTimeout(
        () => {
          end();
          const seen = JSON.stringify(this.last.get(name));
          reject(
            new Error(`waited ${longEnough(seconds)} s until ${name} has ${commit.slice(0, 12)}; last seen: ${seen}`),
          );
        },
        longEnough(seconds) * 1000,
      );
      const end = (): void => {
        clearTimeout(late);
        this.asked.delete(look);
      };
      this.asked.add(look);
      look();
    });
  }

  /** Ends the watching. */
  async end(): Promise<void> {
    this.kubectl.kill();
    await this.kubectl;
  }

  private hear(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const [name = '', sync = '', health = '', revision = '', phase = '', operationRevision = ''] = line.split('|');
      this.last.set(name, { name, sync, health, revision, phase, operationRevision });
    }
    for (const look of [...this.asked]) look();
  }
}
